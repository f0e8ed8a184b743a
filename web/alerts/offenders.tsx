import { Link, useLocation } from 'wouter';
import type { HealthAnswer } from '../../shared/alert-health.ts';
import { ledgerExport } from '../api.ts';
import { useLanguage } from '../words/words.ts';
import { keepProposal, proposalPath } from './proposal.ts';

type Offender = HealthAnswer['offenders'][number];

/** Rules and units that raise more than their share, the most first; what would be quieter opens in the rule's preview. */
export function Offenders({ offenders, total }: { offenders: readonly Offender[]; total: number }) {
  const { t, say, format } = useLanguage();
  return (
    <section className="panel">
      <header className="panel-head">
        <h2 className="panel-title">{t('health.offenders')}</h2>
        <p className="panel-note">{t('health.offendersOf', { count: format.number(total) })}</p>
      </header>
      {offenders.length === 0 ? (
        <p className="panel-quiet">{t('health.noOffender')}</p>
      ) : (
        <div className="table-box">
          <table className="watch-table">
            <thead>
              <tr>
                {(['rule', 'unit', 'episodes', 'share', 'reason', 'proposal'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`health.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {offenders.map((offender) => (
                <tr key={`${offender.rule} ${offender.ref} ${offender.reason}`}>
                  <th scope="row">
                    <Link href={`/rules/${encodeURIComponent(offender.rule)}`}>{say(offender.name)}</Link>
                  </th>
                  <td>{offender.unitName ? say(offender.unitName) : t('health.everywhere')}</td>
                  <td>{format.number(offender.episodes)}</td>
                  <td>{format.number(Math.round(1000 * offender.share) / 10)} %</td>
                  <td>{t(`health.because.${offender.reason}`)}</td>
                  <td>
                    <ProposalWay offender={offender} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ProposalWay({ offender: { rule, proposal } }: { offender: Offender }) {
  const { t, say } = useLanguage();
  const [, navigate] = useLocation();
  if (!proposal) return t('health.noProposal');
  const open = () => {
    keepProposal(rule, proposal);
    navigate(proposalPath(rule));
  };
  return (
    <div className="health-proposal">
      <span>{say(proposal.words)}</span>
      <button type="button" className="button" onClick={open}>
        {t('health.try')}
      </button>
    </div>
  );
}

/** Rules that nobody touched for half a year: a standard wants each looked at by then. */
export function IdleRules({ idle, unit }: { idle: readonly Offender[]; unit: string }) {
  const { t, say, format } = useLanguage();
  return (
    <section className="panel">
      <header className="panel-head">
        <h2 className="panel-title">{t('health.idle')}</h2>
        <p className="panel-note">{t('health.idleWhy')}</p>
        <a className="button" href={ledgerExport({ unit, format: 'csv' })} download="rules.csv">
          {t('health.ledger')}
        </a>
      </header>
      {idle.length === 0 ? (
        <p className="panel-quiet">{t('health.noIdle')}</p>
      ) : (
        <ul className="watch-rules">
          {idle.map(({ rule, name, episodes }) => (
            <li key={rule}>
              <Link href={`/rules/${encodeURIComponent(rule)}`}>{say(name)}</Link>{' '}
              <small>{t('health.idleEpisodes', { count: format.number(episodes) })}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
