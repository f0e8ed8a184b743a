/** A connector on a portal of this machine and a server of its own, anew for each test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { createPortal, type Portal } from '../../server/portal/portal.ts';
import { PortalConfig } from '../../shared/config.ts';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { type Running, runApp } from '../server.ts';
import { type FakePortal, openFakePortal } from './fake-portal.ts';
import { at, type Selection, ZONE } from './world.ts';

const UNITS: Selection = {
  units: [
    ...[{ code: '25', level: 'province' as const, parent: null, aliases: ['H44'] }],
    ...[{ code: 'A', level: 'commune' as const, parent: '25', aliases: ['H44.1'] }],
    ...[{ code: 'D', level: 'commune' as const, parent: '25', aliases: ['H44.2'] }],
  ].map((unit) => ({ ...unit, name: { vi: unit.code, en: unit.code }, from: '2025-07-01', to: null })),
  lineage: [],
};

/** The portal, the server that takes its figures, the connector's folder and token; `waits`: its pauses (ms), `warnings`: what it logged. */
export let fake: FakePortal;
export let running: Running;
export let folder: string;
export let token: string;
export let waits: number[];
export let warnings: string[];

/** A connector with its place in the folder. */
export const open = (more: object = {}, wait = async (ms: number) => void waits.push(ms)): Portal =>
  createPortal({
    config: PortalConfig.parse({
      ...{ url: fake.url, token, root: { id: 'root', unit: '25' }, timeoutMs: 200, pauseMs: 250, ...more },
    }),
    ...{ zone: ZONE, statePath: join(folder, 'state.json'), door: () => running.url, now: running.clock.now },
    wait,
    log: { info: () => undefined, warn: (facts) => void warnings.push(JSON.stringify(facts)) },
  });

/** Turns the clock to the hour at which the connector runs. */
export const turnTo = (local: string) => running.clock.set(at(local));

/** Sets up all of it for each test of a file. */
export function standPortal(): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portal-'));
    fake = await openFakePortal();
    running = await runApp({ selection: UNITS, start: at('2026-11-18 10:00') });
    token = await running.token('feed', '25');
    waits = [];
    warnings = [];
  });
  afterEach(async () => {
    await fake.close();
    await running.close();
    rmSync(folder, { recursive: true });
    expect(running.troubles).toEqual([]);
  });
}

/** The portal is there again after it was closed. */
export async function reopenPortal(): Promise<void> {
  fake = await openFakePortal();
}

/** The index of a unit as the portal's figures make it. */
export async function index(unit: string, period = '2026-10'): Promise<IndexAnswer> {
  const viewer = await running.token('display', '25');
  const { body } = await running.ask(`/api/index766?unit=${unit}&period=${period}&basis=portal`, {
    token: viewer,
  });
  return body as IndexAnswer;
}
/** A component of an index. */
export const componentOf = ({ score }: IndexAnswer, id: string) =>
  score.groups.flatMap(({ components }) => components).find((one) => one.id === id);

/** Makes the connector known, and runs it at its first hour. */
export async function runFirst(portal: Portal) {
  expect(await portal.runDue()).toBeNull();
  turnTo('2026-11-19 02:00');
  return portal.runDue();
}
