/** Rules as the public surface tells of them, cut to the units that a caller sees. */
import { addDays, dayOf, isoOf } from '../../shared/period.ts';
import { listRivals } from '../../shared/rivals.ts';
import type { RuleVersionView, RuleView } from '../../shared/rule-view.ts';
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { hasRole, listRoots, rootsOf } from '../people/roles.ts';
import { isVisible, nearestDay, type ScopedUnit, touches } from '../people/scope.ts';
import {
  countOpen,
  type KeptVersion,
  type RuleHistory,
  readBeginning,
  readHistories,
  readHistory,
  type StoredOverride,
} from '../store/rule-store.ts';
import { isInForce, showOverride } from './overrides.ts';
import { openSources, type Sources, sayWho } from './provenance.ts';

/** After so many days without a change a rule is to be looked at again. */
export const IDLE_DAYS = 183;

function showVersion(sources: Sources, kept: KeptVersion): RuleVersionView {
  const { view } = sources;
  const { rule, state, reason, savedAt, savedBy, approvedBy, activeFrom, activeTo } = kept;
  const iso = (at: number | null) => (at === null ? null : isoOf(at, view.site.zone));
  const unit = rule.unit === null ? null : showUnit(view, rule.unit).ref;
  return {
    ...{ version: rule.version, state, reason },
    body: { ...rule.body, scope: { ...rule.body.scope, unit } },
    ...{ savedAt: iso(savedAt), savedBy: sayWho(sources, savedBy), approvedBy: sayWho(sources, approvedBy) },
    ...{ activeFrom: iso(activeFrom), activeTo: iso(activeTo) },
  };
}

/** What rules are told from. */
type Telling = {
  sources: Sources;
  caller: ViewerCaller;
  open: ReadonlyMap<string, number>;
  beginning: number | null;
};

async function openTelling(view: View, caller: ViewerCaller): Promise<Telling> {
  const open = new Map<string, number>();
  for (const { rule, unit, count } of await countOpen(view.reader))
    if (isVisible(view, unit)) open.set(rule, (open.get(rule) ?? 0) + count);
  const beginning = await readBeginning(view.reader);
  return { sources: await openSources(view), caller, open, beginning };
}

/** The overrides of a rule that a view shows, as they were made. */
function listStored({ view, ledger }: Sources, rule: string): StoredOverride[] {
  return [...ledger.stored.values()].filter((one) => one.rule === rule && touches(view, one.unit));
}

/** Whether nobody touched a rule, nor any threshold of it, for half a year. */
function isIdle({ sources, beginning }: Telling, { id, versions }: RuleHistory): boolean {
  const { view, ledger } = sources;
  const saved = versions.flatMap(({ savedAt }) => savedAt ?? []);
  const set = [...ledger.stored.values()].flatMap((one) => (one.rule === id ? one.savedAt : []));
  const last = [...saved, ...set, ...(beginning === null ? [] : [beginning])].reduce(
    (newest, at) => Math.max(newest, at),
    Number.NEGATIVE_INFINITY,
  );
  return Number.isFinite(last) && dayOf(last, view.site.zone) <= addDays(view.today, -IDLE_DAYS);
}

/** What a caller may do with a rule. */
function mayDo({ sources: { view }, caller }: Telling, { current, proposed }: RuleHistory): RuleView['may'] {
  if (caller.kind !== 'person') return [];
  const isEditor = (unit: number | null) =>
    listRoots(view, unit).every((root) => hasRole(caller, 'editor', root, view));
  const may: RuleView['may'] = [];
  const isOwn = isEditor(current.rule.unit) && (!proposed || isEditor(proposed.rule.unit));
  if (isOwn) may.push('save');
  if (isOwn && proposed && proposed.savedBy !== `person:${caller.login}`) may.push('approve');
  const isOpen = current.state === 'active' && current.rule.body.inherit !== 'locked';
  if (isOpen && rootsOf(caller, 'editor').length > 0) may.push('override');
  if (isOwn && current.state === 'active') may.push('withdraw');
  return may;
}

function showRule(telling: Telling, history: RuleHistory): RuleView {
  const { sources, open } = telling;
  const { view, ledger } = sources;
  const { id, versions, current, proposed } = history;
  const rivals = listRivals(current.rule, ledger.book.rules.values(), { tree: view.tree, day: view.today });
  return {
    id,
    isShipped: versions.at(-1)?.rule.version === 0,
    current: showVersion(sources, current),
    proposed: proposed && showVersion(sources, proposed),
    isIdle: isIdle(telling, history),
    open: open.get(id) ?? 0,
    overrides: listStored(sources, id).filter((one) => isInForce(one, view.today)).length,
    rivals: rivals
      .filter(({ rule }) => touches(view, rule.unit))
      .map(({ rule, wins }) => ({ id: rule.id, name: rule.body.name, wins })),
    may: mayDo(telling, history),
  };
}

/** Whether a rule over a unit's subtree judges another unit, or anything below it. */
export function reaches({ tree, today }: View, root: number | null, unit: number): boolean {
  if (root === null) return true;
  const pathOf = (id: number) => tree.pathOn(id, nearestDay(tree.get(id), today));
  return pathOf(unit).includes(root) || pathOf(root).includes(unit);
}

/** Versions that matter now: what is in force, and what waits. */
const presentOf = ({ current, proposed }: RuleHistory) => (proposed ? [current, proposed] : [current]);

/** The rules that judge a unit or anything below it, of the scope where none is named; withdrawn ones as well, to be brought back. */
export async function listRuleViews(
  view: View,
  caller: ViewerCaller,
  unit?: ScopedUnit,
): Promise<RuleView[]> {
  const telling = await openTelling(view, caller);
  const isShown = (history: RuleHistory) =>
    history.current.state !== 'rejected' &&
    presentOf(history).some(
      ({ rule }) => touches(view, rule.unit) && (unit === undefined || reaches(view, rule.unit, unit)),
    );
  const histories = await readHistories(view.reader);
  return histories.filter(isShown).map((history) => showRule(telling, history));
}

/** One rule with its versions, the newest first, and its overrides; AppError `notFound` of one that judges nothing in the scope. */
export async function readRuleView(view: View, caller: ViewerCaller, id: string) {
  const history = await readHistory(view.reader, id);
  const seen = history?.versions.filter(({ rule }) => touches(view, rule.unit)) ?? [];
  if (!history || !presentOf(history).some((one) => seen.includes(one)))
    throw new AppError('notFound', `There is no rule ${id}.`, [{ field: 'id', reason: 'is not known' }]);
  const telling = await openTelling(view, caller);
  const { sources } = telling;
  return {
    seq: view.clock.seq,
    fourEyes: view.site.alerting.fourEyes,
    rule: showRule(telling, history),
    versions: seen.map((kept) => showVersion(sources, kept)),
    overrides: listStored(sources, id)
      .reverse()
      .map((one) => showOverride(sources, caller, one)),
  };
}
