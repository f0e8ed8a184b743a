import './systems-strip.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import type { SystemView } from '../../shared/system-wire.ts';
import { systemsQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { toldBy, usePanelState } from '../panel-state.ts';
import { LateMark } from '../panels/frame.tsx';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { SystemMark } from './system-marks.tsx';
import { needsLook, wordCertificate, wordSince } from './system-words.ts';

const RENEW_MS = 30_000;
const SHOWN = 4;

type StripProps = { unit: UnitView; rows?: number | undefined };

/**
 * Connected systems by exception: one quiet line while all are up, else those that are not, or whose certificate is about to end.
 * While the link is lost nobody here knows: it says so. Nothing where no system was ever read, but for a province.
 */
export function SystemsStrip({ unit, rows = SHOWN }: StripProps) {
  const { t } = useLanguage();
  const { data, error } = useQuery({ ...systemsQuery({ unit: unit.ref }), refetchInterval: RENEW_MS });
  const state = usePanelState(toldBy({ data, error }));
  if (!data) {
    const text = error === null ? t('systems.strip.loading') : t('systems.strip.failed');
    return (
      <section className="systems-strip" data-state={state.kind} aria-label={t('systems.title')}>
        {error === null ? text : <LateMark text={text} />}
      </section>
    );
  }
  const { systems } = data;
  if (systems.length === 0 && unit.level !== 'province') return null;
  const bad = systems.filter(needsLook);
  const count = systems.length;
  const head =
    count === 0
      ? t('systems.strip.none')
      : bad.length === 0
        ? t('systems.strip.allUp', { count })
        : t('systems.strip.some', { bad: bad.length, count });
  return (
    <section
      className="systems-strip"
      data-state={state.kind}
      data-quiet={bad.length === 0 || undefined}
      aria-label={t('systems.title')}
    >
      <Link href={`/systems?unit=${encodeURIComponent(unit.ref)}`} title={t('systems.strip.open')}>
        {head}
      </Link>
      {bad.length > 0 && (
        <ul>
          {bad.slice(0, rows).map((system) => (
            <OddSystem key={`${system.unit.id} ${system.key}`} system={system} at={Date.parse(data.at)} />
          ))}
          {bad.length > rows && <li>{t('systems.strip.more', { count: bad.length - rows })}</li>}
        </ul>
      )}
      {(state.kind === 'stale' || error !== null) && <LateMark text={t('panel.offline')} />}
    </section>
  );
}

function OddSystem({ system, at }: { system: SystemView; at: number }) {
  const { t, lang, format } = useLanguage();
  const { zone } = useSession();
  const { serverNow } = useFollowing();
  const telling = { t, lang, format, now: Math.max(at, serverNow()) };
  const { name, state } = system;
  return (
    <li>
      <strong>{name}</strong>
      {state === 'up' ? (
        <span data-certificate={system.certificate?.state}>
          <span aria-hidden="true">{system.certificate?.state === 'expired' ? '◆' : '▲'}</span>{' '}
          {t('systems.strip.certificate', { left: wordCertificate(system, telling, zone) })}
        </span>
      ) : (
        <>
          <SystemMark state={state} />
          <small>{wordSince(system, telling)}</small>
        </>
      )}
    </li>
  );
}
