import type { Channel, ServiceLevel } from '../../shared/event.ts';

/** Yes/no facts a step may state; a later statement replaces an earlier one. */
export const FLAGS = [
  'fee',
  'paidOnline',
  'digitised',
  'reused',
  'eResult',
  'vneid',
  'populationData',
  'apology',
] as const;
export type Flag = (typeof FLAGS)[number];

/** One step in a dossier's life. Units are ids resolved on the day of `at`; `due` is epoch ms or null. */
export type Step = {
  id: string;
  at: number;
  status: number;
  receiver: number;
  resolver: number;
  channel: Channel;
  level: ServiceLevel;
  procedure: string;
  field: string | null;
  due: number | null;
  /** Bit i: the flag FLAGS[i] is stated; bit i + 8: it is stated true. */
  flags: number;
};

type Packed = [
  id: string,
  at: number,
  status: number,
  receiver: number,
  resolver: number,
  channel: number,
  level: number,
  procedure: string,
  field: string | null,
  due: number | null,
  flags: number,
];

const CHANNELS: readonly Channel[] = ['online', 'direct', 'postal'];
const LEVELS: readonly ServiceLevel[] = ['full', 'partial', 'none'];

/** Steps as the text kept in a dossier's row. */
export function packSteps(steps: readonly Step[]): string {
  const packed = steps.map(
    (step): Packed => [
      step.id,
      step.at,
      step.status,
      step.receiver,
      step.resolver,
      CHANNELS.indexOf(step.channel),
      LEVELS.indexOf(step.level),
      step.procedure,
      step.field,
      step.due,
      step.flags,
    ],
  );
  return JSON.stringify(packed);
}

/** The steps that `packSteps` wrote. */
export function unpackSteps(text: string): Step[] {
  return (JSON.parse(text) as Packed[]).map(
    ([id, at, status, receiver, resolver, channel, level, procedure, field, due, flags]) => ({
      id,
      at,
      status,
      receiver,
      resolver,
      channel: CHANNELS[channel] ?? 'direct',
      level: LEVELS[level] ?? 'none',
      procedure,
      field,
      due,
      flags,
    }),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Puts steps in the one order they are folded in, whatever order they came in: by time, status, id; and by what they
 * say, where two feeds tell a step under the same id.
 */
export function sortSteps(steps: Step[]): Step[] {
  return steps.sort(
    (a, b) =>
      a.at - b.at || a.status - b.status || compare(a.id, b.id) || compare(packSteps([a]), packSteps([b])),
  );
}

/** Flags stated by an event, packed as `Step.flags`. */
export function packFlags(event: Partial<Record<Flag, boolean | undefined>>): number {
  let bits = 0;
  for (const [index, flag] of FLAGS.entries()) {
    const stated = event[flag];
    if (stated !== undefined) bits |= (1 << index) | (stated ? 1 << (index + 8) : 0);
  }
  return bits;
}

/** Whether the newest statement of a flag says yes. */
export function isFlagged(steps: readonly Step[], flag: Flag): boolean {
  const index = FLAGS.indexOf(flag);
  const step = steps.findLast(({ flags }) => (flags >> index) & 1);
  return step !== undefined && ((step.flags >> (index + 8)) & 1) === 1;
}
