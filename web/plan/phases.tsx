import type { TasksAnswer } from '../../shared/task-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useLanguage } from '../words/words.ts';

type Phase = TasksAnswer['phases'][number];

/** The days to the end of the plan, and each phase: how long it has, or how its tasks stood when it ended. */
export function Phases({ plan, phases, unit }: Pick<TasksAnswer, 'plan' | 'phases'> & { unit: string }) {
  const { t, format } = useLanguage();
  return (
    <section className="plan-phases" aria-label={t('plan.phases')}>
      <article className="plan-phase">
        <h2>{t('plan.year')}</h2>
        <p className="plan-number">
          <b>
            <ExplainButton indicator="DX02" unit={unit} period={plan.until.slice(0, 4)}>
              {format.number(plan.daysLeft)}
            </ExplainButton>
          </b>{' '}
          {t('plan.left')}
        </p>
        <p className="plan-soft">{t('plan.yearUntil', { until: format.day(plan.until) })}</p>
      </article>
      {phases.map((phase) => (
        <PhaseCard key={`${phase.from} ${phase.until}`} phase={phase} />
      ))}
    </section>
  );
}

function PhaseCard({ phase }: { phase: Phase }) {
  const { t, say, format } = useLanguage();
  const { name, from, until, source, standing, daysLeft } = phase;
  return (
    <article className="plan-phase" data-standing={standing}>
      <h2>{say(name)}</h2>
      <p className="plan-number">
        {daysLeft === null ? (
          <strong>{t(`plan.${standing}`)}</strong>
        ) : (
          <>
            <b>{format.number(daysLeft)}</b> {t('plan.left')}
          </>
        )}
      </p>
      <p className="plan-soft">{t('plan.days', { from: format.day(from), until: format.day(until) })}</p>
      <Stood phase={phase} />
      <p className="plan-soft">{source}</p>
    </article>
  );
}

function Stood({ phase: { stood, standing } }: { phase: Phase }) {
  const { t } = useLanguage();
  if (!stood) return null;
  if (stood.total === 0) return <p>{t('plan.stoodNone')}</p>;
  const { done, total, blocked, overdue } = stood;
  return <p>{t(standing === 'over' ? 'plan.stood' : 'plan.stands', { done, total, blocked, overdue })}</p>;
}
