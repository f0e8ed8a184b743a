/** The newest samples of an alert as a short text, and what is read from it: votes, and whether it flaps. */
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';

/** How many samples are remembered. */
export const REMEMBERED = 20;

const CODES: Readonly<Record<AlertSeverity, string>> = {
  critical: 'c',
  major: 'm',
  warning: 'w',
  advisory: 'a',
};

const HELD = 'h';
const CLEAR = '-';
/** All that is remembered of an alert that has long been well. */
export const ALL_CLEAR = CLEAR.repeat(REMEMBERED);
/** The same of one that has long been at a severity. */
export const ALL_AT = Object.fromEntries(
  Object.entries(CODES).map(([severity, code]) => [severity, code.repeat(REMEMBERED)]),
) as Readonly<Record<AlertSeverity, string>>;
const FLAPPING = { changes: 4, turns: 6, periods: 10, steady: 4 };
const PERIOD_MS = { change: 3_600_000, hour: 3_600_000, day: 86_400_000 };

/** What a sample came to, as a letter. */
export type Reading = 'reached' | 'held' | 'clear';

/** The samples with one more at their end. */
export function remember(
  recent: string,
  { reading, reached }: { reading: Reading; reached: AlertSeverity | null },
): string {
  const code = reached === null ? (reading === 'held' ? HELD : CLEAR) : CODES[reached];
  if (code === CLEAR && recent === ALL_CLEAR) return recent;
  return (recent.length < REMEMBERED ? recent : recent.slice(1 - REMEMBERED)) + code;
}

function isAtLeast(code: string | undefined, severity: AlertSeverity): boolean {
  if (code === undefined || code === HELD || code === CLEAR) return false;
  for (const one of ALERT_SEVERITIES) {
    if (CODES[one] === code) return true;
    if (one === severity) return false;
  }
  return false;
}

/** Whether the newest sample reached a severity, or a worse one. */
export function isNewestAt(recent: string, severity: AlertSeverity): boolean {
  return isAtLeast(recent.at(-1), severity);
}

/** How many of the newest `of` samples reached a severity, or a worse one. */
export function countReached(
  recent: string,
  { severity, of }: { severity: AlertSeverity; of: number },
): number {
  let count = 0;
  for (let index = Math.max(0, recent.length - of); index < recent.length; index += 1)
    if (isAtLeast(recent[index], severity)) count += 1;
  return count;
}

/** Whether enough of the newest samples can still reach a severity, counted from the first among them that did. */
export function canStillReach(
  recent: string,
  { severity, votes }: { severity: AlertSeverity; votes: { of: number; raise: number } },
): boolean {
  const newest = recent.slice(-votes.of);
  const first = [...newest].findIndex((code) => isAtLeast(code, severity));
  if (first < 0) return false;
  const seen = newest.length - first;
  return seen - countReached(newest, { severity, of: seen }) <= votes.of - votes.raise;
}

/** Whether a sample turned what was well before into what is not, or back; one held alone turns nothing. */
export function isTurn(recent: string, reading: Reading): boolean {
  if (reading === 'held') return false;
  const last = findLast(recent);
  return last !== undefined && (last === CLEAR) !== (reading === 'clear');
}

function findLast(recent: string): string | undefined {
  for (let index = recent.length - 1; index >= 0; index -= 1)
    if (recent[index] !== HELD) return recent[index];
  return undefined;
}

/** Instants of turns with one more; as many as flapping is told by. */
export function addTurn(turns: readonly number[], at: number): number[] {
  return [...turns, at].slice(-FLAPPING.turns);
}

function countChanges(recent: string): number {
  let changes = 0;
  let last: boolean | undefined;
  for (const code of recent) {
    if (code === HELD) continue;
    if (last !== undefined && last !== (code === CLEAR)) changes += 1;
    last = code === CLEAR;
  }
  return changes;
}

type Flapping = { recent: string; turns: readonly number[]; isFlapping: boolean };
type Cadence = keyof typeof PERIOD_MS;

/** When an alert that flaps has not turned for so long that it does no longer, whatever its samples; null: it does not. */
export function findSteady({ turns, isFlapping }: Flapping, cadence: Cadence): number | null {
  const newest = turns.at(-1);
  return isFlapping && newest !== undefined ? newest + FLAPPING.periods * PERIOD_MS[cadence] : null;
}

/**
 * Whether an alert flaps: four changes within 20 samples, or three there and back within ten of its periods. One that did
 * goes on until its newest four samples are alike besides, or until it has not turned for ten periods.
 */
export function isFlappingAt(at: number, state: Flapping, cadence: Cadence): boolean {
  const { recent, turns, isFlapping } = state;
  const longMs = FLAPPING.periods * PERIOD_MS[cadence];
  if (turns.length < FLAPPING.changes || at - (turns.at(-1) ?? 0) >= longMs) return false;
  const first = turns.length < FLAPPING.turns ? undefined : turns[0];
  const isOften = first !== undefined && at - first <= longMs;
  if (countChanges(recent) >= FLAPPING.changes || isOften) return true;
  if (!isFlapping) return false;
  const newest = recent.slice(-FLAPPING.steady);
  return newest.length < FLAPPING.steady || !(/^-+$/.test(newest) || /^[^-]+$/.test(newest));
}

/** Whether no sample that is remembered, and no turn that still counts, can make any difference to what comes. */
export function isQuietPast(
  at: number,
  { recent, turns }: { recent: string; turns: readonly number[] },
): boolean {
  const newest = turns.at(-1);
  const isOld = newest === undefined || at - newest > FLAPPING.periods * PERIOD_MS.day;
  return isOld && /^[-h]*$/.test(recent);
}
