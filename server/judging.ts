/** When the judge is to be asked, and how it is doing: whether anything waits for it, how late it was, how long it took. */
import { dayOf, hourOf } from '../shared/period.ts';
import type { Judgement } from './acts/judge.ts';
import { listTurns, readFeedPasts } from './samples/feeds.ts';
import { findSilence, readSystemPasts } from './samples/systems.ts';
import type { Site } from './site.ts';
import { readNextAlertAt } from './store/alert-store.ts';
import { readDueExplanations } from './store/explanation-store.ts';
import { isAnyUnitChanged } from './store/slot-store.ts';
import { type Clock, type Reader, type ReadingStore, readLagMs } from './store/store.ts';
import { readUnitIds } from './store/unit-store.ts';
import type { Writer } from './writer/writer.ts';

/** Behind by more than this, the judge is late. */
const LATE_MS = 5000;

type Standing = { site: Pick<Site, 'zone' | 'calendar'>; clock: Clock; now: number };

/** Whether a feed spoke, turned late or went missing since the last judgement. */
async function hasFeedTurned(reader: Reader, { site, clock, now }: Standing): Promise<boolean> {
  const { judgedSeq, judgedTo } = clock;
  const pasts = await readFeedPasts(reader, { calendar: site.calendar, since: judgedTo });
  return pasts.some(
    (past) => past.feed.seq > judgedSeq || listTurns(past, { after: judgedTo, upTo: now }).length > 0,
  );
}

const MINUTE_MS = 60_000;
/** The minute in which each store was last looked at for systems that fell silent. */
const looked = new WeakMap<Reader['db'], number>();

/** Whether a connected system fell silent since the last judgement: looked at once a minute, for it comes by the clock alone. */
async function hasSystemTurned(reader: Reader, { site, clock, now }: Standing): Promise<boolean> {
  const minute = Math.floor(now / MINUTE_MS);
  if (Math.floor(clock.judgedTo / MINUTE_MS) === minute || looked.get(reader.db) === minute) return false;
  looked.set(reader.db, minute);
  const units = await readUnitIds(reader);
  const pasts = await readSystemPasts(reader, { units, now, zone: site.zone, calendar: site.calendar });
  return pasts.some((past) => {
    const at = findSilence(past, site.calendar);
    return at !== null && clock.judgedTo < at && at <= now;
  });
}

/** Whether anything waits for the judge: what changed, or what has come by the clock alone. Nothing while it is paused. */
export async function isAnythingToJudge(reader: Reader, standing: Standing): Promise<boolean> {
  const { site, clock, now } = standing;
  const { judgedSeq, judgedTo, unitSeq, rulesSeq, pausedUntil } = clock;
  if (pausedUntil !== 0) return now >= pausedUntil;
  if (judgedTo === 0 || unitSeq > judgedSeq || rulesSeq > judgedSeq) return true;
  if (dayOf(judgedTo, site.zone) !== dayOf(now, site.zone)) return true;
  if (hourOf(judgedTo, site.zone) !== hourOf(now, site.zone)) return true;
  if (await isAnyUnitChanged(reader, judgedSeq)) return true;
  const nextAt = await readNextAlertAt(reader);
  if (nextAt !== null && nextAt <= now) return true;
  if ((await readDueExplanations(reader, now, 1)).length > 0) return true;
  return (await hasFeedTurned(reader, standing)) || hasSystemTurned(reader, standing);
}

/** The last judgement of this process: how late it was when it was made, and how long it took. */
type Last = { lagMs: number | null; tookMs: number };

const lasts = new WeakMap<Reader['db'], Last>();

/** How the judge is doing. `behind` counts commits that are not judged, 0 where none of them is anything to judge. */
export type JudgeStanding = {
  behind: number;
  lagMs: number | null;
  tookMs: number | null;
  isLate: boolean;
};

/** How the judge is doing, at an instant. */
export async function readJudgeStanding(reader: Reader, standing: Standing): Promise<JudgeStanding> {
  const { clock, now } = standing;
  const last = lasts.get(reader.db);
  const isBehind = await isAnythingToJudge(reader, standing);
  const nextAt = isBehind ? await readNextAlertAt(reader) : null;
  const since = [clock.unjudgedAt, nextAt].flatMap((at) =>
    at === null ? [] : Math.max(at, clock.pausedUntil),
  );
  return {
    behind: isBehind ? clock.seq - clock.judgedSeq : 0,
    lagMs: last?.lagMs ?? null,
    tookMs: last?.tookMs ?? null,
    isLate: isBehind && since.some((at) => now - at > LATE_MS),
  };
}

/** What the judge is asked by. */
export type JudgingParts = {
  store: Pick<ReadingStore, 'reader' | 'readClock'>;
  run: Writer['run'];
  site: Site;
  clock: () => number;
  onJudged: (judgement: Judgement & Last) => void;
};

/** Asks for one judgement where there is anything to judge; tells whether there is more. */
export function createJudging({ store, run, site, clock, onJudged }: JudgingParts): () => Promise<boolean> {
  const { reader } = store;
  let seen = { seq: -1, until: 0 };
  let isMore = false;
  return async () => {
    const now = clock();
    const position = await store.readClock();
    if (position.foldKey !== site.foldKey) return false;
    if (position.pausedUntil !== 0) isMore = false;
    // Nothing but a commit or a second gone by brings anything new.
    if (!isMore && position.seq === seen.seq && now < seen.until && now >= seen.until - 1000) return false;
    if (!isMore && !(await isAnythingToJudge(reader, { site, clock: position, now }))) {
      seen = { seq: position.seq, until: now + 1000 };
      return false;
    }
    const judgement = await run({ name: 'judge', caller: { kind: 'clock' }, input: null, now });
    const endedAt = clock();
    const lagMs = position.unjudgedAt === null ? null : readLagMs(position, endedAt);
    const last = { lagMs, tookMs: endedAt - now };
    lasts.set(reader.db, last);
    onJudged({ ...judgement, ...last });
    isMore = judgement.isMore;
    return isMore;
  };
}
