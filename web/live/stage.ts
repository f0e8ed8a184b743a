/** How far a viewer may be trusted, from how long ago it last knew all there is to know. */
export type Stage = 'connecting' | 'live' | 'slow' | 'offline' | 'distrust';

/**
 * Silence in ms after which each stage begins (the server speaks at least every 5 s, a lost link shows within 10 s), and
 * after which a link that seems open is asked (`ask`), or made anew in every way there is (`heal`).
 */
export const SILENCE = { slow: 7_000, offline: 9_000, ask: 15_000, distrust: 60_000, heal: 120_000 } as const;

/** How long an answer to `watch` is waited for, in ms. */
export const ANSWER_MS = 10_000;

/**
 * The stage after `silentMs` without a word that left nothing unknown; `never` until the first one, `cut` once the link is
 * known to be closed, or the server to have refused.
 */
export function stageOf(silentMs: number, link: 'heard' | 'never' | 'cut'): Stage {
  if (silentMs >= SILENCE.distrust) return 'distrust';
  if (silentMs >= SILENCE.offline) return 'offline';
  if (link === 'never') return 'connecting';
  return silentMs >= SILENCE.slow || link === 'cut' ? 'slow' : 'live';
}

/** Whether figures on screen are known to be behind. */
export function isLost(stage: Stage): boolean {
  return stage === 'offline' || stage === 'distrust';
}

/** The pause before the next attempt to heal: a minute, 20 % more or less (`chance` 0..1), so walls do not come back at once. */
export function healPause(chance: number): number {
  return 48_000 + 24_000 * chance;
}

/** The pause after so many refusals in a row (1 or more): from 1 s, doubling, up to 30 s, spread by `chance` (0..1). */
export function retryPause(refusals: number, chance: number): number {
  return Math.min(20_000, 1000 * 2 ** (refusals - 1)) * (1 + chance / 2);
}
