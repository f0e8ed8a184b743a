/** How far a viewer may be trusted, from how long the server has been silent. */
export type Stage = 'connecting' | 'live' | 'slow' | 'offline' | 'distrust';

/** Silence in ms after which each stage begins; the server speaks at least every 5 s, a lost link shows within 10 s. */
export const SILENCE = { slow: 7_000, offline: 9_000, distrust: 60_000, heal: 120_000 } as const;

/** The stage after `silentMs` without a word; `never` until the first one, `cut` once the socket says it is closed. */
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
