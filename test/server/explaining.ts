/** What tests of explained figures work with: dossiers of a day, and the questions. */
import { expect } from 'vitest';
import type { FiguresAnswer } from '../../shared/answers.ts';
import type { OpsEvent } from '../../shared/event.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import { type Running, runApp } from '../server.ts';
import { at, iso, step } from './world.ts';

const open: Running[] = [];
/** Ends what a test has started. */
export async function endAll(): Promise<void> {
  for (const running of open.splice(0)) {
    await running.close();
    expect(running.troubles).toEqual([]);
  }
}

/** An office whose clock shows a local time. */
export async function start(now: string): Promise<Running> {
  const running = await runApp({ start: at(now) });
  open.push(running);
  return running;
}

let made = 0;
/** The steps of a dossier that is received and resolved, late or not. */
function life(unit: string, { from, to, due }: { from: string; to: string; due: string }): OpsEvent[] {
  const dossier = `x${++made}`;
  const facts = { dossier, receiver: unit, resolver: unit, due: iso(at(due)) };
  return [
    step({ ...facts, id: `${dossier}a`, at: iso(at(from)), status: 2 }),
    step({ ...facts, id: `${dossier}b`, at: iso(at(to)), status: 9 }),
  ];
}

/** The steps of a dossier received and resolved in time on a day. */
export const early = (unit: string, day: string) =>
  life(unit, { from: `${day} 08:00`, to: `${day} 08:40`, due: '2026-12-20 17:00' });
/** The same of one resolved late, received in October. */
export const late = (unit: string, day: string) =>
  life(unit, { from: '2026-10-02 08:00', to: `${day} 08:40`, due: '2026-10-03 17:00' });

/** Tells events, all of which must be taken. */
export async function tell(running: Running, token: string, events: readonly OpsEvent[]): Promise<void> {
  const { status, body } = await running.post(events, token);
  expect({ status, body }).toMatchObject({ status: 200 });
}

type Ask = Running['ask'];

/** The story that a query asks for. */
export async function explain(ask: Ask, token: string, query: string): Promise<ExplainAnswer> {
  const { status, body } = await ask(`/api/explain?${query}`, { token });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as ExplainAnswer;
}

/** What figures say of the first indicator of a query, unit by unit. */
export async function figureOf(ask: Ask, token: string, query: string) {
  const { body } = await ask(`/api/figures?${query}`, { token });
  const { units } = body as FiguresAnswer;
  return units.map(({ code, figures }) => ({ code, figure: Object.values(figures)[0] }));
}
