/** The board of the plan's tasks by owner, its totals, and the countdown of its phases. */
import { useQuery } from '@tanstack/react-query';
import { dayOf } from '../../shared/period.ts';
import { TaskState, type TasksAnswer } from '../../shared/task-wire.ts';
import { tasksQuery } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { UnitChooser } from '../rules/unit-chooser.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Fresh } from './fresh.tsx';
import { Phases } from './phases.tsx';
import { usePlanPlace } from './place.ts';
import { STATES, StateMark } from './state-mark.tsx';
import { TaskList } from './task-list.tsx';
import { YearField } from './year-field.tsx';
import './plan.css';

/** `/tasks/REF?year=&state=`: the viewer's own unit and the running year without them. */
export function TasksPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const { zone } = useSession();
  const { unit, parts, go } = usePlanPlace('tasks');
  const thisYear = Number(dayOf(useAskedAt(), zone).slice(0, 4));
  const year = Number(parts.year) || thisYear;
  const state = TaskState.safeParse(parts.state).data ?? null;
  return (
    <OfficeFrame page="tasks" about={t('tasks.about')} preferences={preferences}>
      <div className="plan-tools">
        <UnitChooser label={t('tasks.unit')} unit={unit} onChoose={(ref) => go({ unit: ref })} />
        <YearField
          label={t('tasks.year')}
          year={year}
          thisYear={thisYear}
          onChoose={(one) => go({ year: `${one}` })}
        />
      </div>
      {unit !== '' && (
        <Tasks
          {...{ unit, year, state, isOver: year < thisYear }}
          choose={(one) => go({ state: one ?? '' })}
        />
      )}
    </OfficeFrame>
  );
}

type TasksProps = {
  unit: string;
  year: number;
  isOver: boolean;
  state: TaskState | null;
  choose: (state: TaskState | null) => void;
};

function Tasks({ unit, year, isOver, state, choose }: TasksProps) {
  const { t } = useLanguage();
  const read = useQuery(tasksQuery({ unit, year }));
  const { data } = read;
  const shown = data?.tasks.filter((task) => state === null || task.state === state) ?? [];
  return (
    <OfficeRead isPending={read.isPending} error={data ? null : read.error} retry={() => void read.refetch()}>
      {data && (
        <>
          {isOver && <p className="plan-soft">{t('tasks.stood', { year })}</p>}
          <Totals totals={data.totals} state={state} choose={choose} story={{ unit, period: `${year}` }} />
          <Phases plan={data.plan} phases={data.phases} unit={unit} />
          {shown.length > 0 ? (
            <TaskList tasks={shown} />
          ) : (
            <p>{t(data.tasks.length === 0 ? 'tasks.none' : 'tasks.noneState')}</p>
          )}
          <Fresh at={read.dataUpdatedAt} isLate={read.error !== null} />
        </>
      )}
    </OfficeRead>
  );
}

type TotalsProps = {
  totals: TasksAnswer['totals'];
  story: { unit: string; period: string };
} & Pick<TasksProps, 'state' | 'choose'>;

function Totals({ totals, state, choose, story }: TotalsProps) {
  const { t, format } = useLanguage();
  return (
    <section className="task-totals">
      <p className="plan-number">
        <b>
          <ExplainButton indicator="DX01" {...story}>
            {t('tasks.doneOf', { done: format.number(totals.done), total: format.number(totals.total) })}
          </ExplainButton>
        </b>{' '}
        {t('tasks.done')}
        {totals.overdue > 0 && (
          <strong className="task-overdue">
            {' '}
            <span aria-hidden="true">▲</span>{' '}
            {t('tasks.overdueCount', { count: format.number(totals.overdue) })}
          </strong>
        )}
      </p>
      <fieldset className="task-filter">
        <legend className="hidden">{t('tasks.filter')}</legend>
        <button type="button" className="button" aria-pressed={state === null} onClick={() => choose(null)}>
          {t('tasks.all')} {format.number(totals.total)}
        </button>
        {STATES.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={state === one}
            onClick={() => choose(state === one ? null : one)}
          >
            <StateMark state={one} /> {format.number(totals[one])}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
