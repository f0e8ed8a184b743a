/** The routes and acts of rules, overrides and thresholds, as they are asked for in the guarded world. */

import type { PersonCaller } from '../../server/people/caller.ts';
import { createSecret } from '../../server/people/secrets.ts';
import type { RuleBody } from '../../shared/rule.ts';
import { findShippedRule } from '../../shared/shipped-rules.ts';
import type { RouteName } from '../../shared/wire.ts';
import type { Running } from '../server.ts';
import { idOf, openSession, password } from './guarded-callers.ts';
import type { RouteCase } from './guarded-routes.ts';
import { markOf, referenceOf, type Target, UNIT_KEYS, type UnitKey } from './guarded-world.ts';

const COMMAND = { kind: 'command' } as const;
let made = 0;

/** A body for a rule over a unit, named after it. */
export function bodyOver(target: Target | null): RuleBody {
  const shipped = findShippedRule('TT02');
  if (!shipped) throw new Error('no rule TT02 is shipped');
  const name = target === null || target === 'unknown' ? 'any' : markOf(target);
  return {
    ...shipped.body,
    name: { vi: `Quy ${name}`, en: `Rule ${name}` },
    scope: { unit: target === null ? null : referenceOf(target), levels: [] },
  };
}

const chiefs = new Map<Running, ReturnType<typeof hireChief>>();

/** Somebody who edits everywhere, and whose name says nothing of it. */
async function hireChief(running: Running): Promise<PersonCaller> {
  const { acts, clock } = running;
  const grants = UNIT_KEYS.map((key) => ({ role: 'editor' as const, unit: idOf(running, key) }));
  const link = createSecret();
  const login = `chief-${++made}`;
  const order = { login, title: 'Rules', mail: null, linkHash: link.hash, demoRole: null, grants };
  const { id } = await acts.writer.run({
    name: 'addAccount',
    caller: COMMAND,
    input: order,
    now: clock.now(),
  });
  const stranger = { kind: 'stranger', address: '198.51.100.8' } as const;
  const input = { link: link.hash, hash: await password };
  await acts.writer.run({ name: 'setPassword', caller: stranger, input, now: clock.now() });
  const session = await openSession(running, id);
  return {
    ...{ kind: 'person', account: id, login, title: 'Rules', session: session.id, how: 'password' },
    ...{ grants, isLocked: false, idleMs: 900_000, isCookieOld: false, address: null, validUntil: null },
  };
}

/** Somebody who edits everywhere. */
export const chiefOf = (running: Running) => {
  const known = chiefs.get(running) ?? hireChief(running);
  chiefs.set(running, known);
  return known;
};

/** The id of a rule over a unit, made for one request. */
export async function addVictimRule(running: Running, unit: UnitKey): Promise<string> {
  const input = {
    ...{
      id: null,
      base: null,
      body: bodyOver(unit),
      unit: idOf(running, unit),
      reason: `for ${markOf(unit)}`,
    },
  };
  const caller = await chiefOf(running);
  return (await running.acts.writer.run({ name: 'saveRule', caller, input, now: running.clock.now() })).id;
}

/** The id of an override in a unit, made for one request. */
export async function addVictimOverride(running: Running, unit: UnitKey): Promise<number> {
  const input = {
    ...{ rule: 'TT01', unit: idOf(running, unit), level: null, values: { minimum: 40 } },
    reason: `for ${markOf(unit)}`,
  };
  const caller = await chiefOf(running);
  return (await running.acts.writer.run({ name: 'addOverride', caller, input, now: running.clock.now() })).id;
}

type OfTarget = <T>(
  running: Running,
  target: Target,
  make: (running: Running, unit: UnitKey) => Promise<T>,
) => Promise<T | number>;

const readAll = (path: string): RouteCase => ({
  ...{ by: 'nothing', who: 'viewer', tellsAbove: true },
  ask: () => ({ path }),
});
const readNamed = (pathOf: (reference: string) => string): RouteCase => ({
  ...{ by: 'reference', who: 'viewer', tellsAbove: true },
  ask: (_running: Running, target: Target) => ({ path: pathOf(referenceOf(target)) }),
});
const table = (target: Target) =>
  JSON.stringify([{ rule: 'TT02', unit: referenceOf(target), values: { minimum: 20 + (++made % 60) } }]);

/** A preview over everything, or over a unit. */
const preview = (target: Target | null) => ({
  ...{ path: '/api/rules/preview', method: 'POST' as const },
  body: { body: bodyOver(target), rule: 'TT02', from: '2026-10-01', to: '2026-11-18' },
});

const LEDGER = [
  readAll('/api/rules/ledger'),
  readAll('/api/rules/ledger?format=csv'),
  readNamed((unit) => `/api/rules/ledger?unit=${unit}`),
];

