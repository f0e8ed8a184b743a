/** Where a figure was told from: feeds, values that were reported, connected systems. */
import type { ExplainAnswer, ReportedView } from '../../shared/explain.ts';
import { judgeFeed } from '../../shared/feed-state.ts';
import { type Indicator, listMeasures } from '../../shared/indicator.ts';
import { isoOf, type Period, parsePeriod } from '../../shared/period.ts';
import { REPORT_MEASURES } from '../../shared/report-measures.ts';
import { fineFrom } from '../acts/differences.ts';
import { listParts } from '../figures/parts.ts';
import { mapOf, type View } from '../figures/sums.ts';
import { readFeedViews } from '../figures/units.ts';
import { showUnit } from '../figures/views.ts';
import { inOrder } from '../kinds/plain/plain.ts';
import { keyOfReports, type ReportStep, reportKind } from '../kinds/plain/report.ts';
import { isVisible, narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readFeedKinds } from '../store/feed-kind-store.ts';
import { readSubjects } from '../store/subject-store.ts';
import { coverDays, sumTopics } from '../store/sum-store.ts';
import { readTopic } from '../store/topic.ts';
import { kindOfMeasure, listKinds } from './terms.ts';

/** Feeds named at the most: the late ones before the others. */
const MOST_FEEDS = 40;
/** Reported values listed at the most. */
const MOST_REPORTED = 100;

/** The feeds that told of a unit what an indicator counts, the late ones first, then those heard last. */
export async function readTellers(
  view: View,
  unit: ScopedUnit,
  indicator: Indicator,
): Promise<ExplainAnswer['feeds']> {
  const kinds = await readFeedKinds(view.reader, listKinds(indicator));
  const iso = (at: number) => isoOf(at, view.site.zone);
  const isLate = (kind: string) => kind === 'late' || kind === 'missing';
  const feeds = (await readFeedViews(narrowTo(view, unit))).flatMap((feed) => {
    const own = kinds.get(feed.id);
    if (!own) return [];
    const lastAt = iso(own.reduce((last, row) => Math.max(last, row.lastAt), 0));
    const late = isLate(judgeFeed(feed, view.now).kind);
    return { ...feed, lastAt, kinds: own.map(({ kind }) => kind).sort(), late };
  });
  const rank = ({ late, heardAt }: (typeof feeds)[number]) => `${late ? 1 : 0}${heardAt ?? ''}`;
  return feeds.sort((a, b) => (rank(a) < rank(b) ? 1 : -1)).slice(0, MOST_FEEDS);
}

type Told = { step: ReportStep; stands: boolean };

/** What was told of the days of a period, in the order in which it is folded; of a level the last value before it, too. */
function listTold(steps: readonly ReportStep[], isLevel: boolean, { from, to }: Period): Told[] {
  const last = new Map(steps.map((step) => [step.period, step]));
  const spans = steps.flatMap((step) => {
    const span = parsePeriod(step.period);
    return span && span.from < to ? { step, span } : [];
  });
  const reached = spans.filter(({ span }) => span.to > from);
  const newest = spans.reduce((most, { span }) => (span.from > most ? span.from : most), '');
  const shown = reached.length > 0 || !isLevel ? reached : spans.filter(({ span }) => span.from === newest);
  return shown.map(({ step }) => ({ step, stands: last.get(step.period) === step }));
}

/** Every value that was reported of an indicator's measures for a unit (and for those below), newest first. */
export async function readReported(
  view: View,
  { units, indicator, period }: { units: readonly number[]; indicator: Indicator; period: Period },
): Promise<ReportedView[]> {
  const measures = listMeasures([indicator]).filter((id) => kindOfMeasure(id) === 'report');
  if (measures.length === 0) return [];
  const keys = units.flatMap((unit) => measures.map((measure) => keyOfReports(unit, measure)));
  const subjects = await readSubjects(view.reader, 'report', keys);
  const visible = new Set((await readFeedViews(view)).map(({ id }) => id));
  const names: Readonly<Record<string, (typeof REPORT_MEASURES)[keyof typeof REPORT_MEASURES]>> =
    REPORT_MEASURES;
  const told = [...subjects.values()].flatMap(({ key, history }) => {
    const steps = inOrder({ key, steps: reportKind.fold.unpack(history) }).filter(({ at }) => at <= view.now);
    const measure = names[steps[0]?.measure ?? ''];
    if (!measure) return [];
    return listTold(steps, measure.kind === 'stock', period).map((one) => ({ ...one, measure }));
  });
  return told
    .filter(({ step }) => isVisible(view, step.unit))
    .sort((a, b) => b.step.at - a.step.at)
    .slice(0, MOST_REPORTED)
    .map(({ step, stands, measure }) => ({
      ...{ unit: showUnit(view, step.unit), measure: step.measure, words: measure.words },
      ...{ period: step.period, value: step.value, at: isoOf(step.at, view.site.zone) },
      ...{ feed: visible.has(step.feed) ? step.feed : null, stands },
    }));
}

/** How each connected system was found over a period; nothing where days so long ago are no longer kept by system. */
export async function readSystemSums(
  view: View,
  unit: ScopedUnit,
  { indicator, period }: { indicator: Indicator; period: Period },
): Promise<ExplainAnswer['systems']> {
  if (indicator.basis !== 'sums' || !listKinds(indicator).includes('probe')) return [];
  const fine = fineFrom(view.now, view.site.zone);
  const ranges = coverDays(period).map((row) =>
    row.grain === 'year' ? { ...row, grain: 'month' as const } : row,
  );
  if (ranges.some(({ grain, from }) => grain === 'day' && from < fine)) return [];
  const bySystem = new Map<string, ExplainAnswer['systems'][number]>();
  for (const part of listParts(view, unit, period, mapOf(period, view.today))) {
    for (const [topic, sums] of await sumTopics(view.reader, part.unit, { ranges, kind: 'systems' })) {
      const name = readTopic(topic).procedure;
      const known = bySystem.get(name) ?? { name, probes: 0, probesUp: 0, calls: 0, callsFailed: 0 };
      for (const id of ['probes', 'probesUp', 'calls', 'callsFailed'] as const)
        known[id] += sums[id] * part.weight;
      bySystem.set(name, known);
    }
  }
  return [...bySystem.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
