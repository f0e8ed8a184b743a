import { notePause } from '../store/write/clock.ts';
import type { Act } from './act.ts';
import { note } from './audit.ts';

/** Lets nothing be judged until an instant, or again from now on: what changed meanwhile is judged in one go, its past with it. */
export const pauseJudge: Act<{ kind: 'command' }, { until: number | null }, null> = async (
  work,
  caller,
  { until },
) => {
  await notePause(work.tx, until ?? work.tx.at);
  await note(work, caller, { act: 'pauseJudge', subject: 'judge:all', unit: null, after: { until } });
  return { answer: null, changed: null };
};
