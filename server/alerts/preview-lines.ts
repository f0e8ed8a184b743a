/** Samples that previews replay, read once for a condition and kept while somebody drags a threshold over them. */
import { startOfDay } from '../../shared/period.ts';
import type { RuleBody } from '../../shared/rule.ts';
import { fineFrom } from '../acts/differences.ts';
import type { View } from '../figures/sums.ts';
import type { Axis } from '../rules/axis.ts';
import type { SampleLine } from '../rules/sample.ts';
import { readFeedPasts } from '../samples/feeds.ts';
import { isOfSums, nameOfSamples, readLines } from '../samples/lines.ts';
import { listMissing } from '../samples/missing.ts';

/** Which samples: of units, at the ends of slots from a day to another (exclusive). `peers` are compared with an outlier. */
export type LinesOrder = {
  body: RuleBody;
  units: readonly number[];
  peers: readonly number[];
  grain: 'day' | 'hour';
  from: string;
  to: string;
  mode: 'asKnown' | 'asRevised';
};

/** Samples as of a commit. Slots `from` to `to` (exclusive) are replayed: those that are over. */
export type PreviewLines = {
  seq: number;
  axis: Axis;
  from: number;
  to: number;
  lines: readonly SampleLine[];
};

type Kept = { name: string; at: number; lines: Promise<PreviewLines> };

/** How many are kept, and for how long: what came in since is told of by `seq`. */
const MOST_KEPT = 6;
const KEPT_MS = 30_000;

/** Units read in one go: frames go out in between. */
const AT_ONCE = 40;

const kept = new WeakMap<View['reader']['db'], Kept[]>();

/** Lets frames and requests go first. */
export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function readAll(view: View, order: LinesOrder): Promise<{ axis: Axis; lines: SampleLine[] }> {
  const { body, grain, from, to, mode } = order;
  const { reader, tree, site } = view;
  const isPeer = body.condition.kind === 'outlier';
  const all = isPeer ? order.peers : order.units;
  const wanted = new Set(order.units);
  const lines: SampleLine[] = [];
  let axis: Axis | undefined;
  for (let start = 0; start < all.length; start += isPeer ? all.length : AT_ONCE) {
    const units = new Set(isPeer ? all : all.slice(start, start + AT_ONCE));
    const fine = fineFrom(view.now, site.zone);
    const read = await readLines({ reader, tree, site }, [{ body, units }], { grain, from, to, mode, fine });
    axis ??= read[0]?.axis;
    lines.push(...(read[0]?.lines ?? []).filter(({ unit }) => wanted.has(unit)));
    await giveWay();
  }
  if (!axis) throw new RangeError('samples of no unit were asked for');
  return { axis, lines };
}

async function read(view: View, order: LinesOrder): Promise<PreviewLines> {
  const { axis, lines } = await readAll(view, order);
  const { calendar, zone } = view.site;
  const from = Math.max(0, axis.days.indexOf(order.from));
  const pasts = await readFeedPasts(view.reader, { calendar, since: startOfDay(order.from, zone) });
  const missing = listMissing(view.tree, pasts, { units: lines.map(({ unit }) => unit), axis, from });
  const running = axis.ends.findIndex((end) => end > view.now);
  return {
    ...{ seq: view.clock.seq, axis, from, to: running < 0 ? axis.size : running },
    lines: missing ? lines.map((line) => ({ ...line, missing: missing.get(line.unit) ?? null })) : lines,
  };
}

/** The samples of an order, as of now or of half a minute ago; nothing of a condition that sums do not answer. */
export async function readPreviewLines(view: View, order: LinesOrder): Promise<PreviewLines | null> {
  if (!isOfSums(order.body.condition) || order.units.length === 0) return null;
  const { grain, from, to, mode, units } = order;
  const { unitSeq, foldKey } = view.clock;
  const name = JSON.stringify([nameOfSamples(order.body), grain, from, to, mode, unitSeq, foldKey, units]);
  const list = kept.get(view.reader.db) ?? [];
  kept.set(view.reader.db, list);
  const isFresh = (one: Kept) => view.now - one.at < KEPT_MS && view.now >= one.at;
  const known = list.find((one) => one.name === name && isFresh(one));
  if (known) return known.lines;
  const lines = read(view, order);
  list.splice(0, list.length, { name, at: view.now, lines }, ...list.filter(isFresh).slice(0, MOST_KEPT - 1));
  lines.catch(() => list.splice(0));
  return lines;
}
