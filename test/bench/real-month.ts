/**
 * `node test/bench/real-month.ts FOLDER`: one published month of a province's agencies (progress.csv, digitised.csv, payment.csv,
 * as the national portal tells them) through the shipped rules: how many alerts would stand, by rule and severity, and whose.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { judgeSample } from '../../server/rules/levels.ts';
import type { EffectiveRule } from '../../shared/effective.ts';
import { ALERT_SEVERITIES, type AlertSeverity, type RuleVersion } from '../../shared/rule.ts';
import { SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { printTable, whole } from './table.ts';

/** A rate of an agency: so many of so many. */
type Share = { agency: string; isCommune: boolean; numerator: number; denominator: number };
type Row = Record<string, string>;

const WORKING_DAYS = 21;
const BEARABLE = 150;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
const read = (name: string): Row[] => parse(readFileSync(join(folder, name)), { columns: true, bom: true });

function listShares(rows: Row[], numerator: string, denominator: string): Share[] {
  return rows.map((row) => ({
    agency: row.agency ?? '',
    isCommune: row.level === 'COMMUNE',
    numerator: Number(row[numerator] ?? 0),
    denominator: Number(row[denominator] ?? 0),
  }));
}

/** What the month tells, by the indicator that it comes nearest to. */
const MONTH: Record<string, Share[]> = {
  TT02: listShares(read('progress.csv'), 'on_time', 'received'),
  PAY01: listShares(read('payment.csv'), 'dossiers_paid_online', 'dossiers_with_obligation'),
  DG01: listShares(read('digitised.csv'), 'electronic_result_numerator', 'dossiers'),
  DG02: listShares(read('digitised.csv'), 'dossier_digitised_numerator', 'dossiers'),
  DG03: listShares(read('digitised.csv'), 'digitised_data_reused_numerator', 'dossiers'),
};

function judgeShare(rule: RuleVersion, { numerator, denominator }: Share): AlertSeverity | null {
  const { body } = rule;
  const levels = body.levels.map(({ delay = body.delay, ...level }) => ({ ...level, delay }));
  const effective: EffectiveRule = { rule, levels, minimum: body.minimum, isOff: false };
  const figure = denominator === 0 ? null : (100 * numerator) / denominator;
  const sample = { at: 0, figure, count: null, cases: denominator, quality: 'fresh', told: null } as const;
  return judgeSample(effective, sample).reached;
}

const found = SHIPPED_RULES.flatMap((rule) => {
  const { condition } = rule.body;
  const shares = condition.kind === 'level' ? (MONTH[condition.indicator] ?? []) : [];
  return shares.map((share) => ({ rule: rule.id, share, severity: judgeShare(rule, share) }));
});

const countOf = (rule: string, severity: AlertSeverity | null) =>
  whole(found.filter((one) => one.rule === rule && one.severity === severity).length);
const rules = [...new Set(found.map(({ rule }) => rule))];
const alerts = found.filter(({ severity }) => severity !== null && severity !== 'advisory');

printTable({
  title: 'One real month through the shipped rules: agencies by the level they stand at',
  head: ['rule', ...ALERT_SEVERITIES, 'none'],
  rows: rules.map((rule) => [
    rule,
    ...ALERT_SEVERITIES.map((severity) => countOf(rule, severity)),
    countOf(rule, null),
  ]),
  notes: [
    `${alerts.length} alerts of ${new Set(alerts.map(({ share }) => share.agency)).size} agencies, messages left out;`,
    `were each of them raised once in the month: ${(alerts.length / WORKING_DAYS).toFixed(1)} per operator and working day, of ${BEARABLE} that one can bear`,
  ],
});

const byAgency = Map.groupBy(alerts, ({ share }) => share.agency);
const worst = [...byAgency].toSorted((a, b) => b[1].length - a[1].length).slice(0, 10);
printTable({
  title: 'Agencies with the most of them',
  head: ['agency', 'alerts', 'rules'],
  rows: worst.map(([agency, own]) => [
    agency,
    whole(own.length),
    own.map(({ rule, severity }) => `${rule} ${severity}`).join(', '),
  ]),
});
