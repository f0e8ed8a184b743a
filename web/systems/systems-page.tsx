import { useQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { dayOf } from '../../shared/period.ts';
import type { SystemsAnswer, SystemView } from '../../shared/system-wire.ts';
import { systemsQuery } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { formatAge } from '../format.ts';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { BandHours, BandLegend, DayBand, SystemMark } from './system-marks.tsx';
import {
  type Telling,
  wordCertificate,
  wordLatency,
  wordPercent,
  wordRhythm,
  wordSince,
} from './system-words.ts';

const RENEW_MS = 30_000;

/** Every connected system of a unit and those below it: how it stands, what it did in a day and the month. */
export function SystemsPage({ preferences }: { preferences: Preferences }) {
  const { t, say, format } = useLanguage();
  const { session, zone } = useSession();
  const [, navigate] = useLocation();
  const search = useSearch();
  const asked = new URLSearchParams(search);
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(asked.get('day') ?? '')?.[0];
  const unit = asked.get('unit') ?? session?.unit.ref ?? '';
  const { data, error, isPending, refetch } = useQuery({
    ...systemsQuery({ unit, ...(day !== undefined && { day }) }),
    enabled: unit !== '',
    refetchInterval: RENEW_MS,
  });
  const turn = (to: string | null) => {
    const query = new URLSearchParams(search);
    if (to) query.set('day', to);
    else query.delete('day');
    navigate(`/systems?${query}`, { replace: true });
  };
  return (
    <OfficeFrame page="systems" about={t('systems.about')} preferences={preferences}>
      <p className="office-tools">
        <label htmlFor="systems-day">{t('systems.day')}</label>
        <input
          id="systems-day"
          type="date"
          value={data?.day ?? day ?? ''}
          onChange={(event) => turn(event.target.value)}
        />
        {day !== undefined && (
          <button type="button" className="button" onClick={() => turn(null)}>
            {t('systems.today')}
          </button>
        )}
        {data && (
          <span className="systems-at">
            {say(data.unit.name)} · {t('systems.at', { moment: momentOf(data.at, zone, format) })}
          </span>
        )}
      </p>
      <OfficeRead isPending={isPending} error={error} retry={() => void refetch()}>
        {data && <Systems answer={data} />}
      </OfficeRead>
    </OfficeFrame>
  );
}

function momentOf(at: string, zone: string, format: ReturnType<typeof useLanguage>['format']): string {
  const instant = Date.parse(at);
  return `${format.time(instant)} ${format.day(dayOf(instant, zone))}`;
}

function wordAbsence(
  { ended, begins, noData }: SystemsAnswer,
  t: ReturnType<typeof useLanguage>['t'],
): string {
  return ended !== undefined || begins !== undefined
    ? t('panel.nobody')
    : noData
      ? t('panel.empty')
      : t('systems.none');
}

function Systems({ answer }: { answer: SystemsAnswer }) {
  const { t, lang, format } = useLanguage();
  const { systems } = answer;
  if (systems.length === 0) {
    return (
      <div className="panel-empty">
        <p>{wordAbsence(answer, t)}</p>
        <p className="panel-next">{t('systems.noneNext')}</p>
      </div>
    );
  }
  const telling = { t, lang, format, now: Date.parse(answer.at) };
  return (
    <>
      <BandLegend />
      <table className="office-table systems-table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`systems.column.${column}`)}
                {column === 'band' && <BandHours />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {systems.map((system) => (
            <SystemRow
              key={`${system.unit.id} ${system.key}`}
              system={system}
              telling={telling}
              answer={answer}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

const COLUMNS = ['name', 'state', 'band', 'availability', 'success', 'p95', 'queue', 'certificate'] as const;

type RowProps = {
  system: SystemView;
  telling: Telling;
  answer: Pick<SystemsAnswer, 'unit' | 'day' | 'month'>;
};

function SystemRow({ system, telling, answer }: RowProps) {
  const { t, say } = useLanguage();
  const { zone } = useSession();
  const { name, unit, state, band, silentMinutes, certificate } = system;
  const label = (column: (typeof COLUMNS)[number]) => ({ 'data-label': t(`systems.column.${column}`) });
  return (
    <tr data-state={state}>
      <th scope="row">
        {name}
        <small>{unit.id === answer.unit.id ? wordRhythm(system, telling) : say(unit.name)}</small>
      </th>
      <td {...label('state')}>
        <SystemMark state={state} />
        <small>{wordSince(system, telling)}</small>
      </td>
      <td className="systems-band" {...label('band')}>
        <DayBand band={band} />
        {silentMinutes > 0 && (
          <small>{t('systems.silentFor', { age: formatAge(silentMinutes * 60_000, telling.lang) })}</small>
        )}
      </td>
      <td {...label('availability')}>
        <Pair
          {...{ telling, system, answer, indicator: 'SYS01' }}
          word={({ availability }) => wordPercent(availability, telling)}
        />
      </td>
      <td {...label('success')}>
        <Pair
          {...{ telling, system, answer, indicator: 'SYS02' }}
          word={({ success }) => wordPercent(success, telling)}
        />
      </td>
      <td {...label('p95')}>
        <Pair
          {...{ telling, system, answer, indicator: 'SYS01' }}
          word={({ p95 }) => wordLatency(p95, telling)}
        />
      </td>
      <td {...label('queue')}>
        <Queue system={system} telling={telling} answer={answer} />
      </td>
      <td {...label('certificate')} data-certificate={certificate?.state}>
        <CertificateMark system={system} />
        {wordCertificate(system, telling, zone)}
      </td>
    </tr>
  );
}

type PairProps = RowProps & {
  word: (figures: SystemView['day']) => string;
  /** Whose story tells of every system's readings. */
  indicator: string;
};

/** A figure of the day, and of the month in small type, each with the story in which every system's readings are told. */
function Pair({ system, telling: { t }, answer, word, indicator }: PairProps) {
  const title = ({ up, readings, failed, calls }: SystemView['day']) =>
    `${t('systems.readings', { up, readings })}; ${t('systems.calls', { failed, calls })}`;
  const story = { indicator, unit: system.unit.ref, label: system.name };
  return (
    <>
      <span title={title(system.day)}>
        <ExplainButton {...story} period={answer.day}>
          {word(system.day)}
        </ExplainButton>
      </span>
      <small title={title(system.month)}>
        {t('systems.ofMonth')}{' '}
        <ExplainButton {...story} period={answer.month}>
          {word(system.month)}
        </ExplainButton>
      </small>
    </>
  );
}

function Queue({ system, telling, answer }: RowProps) {
  const { queue, state } = system;
  const { t, format, lang, now } = telling;
  if (queue === null) return <>–</>;
  const { count, oldestMinutes, at } = queue;
  const isOld = state === 'silent' || state === 'unknown';
  return (
    <>
      <ExplainButton indicator="SYS04" unit={system.unit.ref} period={answer.day} label={system.name}>
        {t('systems.queued', { count })}
      </ExplainButton>
      {oldestMinutes !== null && (
        <small>{t('systems.oldest', { age: formatAge(oldestMinutes * 60_000, lang) })}</small>
      )}
      {isOld && <small>{t('systems.toldAt', { moment: format.moment(Date.parse(at), now) })}</small>}
    </>
  );
}

const CERTIFICATE_SHAPES = { valid: '', soon: '●', urgent: '▲', expired: '◆' } as const;

/** The shape of how near the end of a certificate is; none where it is far. */
function CertificateMark({ system: { certificate } }: { system: SystemView }) {
  const shape = certificate ? CERTIFICATE_SHAPES[certificate.state] : '';
  return shape === '' ? null : <span aria-hidden="true">{shape} </span>;
}
