/**
 * Previews on a history of the demo's size, of all units: of a shipped rule that somebody edits, asked for the first time, and again
 * with another threshold. Each replays the draft, the rule as it is saved, and three lines to suggest.
 */
import { readPreview } from '../../server/alerts/preview.ts';
import { createView } from '../../server/figures/sums.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { addDays, dayOf } from '../../shared/period.ts';
import { PreviewOrder } from '../../shared/preview.ts';
import { ruleBody } from '../server/judging.ts';
import { databaseOf, readTree, SITE } from './bench-store.ts';
import type { HistoryStore } from './history.ts';
import { describeLoad, ms, printTable, whole } from './table.ts';
import { median, timeEach, timeOnce } from './timing.ts';

type Asked = { indicator: string; direction: 'below' | 'above'; raise: number };

const ASKED: readonly Asked[] = [
  { indicator: 'TT01', direction: 'below', raise: 95 },
  { indicator: 'TT02', direction: 'below', raise: 90 },
  { indicator: 'TT04', direction: 'above', raise: 5 },
  { indicator: 'ON02', direction: 'below', raise: 60 },
  { indicator: 'DG01', direction: 'below', raise: 90 },
];
const SPANS = [
  { cadence: 'change', days: 30 },
  { cadence: 'hour', days: 30 },
  { cadence: 'day', days: 90 },
  { cadence: 'day', days: 365 },
] as const;

type Span = (typeof SPANS)[number];

/** A preview that nobody asked for before: the view's instant is a minute after the last one's. */
async function createPreview(store: Store, { asked, span, now }: { asked: Asked; span: Span; now: number }) {
  const { tree, province } = await readTree(store);
  const clock = await store.readClock();
  const view = createView({ reader: store.reader, site: SITE, tree, clock, units: [province], now });
  const { indicator, direction, raise } = asked;
  const today = dayOf(now, SITE.zone);
  let step = 0;
  return () => {
    const body = ruleBody({
      condition: { kind: 'level', indicator, window: 'month' },
      ...{ direction, cadence: span.cadence, minimum: 10 },
      levels: [{ severity: 'warning', raise: raise - step++, count: null }],
    });
    const order = { body, rule: indicator, from: addDays(today, -span.days), to: today };
    return readPreview(view, PreviewOrder.parse(order));
  };
}

/** Prints how long previews take. */
export async function runPreviews(histories: HistoryStore): Promise<void> {
  const { folder, words } = await histories.takeFull();
  const store = await openStore(databaseOf(folder));
  const rows: string[][] = [];
  let now = Date.now();
  for (const span of SPANS) {
    for (const asked of ASKED) {
      now += 60_000;
      const preview = await createPreview(store, { asked, span, now });
      const { ms: cold, result } = await timeOnce(preview);
      const warm = median(await timeEach(7, preview));
      rows.push([
        `${asked.indicator}, ${span.days} days by ${span.cadence}`,
        ...[whole(result.units), whole(result.evaluations), ms(cold), ms(warm), '2000, 1000', describeLoad()],
      ]);
    }
  }
  await store.close();
  printTable({
    title: 'Previews: ms',
    head: ['', 'units', 'evaluations', 'cold', 'warm', 'goal', 'load'],
    rows,
    notes: [
      `on ${words}; warm: another threshold over the samples that are kept`,
      'the first one also pays for what the program learns of itself',
    ],
  });
}
