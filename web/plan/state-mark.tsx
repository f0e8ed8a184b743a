import type { TaskState } from '../../shared/task-wire.ts';
import { useLanguage } from '../words/words.ts';

/** The shape of each state of a task: legible without colour. */
const SHAPES: Record<TaskState, string> = {
  assigned: '○',
  inProgress: '◐',
  blocked: '■',
  met: '✓',
  exceeded: '★',
};

/** The states in the order of the board. */
export const STATES = [
  'blocked',
  'assigned',
  'inProgress',
  'met',
  'exceeded',
] as const satisfies readonly TaskState[];

/** A state as its shape and code, with the word beside it. */
export function StateMark({ state }: { state: TaskState }) {
  const { t } = useLanguage();
  return (
    <span className="task-state" data-state={state}>
      <span className="task-shape" aria-hidden="true">
        {SHAPES[state]} {t(`tasks.code.${state}`)}
      </span>{' '}
      {t(`tasks.state.${state}`)}
    </span>
  );
}
