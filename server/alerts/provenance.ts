/** Where thresholds come from: which version of which rule, or which override of which unit, since when, until when, by whom, why. */
import type { Provenance } from '../../shared/alert.ts';
import { type Candidate, type FieldSource, traceRule } from '../../shared/effective.ts';
import { dayOf, isoOf, startOfDay } from '../../shared/period.ts';
import type { Override, OverrideField, RuleVersion } from '../../shared/rule.ts';
import { findShippedSource } from '../../shared/shipped-rules.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { readTitlesByLogin } from '../store/account-store.ts';
import { type Ledger, loadLedger } from '../store/rule-ledger.ts';

/** What provenance is told from: a view with its ledger and how people are called. */
export type Sources = { view: View; ledger: Ledger; titles: ReadonlyMap<string, string> };

/** The sources of a view. */
export async function openSources(view: View): Promise<Sources> {
  const ledger = await loadLedger(view.reader, view.clock.rulesSeq);
  return { view, ledger, titles: await readTitlesByLogin(view.reader) };
}

/** Somebody whom the audit names, as people read it; null for nobody. */
export function sayWho({ titles }: Pick<Sources, 'titles'>, named: string | null): string | null {
  if (named === null) return null;
  const login = named.startsWith('person:') ? named.slice('person:'.length) : null;
  return login === null ? named : (titles.get(login) ?? login);
}

/** The overrides that may reach a unit on a day: those of what stands on its path. */
export function overridesFor({ view, ledger }: Sources, unit: number, day: string): Override[] {
  const path = view.tree.pathOn(unit, day);
  return path.flatMap((above) => ledger.byUnit.get(above) ?? []);
}

function ofOverride(sources: Sources, override: Override) {
  const { view, ledger } = sources;
  const stored = ledger.stored.get(override.id);
  const { ref, name } = showUnit(view, override.unit);
  return {
    ...{ source: 'override' as const, override: override.id, unit: ref, unitName: name },
    since: isoOf(startOfDay(override.from, view.site.zone), view.site.zone),
    until: override.to,
    by: sayWho(sources, stored?.savedBy ?? null),
    reason: stored?.reason ?? null,
  };
}

function ofRule(sources: Sources, rule: RuleVersion) {
  const { view, ledger } = sources;
  const kept = ledger.kept.get(rule.id)?.find((one) => one.rule.version === rule.version);
  const [since, until] = [kept?.activeFrom ?? null, kept?.activeTo ?? null];
  const root = rule.unit === null ? null : showUnit(view, rule.unit);
  return {
    source: rule.version === 0 ? ('shipped' as const) : ('rule' as const),
    ...{ override: null, unit: root?.ref ?? null, unitName: root?.name ?? null },
    since: since === null ? null : isoOf(since, view.site.zone),
    until: until === null ? null : dayOf(until, view.site.zone),
    by: sayWho(sources, kept?.savedBy ?? null),
    reason: rule.version === 0 ? (findShippedSource(rule.id)?.vi ?? null) : (kept?.reason ?? null),
  };
}

/** Where the value of one field comes from, and what it hides. */
export function showProvenance(sources: Sources, rule: RuleVersion, traced: FieldSource): Provenance {
  const tell = ({ override }: Candidate) =>
    override ? ofOverride(sources, override) : ofRule(sources, rule);
  const brief = (candidate: Candidate) => {
    const { unit, unitName } = tell(candidate);
    return { value: candidate.value, unit, unitName };
  };
  return {
    value: traced.value,
    ...{ rule: rule.id, version: rule.version },
    ...tell(traced),
    hides: traced.hides.map(brief),
    overruled: traced.overruled.map(brief),
  };
}

/** Where every field of a rule comes from for a unit on a day. */
export function traceFor(
  sources: Sources,
  rule: RuleVersion,
  { unit, day }: { unit: number; day: string },
): ReadonlyMap<OverrideField, FieldSource> {
  const { tree } = sources.view;
  const place = { tree, unit, day, overrides: overridesFor(sources, unit, day) };
  return new Map(traceRule(rule, place).map((traced) => [traced.field, traced]));
}

/** The thresholds of each severity of a rule for a unit on a day, with where they come from; null where it has none. */
export function showLimits(
  sources: Sources,
  rule: RuleVersion,
  at: { unit: number; day: string },
): {
  severity: RuleVersion['body']['levels'][number]['severity'];
  raise: Provenance | null;
  count: Provenance | null;
}[] {
  const traced = traceFor(sources, rule, at);
  return (['critical', 'major', 'warning', 'advisory'] as const).flatMap((severity) => {
    const [raise, count] = (['raise', 'count'] as const).map((key) => {
      const source = traced.get(`${key}.${severity}`);
      return source && source.value !== null ? showProvenance(sources, rule, source) : null;
    });
    return raise || count ? [{ severity, raise: raise ?? null, count: count ?? null }] : [];
  });
}
