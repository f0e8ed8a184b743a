/** How far figures can be trusted: of each feed and each unit what is held against it. Law: what nobody told is never good. */
import type { z } from 'zod';
import { judgeFeed } from '../../shared/feed-state.ts';
import { type DayRange, isoOf, startOfDay } from '../../shared/period.ts';
import {
  type FindingId,
  findFailures,
  type Grade,
  gradeOf,
  type PORTAL_PAIRS,
  percentOf,
} from '../../shared/quality.ts';
import type { FeedQuality, QualityAnswer, RefusalView, UnitQuality } from '../../shared/quality-wire.ts';
import { readAbsences } from '../figures/absence.ts';
import { getPeriod } from '../figures/asked.ts';
import { toColumns } from '../figures/form.ts';
import { listReporting } from '../figures/reporting.ts';
import { listBelow, type PeriodSums, readPeriodSums, type View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import { readReported } from '../index766/reported.ts';
import { narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readSilences } from '../store/feed-store.ts';
import { readRefusals, type StoredRefusal, sumFeedDays } from '../store/intake-store.ts';
import { readCalendarReach } from './calendar.ts';
import { type FeedFindings, openFeedFindings } from './unit-feeds.ts';

/** Refused batches shown of a feed. */
const SHOWN = 5;

type FeedAnswer = z.input<typeof FeedQuality>;
type UnitAnswer = z.input<typeof UnitQuality>;

function showRefusal({ at, code, events, faults, reasons }: StoredRefusal, zone: string): RefusalView {
  const listed = JSON.parse(reasons) as RefusalView['reasons'];
  return { at: isoOf(at, zone), code, events, faults, reasons: listed };
}

/** How often each feed was late in some days, as far as that ended. */
async function countSilences(view: View, { from, to }: DayRange): Promise<Map<string, number>> {
  const { zone } = view.site;
  const [since, until] = [startOfDay(from, zone), startOfDay(to, zone)];
  const counts = new Map<string, number>();
  // Late before it was last heard: it brought a past, and kept nobody waiting.
  for (const { feed, heardAt, lateAt } of await readSilences(view.reader, since))
    if (heardAt < lateAt && lateAt < until) counts.set(feed, (counts.get(feed) ?? 0) + 1);
  return counts;
}

/** What is held against a feed; null of one that never spoke and was never refused. */
function gradeFeed({ state, lateTimes, intake }: Omit<FeedAnswer, 'grade' | 'refusals'>): Grade | null {
  const { batches = 0, events = 0, duplicates = 0, refusals = 0 } = intake ?? {};
  if ((state === 'unheard' || state === 'unknown') && batches + refusals === 0) return null;
  const found: Partial<Record<FindingId, number>> = {
    late: state === 'late' ? 1 : 0,
    missing: state === 'missing' ? 1 : 0,
    lateTimes,
    refusals: percentOf(refusals, batches + refusals),
    duplicates: percentOf(duplicates, events + duplicates),
  };
  return gradeOf(found);
}

const NOTHING_IN = { batches: 0, events: 0, duplicates: 0, refusals: 0, refusedEvents: 0 };

/** Worst first; what cannot be graded comes after all. */
const byGrade = <T extends { grade: Grade | null }>(a: T, b: T) =>
  (a.grade?.points ?? 101) - (b.grade?.points ?? 101);

async function readFeedQualities(view: View, period: DayRange): Promise<FeedAnswer[]> {
  const feeds = await readFeedViews(view);
  const ids = feeds.map(({ id }) => id);
  const sums = await sumFeedDays(view.reader, ids, period);
  const silences = await countSilences(view, period);
  const answers: FeedAnswer[] = [];
  for (const feed of feeds) {
    // Of one that tells of more than the scope neither how much nor what was refused is said.
    const isAbove = feed.unit === null;
    const intake = isAbove ? null : (sums.get(feed.id) ?? NOTHING_IN);
    const isRefused = intake !== null && intake.refusals > 0;
    const rows = isRefused ? await readRefusals(view.reader, feed.id, { ...period, limit: SHOWN }) : [];
    const state = judgeFeed(feed, view.now).kind;
    const facts = { feed, state, lateTimes: silences.get(feed.id) ?? 0, intake };
    const refusals = rows.map((row) => showRefusal(row, view.site.zone));
    answers.push({ ...facts, refusals, grade: gradeFeed(facts) });
  }
  return answers.sort(byGrade);
}

type Leaves = { reporting: number; told: number };

function countLeaves(leaves: readonly number[], sums: ReadonlyMap<number, PeriodSums>): Leaves {
  const told = leaves.filter((leaf) => (sums.get(leaf)?.sums.steps ?? 0) > 0).length;
  return { reporting: leaves.length, told };
}

function gradeUnit(
  { reporting, told }: Leaves,
  { failures, feeds }: { failures: UnitAnswer['failures']; feeds: FeedFindings },
): Grade {
  const count = (rule: string) => failures.filter((one) => one.rule === rule).length;
  return gradeOf({
    ...feeds,
    completeness: percentOf(reporting - told, reporting),
    ...{ form: count('form'), ratio: count('ratio') },
    ...{ negative: count('negative'), portal: count('portal') },
  });
}

async function readUnitQualities(view: View, unit: ScopedUnit, key: string): Promise<UnitAnswer[]> {
  const period = getPeriod(key);
  const units = [unit, ...listBelow(view, unit, period)];
  const absenceOf = await readAbsences(view, units);
  const leaves = new Map(units.map((id) => [id, listReporting(view, id, period)]));
  const all = [...new Set([...units, ...[...leaves.values()].flat()])];
  const sums = await readPeriodSums(view, all, period);
  const findReported = await readReported(view, { units, period });
  const findFeeds = await openFeedFindings(view, period);
  const rows = units.map((id): UnitAnswer => {
    const absence = absenceOf(id, period);
    const own = sums.get(id);
    const shown = showUnit(view, id);
    if (absence || !own) return { unit: shown, ...absence, reporting: 0, told: 0, failures: [], grade: null };
    const counts = countLeaves(leaves.get(id) ?? [], sums);
    const portal = (measure: (typeof PORTAL_PAIRS)[number]['portal']) => findReported(id, measure);
    const failures = findFailures({ columns: toColumns(own), sums: own.sums, portal });
    return { unit: shown, ...counts, failures, grade: gradeUnit(counts, { failures, feeds: findFeeds(id) }) };
  });
  return [...rows.slice(0, 1), ...rows.slice(1).sort(byGrade)];
}

/** The quality of a unit's data over a period: feeds that tell of it, itself and what stands directly below it. */
export async function readQuality(
  view: View,
  unit: ScopedUnit,
  key: string,
): Promise<z.input<typeof QualityAnswer>> {
  const period = getPeriod(key);
  return {
    unit: showUnit(view, unit),
    ...{ period: period.key, from: period.from, to: period.to, seq: view.clock.seq },
    calendar: readCalendarReach(view.site.calendar, view.today),
    feeds: await readFeedQualities(narrowTo(view, unit), period),
    units: await readUnitQualities(view, unit, key),
  };
}
