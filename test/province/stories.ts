import { addNorm } from '../../seed/province/plan.ts';
import type { Province } from '../../seed/province/province.ts';
import type { Told } from '../../seed/province/tell.ts';

/** What a plain reading of the events says of one accepted dossier; instants are epoch ms, 0 for never. */
export type Story = {
  unit: string;
  firstUnit: string;
  receiver: string;
  online: boolean;
  acceptedAt: number;
  dueAt: number;
  endAt: number;
  pausedAt: number;
  requests: number;
};

/** The stories of a province's dossiers, its old units' handed over where that lies in `[from, to)`. */
export function readStories(province: Province, from: number, to: number): Story[] {
  const norms = new Map(province.catalogue.services.map(({ procedure }) => [procedure.code, procedure.norm]));
  const stories = new Map<string, Story>();
  for (const { at, event } of province.eventsBetween(from, to)) {
    const story = stories.get(event.dossier);
    if (story) follow(story, { at, event }, province);
    if (event.status !== 2) continue;
    stories.set(event.dossier, {
      unit: event.resolver,
      firstUnit: event.resolver,
      receiver: event.receiver,
      online: event.channel === 'online',
      acceptedAt: at,
      dueAt: addNorm(at, norms.get(event.procedure), province.days),
      endAt: 0,
      pausedAt: 0,
      requests: 0,
    });
  }
  return [...stories.values()];
}

function follow(story: Story, { at, event }: Pick<Told, 'at' | 'event'>, { days }: Province): void {
  const { status, resolver } = event;
  story.unit = resolver;
  if (status === 5) story.requests += 1;
  if (status === 5 || status === 6) story.pausedAt = at;
  else if (story.pausedAt > 0) {
    const hours = days.calendar.workingMsBetween(story.pausedAt, at) / 3_600_000;
    story.dueAt = days.calendar.addWorkingHours(story.dueAt, hours);
    story.pausedAt = 0;
  }
  if (status >= 7 && story.endAt === 0) story.endAt = at;
}

/** Whether a dossier is open at an instant. */
export function isOpen(story: Story, at: number): boolean {
  return story.acceptedAt < at && (story.endAt === 0 || story.endAt >= at);
}

/** Whether a dossier is open, past its due time and not paused. */
export function isOverdue(story: Story, at: number): boolean {
  return isOpen(story, at) && story.pausedAt === 0 && story.dueAt < at;
}

/** Percentage of a list that passes a test. */
export function share<T>(list: readonly T[], test: (item: T) => boolean): number {
  return (100 * list.filter(test).length) / list.length;
}

/** On time by Decision 766 in `[from, to)`: asked for supplements more than once counts late, open in time counts well. */
export function onTime766(stories: readonly Story[], from: number, to: number): number {
  const ended = stories.filter(({ endAt }) => endAt >= from && endAt < to);
  const open = stories.filter((story) => isOpen(story, to));
  const good = ended.filter((story) => story.endAt <= story.dueAt && story.requests < 2);
  const inTime = open.filter((story) => !isOverdue(story, to));
  return (100 * (good.length + inTime.length)) / (ended.length + open.length);
}