type RuleRoute = Extract<
  RouteName,
  | ('listRules' | 'getRule' | 'saveRule' | 'decideRule' | 'listOverrides' | 'addOverride' | 'decideOverride')
  | ('listThresholds' | 'exportThresholds' | 'importThresholds' | 'previewRule' | 'exportLedger')
>;

/** Every route of rules. What holds in a unit may come from one above it: its name is told. */
export const ruleCases = (ofTarget: OfTarget): Record<RuleRoute, RouteCase | readonly RouteCase[]> => ({
  listRules: [readAll('/api/rules'), readNamed((unit) => `/api/rules?unit=${unit}`)],
  exportLedger: LEDGER,
  getRule: [
    readAll('/api/rules/TT01'),
    {
      ...{ by: 'id', who: 'viewer', tellsAbove: true },
      ask: async (running: Running, target: Target) => ({
        path: `/api/rules/${await ofTarget(running, target, addVictimRule)}`,
      }),
    },
  ],
  saveRule: {
    // It names its rivals: rules over units above may be among them.
    ...{ by: 'reference', who: 'editor', tellsAbove: true },
    ask: (_running: Running, target: Target) => ({
      ...{ path: '/api/rules', method: 'POST' },
      body: { id: null, base: null, body: bodyOver(target), reason: 'tried' },
    }),
  },
  decideRule: {
    ...{ by: 'id', who: 'editor', isSeenAbove: true, tellsAbove: true },
    ask: async (running: Running, target: Target) => ({
      ...{ path: '/api/rules', method: 'PUT' },
      body: {
        ...{ id: String(await ofTarget(running, target, addVictimRule)), version: 1 },
        ...{ decision: 'withdraw', reason: 'tried' },
      },
    }),
  },
  previewRule: [
    { ...{ by: 'nothing', who: 'viewer', tellsAbove: true }, ask: () => preview(null) },
    {
      ...{ by: 'reference', who: 'viewer', tellsAbove: true },
      ask: (_running: Running, target: Target) => preview(target),
    },
  ],
  listOverrides: [readAll('/api/overrides'), readNamed((unit) => `/api/overrides?unit=${unit}`)],
  addOverride: {
    ...{ by: 'reference', who: 'editor', tellsAbove: true },
    ask: (_running: Running, target: Target) => ({
      ...{ path: '/api/overrides', method: 'POST' },
      body: { rule: 'TT01', unit: referenceOf(target), values: { minimum: 20 }, reason: 'tried' },
    }),
  },
  decideOverride: {
    ...{ by: 'id', who: 'editor' },
    ask: async (running: Running, target: Target) => ({
      ...{ path: '/api/overrides', method: 'PUT' },
      body: { id: await ofTarget(running, target, addVictimOverride), decision: 'end', reason: 'tried' },
    }),
  },
  listThresholds: readNamed((unit) => `/api/thresholds?unit=${unit}`),
  exportThresholds: [
    readAll('/api/thresholds/table'),
    readAll('/api/thresholds/table?format=csv'),
    readNamed((unit) => `/api/thresholds/table?unit=${unit}`),
  ],
  importThresholds: {
    ...{ by: 'reference', who: 'editor', ofHidden: 422 },
    ask: (_running: Running, target: Target) => ({
      ...{ path: '/api/thresholds/table', method: 'POST' },
      body: { format: 'json', text: table(target), reason: 'tried', isDryRun: false },
    }),
  },
});

type Asked = { running: Running; target: UnitKey };

/** Every act of rules, past its route. */
export const ruleActs = (ofVictim: OfTarget) =>
  ({
    saveRule: {
      who: 'editor',
      input: ({ running, target }: Asked) => ({
        ...{ id: null, base: null, body: bodyOver(null), unit: idOf(running, target), reason: 'tried' },
      }),
    },
    decideRule: {
      who: 'editor',
      input: async ({ running, target }: Asked) => ({
        ...{ id: String(await ofVictim(running, target, addVictimRule)), version: 1 },
        ...{ decision: 'withdraw' as const, reason: 'tried' },
      }),
    },
    addOverride: {
      who: 'editor',
      input: ({ running, target }: Asked) => ({
        ...{
          rule: 'TT01',
          unit: idOf(running, target),
          level: null,
          values: { minimum: 25 },
          reason: 'tried',
        },
      }),
    },
    decideOverride: {
      who: 'editor',
      input: async ({ running, target }: Asked) => ({
        ...{ id: Number(await ofVictim(running, target, addVictimOverride)), decision: 'end' as const },
        reason: 'tried',
      }),
    },
    importThresholds: {
      who: 'editor',
      input: ({ running, target }: Asked) => ({
        ...{ reason: 'tried', isDryRun: false },
        lines: [
          {
            ...{ line: 1, rule: 'TT02', unit: idOf(running, target), level: null, reason: null },
            values: { minimum: 20 + (++made % 60) },
          },
        ],
      }),
    },
  }) as const;
