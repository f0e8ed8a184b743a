import { dayOf } from '../../shared/period.ts';
import type { TaskView } from '../../shared/task-wire.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { StateMark } from './state-mark.tsx';

/** Days before a task is due from which on it stands out. */
const SOON_DAYS = 7;

/** Tasks by owner: those with anything open first, in the order told. */
export function groupByOwner(tasks: readonly TaskView[]): { unit: TaskView['unit']; tasks: TaskView[] }[] {
  const groups = Map.groupBy(tasks, ({ unit }) => unit.id);
  return [...groups.values()].flatMap((own) => (own[0] ? [{ unit: own[0].unit, tasks: own }] : []));
}

const isDone = ({ state }: TaskView) => state === 'met' || state === 'exceeded';

/** The board: each owner with its tasks, how each stands and why. */
export function TaskList({ tasks }: { tasks: readonly TaskView[] }) {
  const { t, say, format } = useLanguage();
  return (
    <div className="task-owners">
      {groupByOwner(tasks).map(({ unit, tasks: own }) => (
        <section key={unit.id} className="task-owner" aria-label={say(unit.name)}>
          <h2>
            {say(unit.name)}{' '}
            <small>
              {t('tasks.doneOf', {
                done: format.number(own.filter(isDone).length),
                total: format.number(own.length),
              })}{' '}
              {t('tasks.done')}
            </small>
          </h2>
          <ul>
            {own.map((task) => (
              <Task key={task.key} task={task} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Task({ task }: { task: TaskView }) {
  const { t, say, format } = useLanguage();
  const { zone } = useSession();
  const day = (iso: string) => format.day(dayOf(Date.parse(iso), zone));
  const { state, title, reason, due, since } = task;
  return (
    <li className="task" data-state={state}>
      <p className="task-title">{say(title)}</p>
      <p className="task-stand">
        <StateMark state={state} /> <span className="plan-soft">{t('tasks.since', { day: day(since) })}</span>
      </p>
      <p className="task-due">
        {t('tasks.due')} {day(due)} · <Left task={task} day={day} />
      </p>
      {reason !== null && <p className="task-reason">“{reason}”</p>}
      {state === 'blocked' && reason === null && <p className="task-reason">{t('tasks.noReason')}</p>}
      <details>
        <summary>{t('tasks.course')}</summary>
        <ol>
          {task.course.map((step) => (
            <li key={`${step.at} ${step.state}`}>
              {t('tasks.step', { day: day(step.at), state: t(`tasks.state.${step.state}`) })}
              {step.reason !== null && <span className="plan-soft"> “{step.reason}”</span>}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

function Left({ task, day }: { task: TaskView; day: (iso: string) => string }) {
  const { t, format } = useLanguage();
  const { daysLeft, doneAt, isLate, isOverdue } = task;
  if (doneAt !== null)
    return (
      <span data-late={isLate || undefined}>
        {t(isLate ? 'tasks.doneLate' : 'tasks.doneOn', { day: day(doneAt) })}
      </span>
    );
  if (isOverdue)
    return (
      <strong className="task-overdue">
        <span aria-hidden="true">▲</span> {t('tasks.over', { count: format.number(-(daysLeft ?? 0)) })}
      </strong>
    );
  if (daysLeft === 0) return <strong className="task-soon">{t('tasks.today')}</strong>;
  const isSoon = (daysLeft ?? 0) <= SOON_DAYS;
  return (
    <span className={isSoon ? 'task-soon' : 'task-left'}>
      {isSoon && <span aria-hidden="true">● </span>}
      {t('tasks.left', { count: format.number(daysLeft ?? 0) })}
    </span>
  );
}
