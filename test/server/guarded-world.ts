/**
 * A world made to be spied on: whatever belongs to a unit carries its code, or a number that stands nowhere else. What a caller may
 * see of it is written down here by hand, from what is said of scopes, and asks no code of the server.
 */
import type { DossierEvent, ReportEvent, TaskEvent } from '../../shared/event.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import type { UnitRecord } from '../../shared/unit-record.ts';
import { at, iso, REFORM, type Selection, step } from './world.ts';

/** Units by what they are to the commune `own`. */
export type UnitKey =
  | 'own'
  | 'child'
  | 'parent'
  | 'sibling'
  | 'department'
  | 'otherProvince'
  | 'far'
  | 'predecessor'
  | 'divided'
  | 'siblingPast'
  | 'oldParent'
  | 'oldDistrict'
  | 'successor';

/** What is named in a request: a unit, or a code that nobody has. */
export type Target = UnitKey | 'unknown';

/** The day on which `own` passes to its successor. */
const PLANNED = '2027-01-01';
/** What `predecessor` and the like were until. */
const OLD = { from: '0001-01-01', to: REFORM };
const NEW = { from: REFORM, to: null };

type Life = { from: string; to: string | null };

const UNITS: Record<UnitKey, { code: string; level: UnitLevel; parent: UnitKey | null; life: Life }> = {
  oldParent: { code: 'QZP12', level: 'province', parent: null, life: OLD },
  oldDistrict: { code: 'QZM12', level: 'district', parent: 'oldParent', life: OLD },
  predecessor: { code: 'QZB12', level: 'commune', parent: 'oldDistrict', life: OLD },
  divided: { code: 'QZC12', level: 'commune', parent: 'oldDistrict', life: OLD },
  siblingPast: { code: 'QZS12', level: 'commune', parent: 'oldDistrict', life: OLD },
  parent: { code: 'QZP11', level: 'province', parent: null, life: NEW },
  own: { code: 'QZA11', level: 'commune', parent: 'parent', life: { from: REFORM, to: PLANNED } },
  child: { code: 'QZK11', level: 'office', parent: 'own', life: { from: REFORM, to: PLANNED } },
  sibling: { code: 'QZS11', level: 'commune', parent: 'parent', life: NEW },
  department: { code: 'QZD11', level: 'department', parent: 'parent', life: NEW },
  successor: { code: 'QZN11', level: 'commune', parent: 'parent', life: { from: PLANNED, to: null } },
  otherProvince: { code: 'QZP99', level: 'province', parent: null, life: NEW },
  far: { code: 'QZF99', level: 'commune', parent: 'otherProvince', life: NEW },
};

export const UNIT_KEYS = Object.keys(UNITS) as UnitKey[];

/** The text by which everything of a unit is known: its code. */
export const markOf = (key: UnitKey): string => UNITS[key].code;

/** How a request names what it names. */
export function referenceOf(target: Target): string {
  if (target === 'unknown') return 'QZU00';
  const { code, life } = UNITS[target];
  if (life.to === REFORM) return `${code}@2025-06-30`;
  return target === 'successor' ? `${code}@${PLANNED}` : code;
}

/** A month that is over of which something is known of a unit: its feeds told of it, or the portal did. */
export function sealedMonthOf(target: Target): string {
  return target !== 'unknown' && UNITS[target].life.to === REFORM ? '2025-06' : '2026-10';
}

const toRecord = ({ code, level, parent, life }: (typeof UNITS)[UnitKey], index: number): UnitRecord => ({
  ...{ code, level, parent: parent && UNITS[parent].code, ...life },
  name: { vi: `Nơi ${code}`, en: `Place ${code}` },
  ...{ lat: 21 + index / 100, lon: 105 },
});

const pass = (from: UnitKey, to: UnitKey, share = 1, on = REFORM) => ({
  ...{ from: UNITS[from].code, to: UNITS[to].code, on, share },
});

export const GUARDED: Selection = {
  units: Object.values(UNITS).map(toRecord),
  lineage: [
    ...[pass('oldParent', 'parent'), pass('predecessor', 'own'), pass('siblingPast', 'sibling')],
    ...[pass('divided', 'own', 0.25), pass('divided', 'sibling', 0.75)],
    pass('own', 'successor', 1, PLANNED),
  ],
};

