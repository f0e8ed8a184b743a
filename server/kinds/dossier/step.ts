import type { Channel, ServiceLevel } from '../../../shared/event.ts';

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

/**
 * One step in a dossier's life. `id` is unique among what its feed tells of the dossier; units are ids resolved on the day
 * of `at`; `due` is epoch ms or null.
 */
export type Step = {
  feed: string;
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
  /** Bit i: the flag FLAGS[i] is stated; bit i + 8: it is stated true; VOID_BIT: the step is withdrawn. */
  flags: number;
};

type Told = [id: string, at: number, status: number, due: number | null, flags: number];
type Facts = [
  receiver: number,
  resolver: number,
  channel: number,
  level: number,
  procedure: string,
  field: string | null,
  feed: string,
];

const CHANNELS: readonly Channel[] = ['online', 'direct', 'postal'];
const LEVELS: readonly ServiceLevel[] = ['full', 'partial', 'none'];

function factsOf({ receiver, resolver, channel, level, procedure, field, feed }: Step): Facts {
  return [receiver, resolver, CHANNELS.indexOf(channel), LEVELS.indexOf(level), procedure, field, feed];
}

const isSame = (a: Facts, b: Facts | undefined) =>
  b !== undefined && a.every((fact, index) => fact === b[index]);

/** Steps, in the order told, as the text kept in a dossier's row: the facts of a step only where they differ from the step before. */
export function packSteps(steps: readonly Step[]): string {
  let before: Facts | undefined;
  const packed = steps.map((step): Told | [...Told, ...Facts] => {
    const told: Told = [step.id, step.at, step.status, step.due, step.flags];
    const facts = factsOf(step);
    const isRepeated = isSame(facts, before);
    before = facts;
    return isRepeated ? told : [...told, ...facts];
  });
  return JSON.stringify(packed);
}

/** The steps that `packSteps` wrote. */
export function unpackSteps(text: string): Step[] {
  let facts: Facts = [0, 0, 0, 0, '', null, ''];
  return (JSON.parse(text) as (Told | [...Told, ...Facts])[]).map(([id, at, status, due, flags, ...rest]) => {
    if (rest.length > 0) facts = rest as Facts;
    const [receiver, resolver, channel, level, procedure, field, feed] = facts;
    return {
      ...{ feed, id, at, status, receiver, resolver, procedure, field, due, flags },
      channel: CHANNELS[channel] ?? 'direct',
      level: LEVELS[level] ?? 'none',
    };
  });
}

const VOID_BIT = 1 << 16;

/** Whether a step withdraws the tellings of its status and instant instead of being one. */
export const isVoid = ({ flags }: Step): boolean => (flags & VOID_BIT) !== 0;

/** What an event says beside its facts, packed as `Step.flags`. */
export function packFlags(event: Partial<Record<Flag | 'void', boolean | undefined>>): number {
  let bits = event.void === true ? VOID_BIT : 0;
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
