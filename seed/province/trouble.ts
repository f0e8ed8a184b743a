/**
 * Trouble planted for warnings to find, all of it reckoned from one instant, the anchor (when the demo was first made):
 * - collapse   08515 Hy Cương: what falls due in the last 21 days ends late eight times in ten, and work takes twice as long:
 *              the worst commune of the month, its overdue grows
 * - lateness   25.SYT, Health: what falls due in the last 35 days ends late nine times in ten: the worst department
 * - recovery   08761 Lập Thạch: late six times in ten from 75 days before the anchor, as good as ever since 24 days before it
 * - wave       25.SXD: some forty dossiers fall due on the first working day after the anchor, and each week after
 * - silence    09043 Tam Hồng: its feed, one of its own, says nothing since two working days before the anchor
 * - counter    05392 Lạc Thủy: the online share falls from 98 to about 55 % in the last 28 days
 * - backlog    07918 Vân Phú: for 42 days more comes in than before and work takes three times as long
 * - repeats    08869 Tam Dương: for 60 days three in ten are asked for supplements, most of them more than once
 * They go on after the anchor: the silent feed stays silent, the backlog stays high.
 */
import type { Days } from './days.ts';

/** What a trouble does to the dossiers of its unit from `since` (epoch ms) on; absent: as usual. */
export type Trouble = {
  kind: 'collapse' | 'lateness' | 'recovery' | 'wave' | 'silence' | 'counter' | 'backlog' | 'repeats';
  unit: string;
  since: number;
  /** When what falls due is as usual again (epoch ms); absent: not yet. */
  until?: number;
  /** Factor on what comes in. */
  volume?: number;
  /** Share filed online. */
  online?: number;
  /** Share on time of what falls due. */
  onTime?: number;
  /** Factor on the working time. */
  drag?: number;
  /** Share asked for supplements, and of these the share asked again. */
  supplement?: number;
  again?: number;
};

/** The unit that is asked to explain itself: that of the collapse. */
export const ASKED_UNIT = '08515';
/** The unit whose feed falls silent: it has a feed of its own. */
export const SILENT_UNIT = '09043';
/** The unit and procedure of the wave, and how many dossiers it brings. */
export const WAVE = { unit: '25.SXD', procedure: '1.009928', workingDays: 10, size: 46 };

/** The planted trouble of a province whose demo was first made at `anchor` (epoch ms). */
export function plantTrouble(anchor: number, { calendar }: Days): Trouble[] {
  const daysBefore = (count: number) => anchor - count * 86_400_000;
  return [
    { kind: 'collapse', unit: ASKED_UNIT, since: daysBefore(21), onTime: 0.2, drag: 2 },
    { kind: 'lateness', unit: '25.SYT', since: daysBefore(35), onTime: 0.08, drag: 1.5 },
    { kind: 'recovery', unit: '08761', since: daysBefore(75), until: daysBefore(24), onTime: 0.4 },
    { kind: 'wave', unit: WAVE.unit, since: calendar.addWorkingHours(anchor, 0) },
    { kind: 'silence', unit: SILENT_UNIT, since: calendar.addWorkingDays(anchor, -2) },
    { kind: 'counter', unit: '05392', since: daysBefore(28), online: 0.54 },
    { kind: 'backlog', unit: '07918', since: daysBefore(42), volume: 1.7, drag: 3 },
    { kind: 'repeats', unit: '08869', since: daysBefore(60), supplement: 0.3, again: 0.65 },
  ];
}

/** The number of the first day a wave falls due: the working day after the anchor's. */
export function firstWaveDay(anchor: number, days: Days): number {
  let number = days.numberAt(anchor) + 1;
  while (!days.get(number).isWorking) number++;
  return number;
}