/** How many dossiers each unit took: of those that others must not see, numbers that stand nowhere else. */
const TAKEN: Partial<Record<UnitKey, number>> = { own: 3, child: 2, department: 5, sibling: 4007, far: 4013 };

const sumOf = (keys: readonly UnitKey[]) => keys.reduce((sum, key) => sum + (TAKEN[key] ?? 0), 0);

/** Counts that would give away a unit. */
const TELLTALES: Partial<Record<UnitKey, number[]>> = {
  parent: [sumOf(['own', 'child', 'department', 'sibling'])],
  sibling: [sumOf(['sibling'])],
  far: [sumOf(['far'])],
};

/** A dossier of a unit; its procedure and its area of work carry the unit's code. */
export function takeDossier(key: UnitKey, name: string, local = '2026-11-18 09:00'): DossierEvent {
  const code = UNITS[key].code;
  const id = `${code}-${name}`;
  return step({
    ...{ id, dossier: id, at: iso(at(local)), status: 2, receiver: code, resolver: code },
    ...{ procedure: `P.${code}`, field: `Area ${code}` },
  });
}

/** All that was told before anybody looks. */
export function tellAll(): DossierEvent[] {
  const present = Object.entries(TAKEN) as [UnitKey, number][];
  const past: UnitKey[] = ['predecessor', 'divided', 'siblingPast'];
  return [
    ...present.flatMap(([key, count]) => Array.from({ length: count }, (_, n) => takeDossier(key, `${n}`))),
    ...past.map((key) => takeDossier(key, 'old', '2025-05-20 09:00')),
  ];
}

/** What the portal tells of the office that took its first dossier this month. */
export function tellPublished(): ReportEvent[] {
  const told = { measure: 'portalProgressPoints', period: '2026-10', value: 15 };
  return [
    { id: 'published', kind: 'report', at: iso(at('2026-11-02 08:00')), unit: UNITS.child.code, ...told },
  ];
}

/** A task of each unit that takes dossiers today, named after it. */
export function tellTasks(): TaskEvent[] {
  return (Object.keys(TAKEN) as UnitKey[]).map((key) => ({
    ...{
      id: `task-${key}`,
      kind: 'task',
      task: `task-${key}`,
      state: 'blocked',
      at: '2026-11-10T09:00:00+07:00',
    },
    ...{ unit: referenceOf(key).split('@')[0] ?? '', due: '2026-12-20T17:00:00+07:00' },
    ...{ title: { vi: `Việc ${markOf(key)}`, en: `Task ${markOf(key)}` }, reason: `waits in ${markOf(key)}` },
  }));
}

/** Where a grant or a token may be held in this world. */
export type Post = 'own' | 'parent' | 'far' | 'predecessor';

/** What whoever holds a post may see: its subtree, with what it has taken over, and what takes over from it. */
const SEEN: Record<Post, readonly UnitKey[]> = {
  own: ['own', 'child', 'predecessor', 'divided', 'successor'],
  parent: UNIT_KEYS.filter((key) => key !== 'otherProvince' && key !== 'far'),
  far: ['far'],
  // Of a commune that is no more: what became of it, with all that that took over.
  predecessor: ['own', 'child', 'predecessor', 'divided', 'successor'],
};
/** What stands above a post and is seen in part. */
const ABOVE: Record<Post, readonly UnitKey[]> = {
  own: ['parent'],
  parent: [],
  far: ['otherProvince'],
  predecessor: ['parent'],
};

/** What posts together let their holder see of a unit: all, the fact that it stands above, or nothing. */
export function sightOf(posts: readonly Post[], target: Target): 'whole' | 'part' | 'none' {
  if (target === 'unknown') return 'none';
  if (posts.some((post) => SEEN[post].includes(target))) return 'whole';
  return posts.some((post) => ABOVE[post].includes(target)) ? 'part' : 'none';
}

/** What in a text gives away units that its reader may not see. */
export function findLeaks(posts: readonly Post[], text: string): string[] {
  const hidden = UNIT_KEYS.filter((key) => sightOf(posts, key) !== 'whole');
  const marks = hidden.map((key) => UNITS[key].code).filter((mark) => text.toUpperCase().includes(mark));
  const numbers = hidden
    .flatMap((key) => TELLTALES[key] ?? [])
    // By itself, as a number stands: an id drawn at random may hold the same digits.
    .filter((count) => new RegExp(`(?<![\\w.+-])${count}(?![\\w-])`).test(text));
  return [...marks, ...numbers.map(String)];
}
