/** When a tone is due. Law: a silence is no acknowledgement, a page loaded anew repeats nothing, a flood is one tone. Pure. */
import { z } from 'zod';
import type { AlertBrief } from '../../shared/alert.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import type { AlertSeverity } from '../../shared/rule.ts';

/** How often a tone comes again that nobody acknowledged. */
export const REPEAT_MS = 60_000;
/** For how long a silence lasts. */
export const SILENCE_MS = 120_000;

/**
 * What this browser remembers of tones. `heard`: by episode what it was when its tone came; null: it never listened.
 * `rangAt`, `silentUntil`: epoch ms. `isFloodTold`: the one tone of the flood that is on has come.
 */
export const BellMemory = z.object({
  heard: z.record(z.string(), z.string()).nullable(),
  rangAt: z.number(),
  silentUntil: z.number(),
  isFloodTold: z.boolean(),
});
export type BellMemory = z.infer<typeof BellMemory>;

/** Of a browser that never listened. */
export const NEVER_LISTENED: BellMemory = { heard: null, rangAt: 0, silentUntil: 0, isFloodTold: false };

/** Reads what was kept; what cannot be read is nothing. */
export function parseMemory(text: string | null): BellMemory {
  try {
    return BellMemory.parse(JSON.parse(text ?? ''));
  } catch {
    return NEVER_LISTENED;
  }
}

type Told = Pick<AlertBrief, 'id' | 'severity' | 'label' | 'acknowledgedAt'>;

/** Episodes that ask for a tone: new ones whose severity has one. */
export function listSounding<T extends Told>(alerts: readonly T[]): T[] {
  return alerts.filter(({ label, severity }) => label === 'new' && POLICY[severity].tone !== 'none');
}

/** What a tone was for: one that worsens, or is announced again after it was acknowledged, is another. */
const signOf = ({ severity, acknowledgedAt }: Told) => `${severity} ${acknowledgedAt ?? ''}`;

type Listening = { alerts: readonly Told[]; now: number; isFlood: boolean };

/** `tone`: the severity to sound now; `wakeAt`: when to look again though nothing came (epoch ms). */
export type Bell = { memory: BellMemory; tone: AlertSeverity | null; wakeAt: number | null };

/** Whether a tone is due, and what to remember after it. */
export function judgeBell(before: BellMemory, { alerts, now, isFlood }: Listening): Bell {
  const sounding = listSounding(alerts);
  const heard = Object.fromEntries(sounding.map((alert) => [String(alert.id), signOf(alert)]));
  const fresh =
    before.heard === null ? [] : sounding.filter((alert) => before.heard?.[alert.id] !== signOf(alert));
  const worst = (of: readonly Told[]) =>
    of.some(({ severity }) => severity === 'critical') ? 'critical' : (of[0]?.severity ?? null);
  const isHeld = isFlood && before.isFloodTold;
  const repeatAt = Math.max(before.rangAt + REPEAT_MS, before.silentUntil);
  const repeating = sounding.filter(({ severity }) => POLICY[severity].tone === 'repeats');
  const isAgain = repeating.length > 0 && now >= repeatAt;
  const tone = fresh.length > 0 && !isHeld ? worst(fresh) : isAgain ? worst(repeating) : null;
  const rangAt = tone === null ? before.rangAt : now;
  const isFloodTold = isFlood && (before.isFloodTold || fresh.length > 0);
  return {
    memory: { heard, rangAt, silentUntil: before.silentUntil, isFloodTold },
    tone,
    wakeAt: repeating.length > 0 ? Math.max(rangAt + REPEAT_MS, before.silentUntil) : null,
  };
}

/** The memory after somebody asked for silence: what is new meanwhile still has its tone. */
export function silence(memory: BellMemory, now: number): BellMemory {
  return { ...memory, silentUntil: now + SILENCE_MS };
}

/** Whether episodes are silenced now, and for how long yet, in ms; 0: they are not. */
export function silentFor({ silentUntil }: BellMemory, now: number): number {
  return Math.max(0, silentUntil - now);
}
