/** Editors of a small office, and what they save. */
import { createSite } from '../../server/site.ts';
import type { RuleBody } from '../../shared/rule.ts';
import type { OverrideView, RuleVersionView, RuleView, ThresholdView } from '../../shared/rule-view.ts';
import { findShippedRule } from '../../shared/shipped-rules.ts';
import { type Running, type RunOptions, runApp } from '../server.ts';
import { type Browser, enter } from './people.ts';
import { ZONE } from './world.ts';

export type Person = Browser & { id: number };

/** An office with two editors of the province, one of commune A, and an operator. */
export type Office = { running: Running; chief: Person; second: Person; commune: Person; operator: Person };

/** A site where two must agree. */
export const FOUR_EYES = createSite({ zone: ZONE, alerting: { fourEyes: true } });

export async function openOffice(options: RunOptions = {}): Promise<Office> {
  const running = await runApp(options);
  return {
    running,
    chief: await enter(running, 'chief', [['editor', '25']]),
    second: await enter(running, 'second', [['editor', '25']]),
    commune: await enter(running, 'commune', [['editor', 'A']]),
    operator: await enter(running, 'operator', [['operator', '25']]),
  };
}

/** The body of a shipped rule with some of it changed. */
export function bodyOf(id: string, changes: Partial<RuleBody> = {}): RuleBody {
  const rule = findShippedRule(id);
  if (!rule) throw new Error(`no rule ${id} is shipped`);
  return { ...rule.body, ...changes };
}

/** Levels of a rate from a warning, a major and a critical limit. */
export const levels = (warning: number, major: number, critical: number): RuleBody['levels'] => [
  { severity: 'critical', raise: critical, count: null },
  { severity: 'major', raise: major, count: null },
  { severity: 'warning', raise: warning, count: null },
];

type Saved = { id: string | null; base: number | null; body: RuleBody; reason?: string };

export const save = (who: Browser, { reason = 'as agreed', ...saved }: Saved) =>
  who.ask('POST', '/api/rules', { ...saved, reason });

export const decide = (who: Browser, id: string, version: number, decision: string) =>
  who.ask('PUT', '/api/rules', { id, version, decision, reason: 'as agreed' });

export const override = (who: Browser, order: object) =>
  who.ask('POST', '/api/overrides', { rule: 'TT02', unit: 'A', reason: 'as agreed', ...order });

export const settleOverride = (who: Browser, id: number, decision: string) =>
  who.ask('PUT', '/api/overrides', { id, decision, reason: 'as agreed' });

type OneRule = { rule: RuleView; versions: RuleVersionView[]; overrides: OverrideView[] };

export const readRule = async (who: Browser, id: string) =>
  (await who.ask('GET', `/api/rules/${id}`)).body as OneRule;
export const readRules = async (who: Browser, query = '') =>
  ((await who.ask('GET', `/api/rules${query}`)).body as { rules: RuleView[] }).rules;
export const readOverrides = async (who: Browser, query = '') =>
  ((await who.ask('GET', `/api/overrides${query}`)).body as { overrides: OverrideView[] }).overrides;
export const readThresholds = async (who: Browser, query: string) =>
  ((await who.ask('GET', `/api/thresholds?${query}`)).body as { thresholds: ThresholdView[] }).thresholds;

/** What the audit holds of an act: who, about what, in which unit, before and after. */
export async function auditOf({ store }: Running, act: string) {
  const rows = await store.reader.db
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', act)
    .orderBy('n')
    .execute();
  const read = (text: string | null) => (text === null ? null : JSON.parse(text));
  return rows.map(({ caller, subject, unit, before, after }) => ({
    ...{ caller, subject, unit, before: read(before), after: read(after) },
  }));
}
