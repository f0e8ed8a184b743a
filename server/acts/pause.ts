import { notePause } from '../store/write/clock.ts';
import type { Act } from './act.ts';
import { note } from './audit.ts';

/** Lets nothing be judged until an instant, or from now on again: what changed meanwhile is judged in one go. */
export const pauseJudge: Act<{ kind: 'command' }, { until: number | null }, null> = async (
  work,
  caller,
  { until },
) => {
  await notePause(work.tx, until ?? 0);
  await note(work, caller, { act: 'pauseJudge', subject: 'judge:all', unit: null, after: { until } });
  return { answer: null, changed: null };
};
