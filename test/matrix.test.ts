/**
 * Every route, every act that people may ask for and every watch, for everybody who may come, over every unit: what is answered is
 * what is said of scopes and roles (known by heart in guarded-world.ts), nothing of what lies outside stands in it, and what
 * was refused changed nothing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACT_CASES, type PersonalAct } from './server/guarded-acts.ts';
import { listLeaks } from './server/guarded-answers.ts';
import { type Asking, gatherAskers, idOf, postsOf, visitorOf } from './server/guarded-callers.ts';
import { isManaging, ROUTE_CASES } from './server/guarded-routes.ts';
import { createWatchman } from './server/guarded-state.ts';
import { count, enter, noteCell, tryAct, tryRoute, tryWatches } from './server/guarded-tries.ts';
import {
  GUARDED,
  markOf,
  referenceOf,
  type Target,
  takeDossier,
  tellAll,
  tellPublished,
  tellTasks,
  UNIT_KEYS,
} from './server/guarded-world.ts';
import { type Link, settleLine, watch } from './server/viewers.ts';
import { type Running, runApp } from './server.ts';

/** What nobody has comes first: what lies outside is compared with it. */
const TARGETS: readonly Target[] = ['unknown', ...UNIT_KEYS];
const LIVING = ['own', 'child', 'sibling', 'department', 'far'] as const;

let office: Running;
let demo: Running;
let askers: Asking[];
const links: Link[] = [];

async function open(demoUnit?: string): Promise<Running> {
  const running = await runApp({
    ...{ selection: GUARDED, trustProxy: 1 },
    ...(demoUnit === undefined ? {} : { demoUnit }),
  });
  const { acts, clock } = running;
  const feed = { namespace: null, cadenceMs: null, dueTime: null };
  const gateway = { kind: 'feed', unit: idOf(running, 'parent'), name: 'gateway', days: null, feed } as const;
  const caller = { kind: 'command' } as const;
  await acts.writer.run({ name: 'createToken', caller, input: gateway, now: clock.now() });
  for (const unit of ['own', 'sibling', 'far'] as const) await running.token('feed', referenceOf(unit));
  const speaker = { kind: 'feed', feed: 'f', namespace: '' } as const;
  for (const unit of ['parent', 'otherProvince'] as const) {
    const isFar = unit === 'otherProvince';
    const told = tellAll().filter(({ receiver }) => receiver.endsWith('99') === isFar);
    await acts.ingest(told, { ...speaker, unit: idOf(running, unit) }, clock.now());
    const tasks = [...tellTasks(), ...tellPublished()].filter(
      ({ unit: owner }) => owner.endsWith('99') === isFar,
    );
    await acts.ingest(tasks, { ...speaker, unit: idOf(running, unit) }, clock.now());
  }
  return running;
}

beforeAll(async () => {
  office = await open();
  demo = await open(markOf('parent'));
  askers = await gatherAskers(office);
});
afterAll(async () => {
  for (const link of links) link.disconnect();
  console.log(`matrix: ${count.cells} cells, ${count.leaks} leaks`);
  for (const running of [office, demo]) {
    await running.close();
    expect(running.troubles).toEqual([]);
  }
});

/** Everybody, each where he comes to. */
const listAll = (): { running: Running; asking: Asking }[] => [
  ...askers.map((asking) => ({ running: office, asking })),
  { running: demo, asking: visitorOf('parent') },
];

async function walkRoutes(running: Running, asking: Asking): Promise<string[]> {
  const watchman = createWatchman(running);
  const faults: string[] = [];
  const cases = Object.entries(ROUTE_CASES).flatMap(([name, list]) =>
    [list].flat().map((one) => ({ name, one })),
  );
  for (const { name, one } of cases) {
    let unknown: string | null = null;
    for (const target of one.by === 'nothing' ? TARGETS.slice(0, 1) : TARGETS) {
      const tried = await tryRoute({ running, asking, name, one, target }, watchman, unknown);
      faults.push(...tried.faults);
      unknown ??= tried.refusal;
    }
  }
  return faults;
}

test('every route answers everybody as roles and scopes say, and gives nothing away', async () => {
  const faults: string[] = [];
  for (const { running, asking } of listAll()) faults.push(...(await walkRoutes(running, asking)));
  expect(faults).toEqual([]);
}, 300_000);

test('every act that people may ask for looks at roles and scopes itself', async () => {
  const watchman = createWatchman(office);
  const faults: string[] = [];
  for (const asking of askers.filter(({ kind }) => kind === 'person')) {
    for (const name of Object.keys(ACT_CASES) as PersonalAct[]) {
      const isOfUnit = isManaging(ACT_CASES[name].who);
      for (const target of isOfUnit ? UNIT_KEYS : (['own'] as const))
        faults.push(...(await tryAct({ running: office, asking, name, target }, watchman)));
    }
  }
  expect(faults).toEqual([]);
}, 300_000);

/** Tells of every unit that lives, one commit each. */
async function tellOfAll({ acts, app, clock, ...running }: Running): Promise<void> {
  for (const key of LIVING) {
    const unit = idOf({ ...running, acts, app, clock }, key);
    clock.advance(60_000);
    const feed = { kind: 'feed', feed: 'f', namespace: '', unit } as const;
    await acts.ingest([takeDossier(key, `live ${clock.now()}`)], feed, clock.now());
    await app.pulse();
  }
}

test('every watch answers everybody as scopes say, and its frames give nothing away', async () => {
  const faults: string[] = [];
  const heard: { asking: Asking; running: Running; frames: unknown[] }[] = [];
  for (const { running, asking } of listAll()) {
    const link = await enter(running, asking);
    const [post] = postsOf(asking);
    if (typeof link === 'number' || post === undefined) {
      noteCell([]);
      if (link !== 401 || post !== undefined) faults.push(`${asking.name}: let in or not: ${String(link)}`);
      continue;
    }
    links.push(link);
    faults.push(...(await tryWatches(running, asking, { link, targets: TARGETS })));
    const frames: unknown[] = [];
    link.onAny((...told) => frames.push(told));
    heard.push({ running, asking, frames });
    running.clock.advance(10_000);
    expect((await watch(link, { unit: referenceOf(post) })).type).toBe('snapshot');
  }
  for (const running of [office, demo]) await tellOfAll(running);
  for (const link of links) await settleLine(link);
  for (const { running, asking, frames } of heard) {
    expect([asking.name, frames.length > 0]).toEqual([asking.name, true]);
    for (const frame of frames) {
      const leaks = noteCell(listLeaks(running, postsOf(asking), JSON.stringify({ frame })));
      faults.push(...leaks.map((leak) => `${asking.name}: a frame: ${leak}`));
    }
  }
  expect(faults).toEqual([]);
}, 300_000);
