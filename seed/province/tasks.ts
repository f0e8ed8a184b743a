/** The year's tasks of the digital transformation: 13 done, one that waits for software, one under way. Hides tasks.txt. */
import type { TaskEvent } from '../../shared/event.ts';
import { isoOf } from '../../shared/period.ts';
import { readTable } from './catalogue.ts';
import type { Days } from './days.ts';
import type { Told } from './tell.ts';

/** When before the anchor the tasks were assigned, and work on them began (days). */
export const ASSIGNED_DAYS = 280;
const BEGUN_DAYS = 240;

const BLOCKED = 'Phần mềm chưa chính thức đưa vào vận hành';
const EIGHT_MS = 8 * 3_600_000;

/** Everything told of the tasks, in no order. */
export function* drawTasks({ days, anchor }: { days: Days; anchor: number }): Generator<Told<TaskEvent>> {
  const today = days.numberAt(anchor);
  const dayAt = (offset: number) => days.get(today + offset).startsAt + EIGHT_MS;
  const year = days.get(today).text.slice(0, 4);
  for (const [index, cells] of readTable('tasks.txt').entries()) {
    const [unit = '', due, end = '', before, vi = '', en = ''] = cells;
    const task = `CDS-${year}-${String(index + 1).padStart(2, '0')}`;
    const tell = (step: number, at: number, state: TaskEvent['state']): Told<TaskEvent> => {
      const event: TaskEvent = {
        ...{ id: `${task}.${step}`, kind: 'task', at: isoOf(at, days.zone), task, unit, title: { vi, en } },
        ...{ state, due: isoOf(dayAt(Number(due)), days.zone) },
      };
      if (state === 'blocked') event.reason = BLOCKED;
      return { at, feed: 'tasks', event };
    };
    yield tell(1, dayAt(-ASSIGNED_DAYS), 'assigned');
    yield tell(2, dayAt(-BEGUN_DAYS), 'inProgress');
    if (isEnd(end)) yield tell(3, dayAt(-Number(before)), end);
  }
}

function isEnd(text: string): text is 'met' | 'exceeded' | 'blocked' {
  return text === 'met' || text === 'exceeded' || text === 'blocked';
}
