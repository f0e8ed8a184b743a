import type { FeedQuality, RefusalView } from '../../shared/quality-wire.ts';
import { useAskedAt } from '../session.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { GradeMark, Reasons } from './grade.tsx';
import { QualityTable } from './table.tsx';

const HEADS = ['feed', 'grade', 'state', 'cadence', 'last', 'refused', 'repeated', 'why'] as const;

/** The feeds that tell of a unit, the worst first, with what was refused of them. */
export function Feeds({ feeds }: { feeds: readonly FeedQuality[] }) {
  const { t } = useLanguage();
  if (feeds.length === 0) return <p>{t('quality.noFeeds')}</p>;
  return (
    <QualityTable heads={HEADS}>
      {feeds.map((row) => (
        <FeedRow key={row.feed.id} row={row} />
      ))}
    </QualityTable>
  );
}

function sayCadence({ cadence, dueTime }: FeedQuality['feed'], { t, format }: Language): string {
  const parts: string[] = [];
  if (cadence) {
    const minutes = format.number(cadence.workingMinutes);
    parts.push(t(cadence.source === 'stated' ? 'quality.minutes' : 'quality.learned', { minutes }));
  }
  if (dueTime !== null) parts.push(t('quality.due', { time: dueTime }));
  return parts.length === 0 ? t('quality.noCadence') : parts.join(', ');
}

function FeedRow({ row }: { row: FeedQuality }) {
  const language = useLanguage();
  const { t, format } = language;
  const now = useAskedAt();
  const { feed, state, intake, refusals, grade } = row;
  const count = (key: 'quality.of' | 'quality.repeats', part: number, whole: number) =>
    t(key, { part: format.number(part), whole: format.number(whole) });
  return (
    <tr>
      <th scope="row">{feed.name}</th>
      <td data-head={t('quality.grade')}>
        <GradeMark grade={grade} />
      </td>
      <td data-head={t('quality.state')}>{t(`quality.state.${state}`)}</td>
      <td data-head={t('quality.cadence')}>{sayCadence(feed, language)}</td>
      <td data-head={t('quality.last')}>
        {feed.lastAt === null ? t('quality.never') : format.moment(Date.parse(feed.lastAt), now)}
      </td>
      <td data-head={t('quality.refused')}>
        {intake
          ? count('quality.of', intake.refusals, intake.batches + intake.refusals)
          : t('quality.hidden')}
        {refusals.map((refusal) => (
          <Refusal key={`${refusal.at} ${refusal.code}`} refusal={refusal} />
        ))}
      </td>
      <td data-head={t('quality.repeated')}>
        {intake && count('quality.repeats', intake.duplicates, intake.events + intake.duplicates)}
      </td>
      <td data-head={t('quality.why')}>
        <Reasons grade={grade} />
      </td>
    </tr>
  );
}

const CODES = [
  'badInput',
  'forbidden',
  'conflict',
  'tooLarge',
  'unsupported',
  'unprocessable',
  'tooMany',
] as const;

/** Why a batch was refused; the code itself where it is none that batches are refused by. */
function wordCode(code: string, t: Language['t']): string {
  const known = CODES.find((one) => one === code);
  return known ? t(`quality.code.${known}`) : code;
}

/** A refused batch with its first faults. */
function Refusal({ refusal: { at, code, faults, reasons } }: { refusal: RefusalView }) {
  const { t, format } = useLanguage();
  const now = useAskedAt();
  const moment = format.moment(Date.parse(at), now);
  return (
    <details className="quality-refusal">
      <summary>
        {t('quality.refusedAt', { moment, why: wordCode(code, t), faults: format.number(faults) })}
      </summary>
      <ul>
        {reasons.map(({ index, field, reason }) => (
          <li key={`${index} ${field} ${reason}`}>
            {t('quality.reason', { index: index ?? '–', field: field || t('quality.noField'), reason })}
          </li>
        ))}
      </ul>
    </details>
  );
}
