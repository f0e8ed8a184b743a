import type { HealthAnswer } from '../../shared/alert-health.ts';
import { ALERT_SEVERITIES } from '../../shared/rule.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { LateMark } from '../panels/frame.tsx';
import { useLanguage } from '../words/words.ts';
import { ALERT_SHAPES } from './figure.ts';

/** How far a share may be from its target and still be called sound, in points. */
const NEAR = 0.05;

/** Which share of the episodes each severity has, against 80/15/5: a table with a bar in each row. */
export function HealthMix({ health: { mix, targetMix, episodes } }: { health: HealthAnswer }) {
  const { t, format } = useLanguage();
  const percent = (share: number) => `${format.number(Math.round(1000 * share) / 10)} %`;
  return (
    <section className="panel">
      <header className="panel-head">
        <h2 className="panel-title">{t('health.mix')}</h2>
        <p className="panel-note">{t('health.mixOf', { count: format.number(episodes) })}</p>
      </header>
      <table className="watch-table">
        <thead>
          <tr>
            <th scope="col">{t('health.severity')}</th>
            <th scope="col">{t('health.share')}</th>
            <th scope="col">{t('health.target')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {ALERT_SEVERITIES.filter((severity) => severity !== 'advisory').map((severity) => {
            const [share, target] = [mix[severity], targetMix[severity]];
            const isOver = severity !== 'warning' && share > target + NEAR;
            return (
              <tr key={severity} data-severity={severity}>
                <th scope="row">
                  <span className="health-shape" aria-hidden="true">
                    {ALERT_SHAPES[severity]}
                  </span>{' '}
                  {t(`alertSeverity.${severity}`)}
                </th>
                <td>{percent(share)}</td>
                <td>{percent(target)}</td>
                <td className="health-bar-cell">
                  <span className="health-bar" aria-hidden="true">
                    <i style={{ width: `${100 * share}%` }} />
                    <b style={{ left: `${100 * target}%` }} />
                  </span>
                  {isOver && <span className="health-verdict">▲ {t('health.tooMany')}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Whether the judge keeps up: how far behind the commits it is, and how long a verdict took. */
export function JudgeLag({ judge }: { judge: HealthAnswer['judge'] }) {
  const { t, format, lang } = useLanguage();
  const { serverNow } = useFollowing();
  const { judgedAt, judgedSeq, behind, lagMs, tookMs, isLate } = judge;
  const ms = (value: number | null) =>
    value === null
      ? '–'
      : value < 1000
        ? t('health.ms', { value: format.number(Math.round(value)) })
        : formatAge(value, lang);
  const facts: [string, string][] = [
    [
      t('health.judgedAt'),
      judgedAt === null ? t('health.never') : format.moment(Date.parse(judgedAt), serverNow()),
    ],
    [t('health.judgedSeq'), format.number(judgedSeq)],
    [t('health.behind'), format.number(behind)],
    [t('health.lag'), ms(lagMs)],
    [t('health.took'), ms(tookMs)],
  ];
  return (
    <section className="panel">
      <header className="panel-head">
        <h2 className="panel-title">{t('health.judge')}</h2>
        {isLate ? (
          <LateMark text={t('health.judgeLate')} />
        ) : (
          <p className="panel-note">{t('health.judgeFine')}</p>
        )}
      </header>
      <dl className="watch-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
