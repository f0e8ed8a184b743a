import { emptySums, MEASURE_IDS, type Sums } from '../../shared/measure.ts';
import { type DayRange, periodOf } from '../../shared/period.ts';
import type { Part } from '../../shared/unit.ts';
import { fineFrom } from '../acts/differences.ts';
import { AppError } from '../errors.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { coverDays, type RowRange, sumTopics } from '../store/sum-store.ts';
import { readTopic } from '../store/topic.ts';
import { type Areas, readAreas } from './areas.ts';
import { listParts } from './parts.ts';
import { combineParts, mapOf, type PeriodSums, settleEnd, type View } from './sums.ts';

/** A part's days, or the whole months around them where its unit has rows on no other days of them: it began or ended there. */
function widen({ tree }: View, part: Part): DayRange {
  const unit = tree.get(part.unit);
  const from = part.from === unit.from ? periodOf(part.from, 'month').from : part.from;
  const isCut = part.to === unit.to && periodOf(part.to, 'month').from !== part.to;
  return { from, to: isCut ? periodOf(part.to, 'month').to : part.to };
}

/** Subjects have rows by month, and by day for the last weeks: what months hold is never asked of days or years. */
function rowsOf(range: DayRange, fine: string): RowRange[] {
  return coverDays(range).map((row) => {
    if (row.grain === 'year') return { ...row, grain: 'month' as const };
    if (row.grain !== 'day' || row.from >= fine) return row;
    throw new AppError(
      'badInput',
      `Figures by area of work and procedure are kept by day since ${fine}; before that ask for months.`,
      [{ field: 'period', reason: `starts a broken month before ${fine}` }],
    );
  });
}

function rowsUntil(day: string, view: View): RowRange[] {
  if (day > view.today) return [{ grain: 'month', from: '', to: '9999' }];
  return rowsOf({ from: '0001-01-01', to: day }, fineFrom(view.now, view.site.zone));
}

/** What is asked of subjects: by area of work, or by procedure, of one area where `field` names it. */
export type SubjectOrder = { kind: 'field' | 'procedure'; range: DayRange; field?: string | undefined };

/** Sums by area of work (its key) or by procedure from sums by both; what has no area is in none. */
export function groupSubjects(
  sums: ReadonlyMap<string, Sums>,
  { kind, field, areas }: Pick<SubjectOrder, 'kind' | 'field'> & { areas: Areas },
): Map<string, Sums> {
  const wanted = field === undefined ? undefined : new Set(areas.keysOf(field));
  const grouped = new Map<string, Sums>();
  for (const [text, own] of sums) {
    const subject = readTopic(text);
    if (subject[kind] === '' || wanted?.has(subject.field) === false) continue;
    const code = kind === 'field' ? areas.keyOf(subject.field) : subject.procedure;
    const known = grouped.get(code);
    if (known) for (const id of MEASURE_IDS) known[id] += own[id];
    else grouped.set(code, own);
  }
  return grouped;
}

async function readPart(view: View, part: Part, order: SubjectOrder & { areas: Areas }) {
  const read = async (ranges: RowRange[]) =>
    groupSubjects(await sumTopics(view.reader, part.unit, { ranges, kind: 'work' }), order);
  const days = widen(view, part);
  const own = await read(rowsOf(days, fineFrom(view.now, view.site.zone)));
  const month = periodOf(days.to, 'month');
  const fine = fineFrom(view.now, view.site.zone);
  // In the month from whose middle days are kept, what came up to a day is all that came without what came after.
  const isMiddle = month.from < fine && fine <= days.to && days.to <= view.today;
  if (!isMiddle) return { own, end: await read(rowsUntil(days.to, view)) };
  const end = await read(rowsUntil(month.to, view));
  for (const [code, later] of await read([{ grain: 'day', from: days.to, to: month.to }])) {
    const whole = end.get(code);
    if (whole) for (const id of MEASURE_IDS) whole[id] -= later[id];
  }
  return { own, end };
}

const isIdle = ({ sums, carried }: PeriodSums) =>
  carried === 0 && Object.values(sums).every((value) => value === 0);

/** Sums by area of work or procedure over a period, busiest first; subjects with nothing at all are left out. */
export async function readSubjectSums(
  view: View,
  unit: ScopedUnit,
  order: SubjectOrder,
): Promise<Map<string, PeriodSums>> {
  const parts = listParts(view, unit, order.range, mapOf(order.range, view.today));
  const read = new Map<Part, { own: Map<string, Sums>; end: Map<string, Sums> }>();
  const areas = await readAreas(view);
  for (const part of parts) read.set(part, await readPart(view, part, { ...order, areas }));
  const codes = new Set([...read.values()].flatMap(({ end }) => [...end.keys()]));
  const sums = [...codes].map((code): [string, PeriodSums] => [
    code,
    settleEnd(
      view.tree.get(unit),
      combineParts(parts, (part) => ({
        own: read.get(part)?.own.get(code) ?? emptySums(),
        end: read.get(part)?.end.get(code) ?? emptySums(),
      })),
    ),
  ]);
  const size = ({ sums: own }: PeriodSums) => own.received + own.takenOnline + own.takenOffline + own.open;
  return new Map(sums.filter(([, own]) => !isIdle(own)).sort(([, a], [, b]) => size(b) - size(a)));
}
