/** What is told of the live link outside the code: its program runs as printed, its shapes stand in the document. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openOver } from './server/judged-world.ts';
import { setRules } from './server/judging.ts';
import { openHall, pass, tell } from './server/viewers.ts';

const root = dirname(import.meta.dirname);
const hall = openHall();
afterEach(async () => {
  expect(await hall.close()).toEqual([]);
});

const words = readFileSync(join(root, 'docs/live.md'), 'utf8');

/** Runs the program of the document; `next` gives the next line it prints, whatever it is printed to. */
function follow(env: Record<string, string>) {
  const program = /```js\n(.*?)```/s.exec(words)?.[1] ?? '';
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: root, env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  return {
    next: async () => (await lines.next()).value,
    complaints: () => complaints,
    end: () => child.kill(),
  };
}

test('the program as printed follows a unit: from a snapshot, by frames, and anew on another day', async () => {
  const running = await hall.run();
  const token = await running.token('display', '25');
  const program = follow({ IOC_URL: running.url, IOC_TOKEN: token, IOC_UNIT: '25' });
  try {
    const first = await program.next();
    const { seq } = await running.store.readClock();
    expect(first).toBe(`${seq}: 0 open, 0 alerts`);
    for (const open of [1, 2]) {
      await tell(running, 'A');
      await pass(running, 1000);
      expect(await program.next()).toBe(`${seq + open}: ${open} open, 0 alerts`);
    }
    // Raised of the commune and of its province, and over as soon as the rule is off.
    await setRules(running.store, { open: openOver(2) }, { now: running.clock.now() });
    await running.app.judge();
    await pass(running, 1000);
    expect(await program.next()).toMatch(/: 2 open, 2 alerts$/);
    await setRules(running.store, { open: openOver(2, { isEnabled: false }) }, { now: running.clock.now() });
    await running.app.judge();
    await pass(running, 1000);
    expect(await program.next()).toMatch(/: 2 open, 0 alerts$/);
    running.clock.advance(86_400_000);
    await pass(running, 1000);
    const anew = await program.next();
    expect(anew).toBe(`${(await running.store.readClock()).seq}: 2 open, 0 alerts`);
    expect(program.complaints()).toBe('');
  } finally {
    program.end();
  }
}, 30_000);

test('the OpenAPI document holds what is asked and told on the live link', async () => {
  const running = await hall.run();
  const Shape = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
  const { components, ...document } = z
    .object({
      components: z.object({
        schemas: z.object({
          Watch: Shape,
          Frame: Shape,
          WatchAnswer: z.object({ oneOf: z.array(Shape) }),
        }),
      }),
      'x-live': z.unknown(),
    })
    .parse((await running.ask('/api/openapi.json')).body);
  const { Watch, Frame, WatchAnswer } = components.schemas;
  expect(Watch).toMatchObject({ additionalProperties: false, required: ['unit'] });
  expect(Object.keys(Watch.properties)).toEqual(['unit', 'since', 'build']);
  expect(Frame.properties).toMatchObject({ prev: { type: 'integer' }, tallies: { type: 'object' } });
  const types = WatchAnswer.oneOf.map(({ properties }) =>
    z.object({ const: z.string() }).parse(properties.type),
  );
  const named = types.map((type) => type.const);
  expect(named).toEqual(['snapshot', 'frame', 'reset', 'reload', 'failure']);
  for (const type of named) expect(words).toContain(`| \`${type}\``);
  const lineOf = (type: string) => words.split('\n').find((line) => line.startsWith(`| \`${type}\``)) ?? '';
  for (const [index, type] of ['snapshot', 'frame'].entries())
    for (const name of Object.keys(WatchAnswer.oneOf[index]?.properties ?? {}))
      if (name !== 'type') expect(lineOf(type)).toContain(`\`${name}\``);
  expect(document['x-live']).toMatchObject({
    namespace: '/live',
    asked: {
      watch: {
        message: { $ref: '#/components/schemas/Watch' },
        answer: { $ref: '#/components/schemas/WatchAnswer' },
      },
    },
    told: { frame: { message: { $ref: '#/components/schemas/Frame' } }, reset: {} },
  });
});
