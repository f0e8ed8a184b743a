import type { RuleBody } from '../../shared/rule.ts';
import { AppError } from '../errors.ts';
import type { PersonCaller } from '../people/caller.ts';
import type { RuleRow } from '../store/alert-schema.ts';
import { type KeptVersion, type RuleHistory, readHistory } from '../store/rule-store.ts';
import { noteRules } from '../store/write/clock.ts';
import { insertVersion, updateVersion } from '../store/write/rules.ts';
import type { Act } from './act.ts';
import { nameCaller, note } from './audit.ts';
import { type Editor, getHistory, openEditor, requireEditor } from './editing.ts';
import type { Work } from './work.ts';

/** A rule to save. `id`: null for a new one. `base`: the version it was edited from. `unit`: the root of its scope, null for every unit. */
export type RuleOrder = {
  id: string | null;
  base: number | null;
  body: RuleBody;
  unit: number | null;
  reason: string;
};

/** Which version of which rule an act made or decided on. */
export type RuleDone = { id: string; version: number; state: RuleRow['state'] };

const CHANGED = { units: 'any', feeds: false } as const;

/** The version that the next one is made from. */
const newestOf = ({ proposed, current }: RuleHistory): KeptVersion => proposed ?? current;

const facts = ({ rule, state }: KeptVersion) => ({ version: rule.version, state, body: rule.body });

/** Ends the judging of what was in force, and the waiting of what was proposed. */
async function supersede({ tx }: Work, history: RuleHistory | null, what: 'all' | 'proposed'): Promise<void> {
  for (const { rule, state, activeTo } of history?.versions ?? []) {
    if (rule.version === 0) continue;
    if (state === 'proposed') await updateVersion(tx, rule, { state: 'superseded' });
    if (what === 'proposed' || activeTo !== null) continue;
    // A rule that was withdrawn stays so for its time: nothing judged by it then.
    if (state === 'active') await updateVersion(tx, rule, { state: 'superseded', activeTo: tx.at });
    if (state === 'withdrawn') await updateVersion(tx, rule, { activeTo: tx.at });
  }
}

type Written = Pick<RuleRow, 'unit' | 'reason'> & {
  body: RuleBody;
  state: 'active' | 'proposed' | 'withdrawn';
};

/** Adds the next version of a rule in the place of what it follows on. */
async function writeVersion(
  work: Work,
  { caller }: Editor,
  { id, history, next }: { id: string; history: RuleHistory | null; next: Written },
): Promise<RuleDone> {
  const { tx } = work;
  await supersede(work, history, next.state === 'proposed' ? 'proposed' : 'all');
  const version = (history?.versions[0]?.rule.version ?? 0) + 1;
  await insertVersion(tx, {
    ...{ id, version, unit: next.unit, body: JSON.stringify(next.body), state: next.state },
    ...{ reason: next.reason, savedBy: nameCaller(caller), approvedBy: null },
    ...{ activeFrom: next.state === 'proposed' ? null : tx.at, activeTo: null },
  });
  await noteRules(tx);
  return { id, version, state: next.state };
}

async function getEdited(work: Work, editor: Editor, order: RuleOrder): Promise<RuleHistory | null> {
  requireEditor(editor, order.unit);
  if (order.id === null) return null;
  const history = await getHistory(work, editor, order.id);
  requireEditor(editor, history.current.rule.unit);
  if (history.proposed) requireEditor(editor, history.proposed.rule.unit);
  const newest = newestOf(history).rule.version;
  if (order.base === newest) return history;
  throw new AppError(
    'conflict',
    `Somebody saved version ${newest} of this rule since: look at it first.`,
    [{ field: 'base', reason: `${newest} is the newest` }],
    { says: { code: 'savedSince' } },
  );
}

async function checkBody(work: Work, id: string | null, { condition }: RuleBody): Promise<void> {
  if (condition.kind !== 'repeated') return;
  const known = condition.rule === id ? undefined : await readHistory(work.tx, condition.rule);
  if (known) return;
  throw new AppError('unprocessable', 'This rule counts episodes of a rule that it cannot.', [
    { field: 'body.condition.rule', reason: 'is no other rule' },
  ]);
}

/**
 * Saves a rule, or the next version of one; where two must agree it is only proposed. AppError `forbidden` for who is not editor
 * of its scope, old and new; `conflict` where somebody saved another version since.
 */
export const saveRule: Act<PersonCaller, RuleOrder, RuleDone> = async (work, asking, order) => {
  const editor = await openEditor(work, asking);
  const history = await getEdited(work, editor, order);
  const { body, unit, reason } = order;
  const id = order.id ?? `r${work.tx.seq}`;
  await checkBody(work, id, body);
  const state = work.site.alerting.fourEyes ? ('proposed' as const) : ('active' as const);
  const done = await writeVersion(work, editor, { id, history, next: { body, unit, reason, state } });
  await note(work, editor.caller, {
    ...{ act: 'saveRule', subject: `rule:${id}`, unit },
    before: history && facts(history.current),
    after: { version: done.version, state, body, reason },
  });
  return { answer: done, changed: CHANGED };
};

/** What to do with a version: the proposed one is approved or rejected, a rule is withdrawn as it is in force. */
export type RuleDecision = {
  id: string;
  version: number;
  decision: 'approve' | 'reject' | 'withdraw';
  reason: string;
};

const refuse = (message: string, field: string, reason: string) =>
  new AppError('conflict', message, [{ field, reason }]);

function getProposed({ proposed }: RuleHistory, version: number): KeptVersion {
  if (proposed?.rule.version === version) return proposed;
  throw refuse(`Version ${version} does not wait for approval.`, 'version', 'is not proposed');
}

async function approve(
  work: Work,
  { caller }: Editor,
  history: RuleHistory,
  { rule, savedBy }: KeptVersion,
): Promise<RuleDone> {
  const approvedBy = nameCaller(caller);
  if (savedBy === approvedBy)
    throw new AppError(
      'forbidden',
      'Whoever saved a version cannot approve it: another editor must.',
      [{ field: 'decision', reason: 'needs another editor' }],
      { says: { code: 'notYours' } },
    );
  const { tx } = work;
  await supersede(work, history, 'all');
  await updateVersion(tx, rule, { state: 'active', approvedBy, activeFrom: tx.at });
  await noteRules(tx);
  return { id: rule.id, version: rule.version, state: 'active' };
}

async function reject({ tx }: Work, { rule }: KeptVersion): Promise<RuleDone> {
  await updateVersion(tx, rule, { state: 'rejected' });
  await noteRules(tx);
  return { id: rule.id, version: rule.version, state: 'rejected' };
}

/** Withdraws a rule; where two must agree, it is proposed that it be switched off. */
async function withdraw(
  work: Work,
  editor: Editor,
  { history, version, reason }: { history: RuleHistory; version: number; reason: string },
): Promise<RuleDone> {
  const { rule, state } = history.current;
  if (rule.version !== version || state !== 'active')
    throw refuse(`Version ${version} is not in force.`, 'version', 'is not in force');
  const { unit } = rule;
  const next = work.site.alerting.fourEyes
    ? { unit, reason, state: 'proposed' as const, body: { ...rule.body, isEnabled: false } }
    : { unit, reason, state: 'withdrawn' as const, body: rule.body };
  return writeVersion(work, editor, { id: history.id, history, next });
}

async function decide(
  work: Work,
  editor: Editor,
  { history, order }: { history: RuleHistory; order: RuleDecision },
): Promise<RuleDone> {
  const { decision, version, reason } = order;
  requireEditor(editor, history.current.rule.unit);
  if (decision === 'withdraw') return withdraw(work, editor, { history, version, reason });
  const proposed = getProposed(history, version);
  requireEditor(editor, proposed.rule.unit);
  return decision === 'approve' ? approve(work, editor, history, proposed) : reject(work, proposed);
}

/**
 * Approves or rejects what is proposed, or withdraws a rule. AppError `forbidden` for who is not editor of its scope, and for
 * approval by whoever saved it; `conflict` where the version is not, or no longer, what is decided on.
 */
export const decideRule: Act<PersonCaller, RuleDecision, RuleDone> = async (work, asking, order) => {
  const editor = await openEditor(work, asking);
  const history = await getHistory(work, editor, order.id);
  const done = await decide(work, editor, { history, order });
  const { decision, reason } = order;
  await note(work, editor.caller, {
    ...{ act: 'decideRule', subject: `rule:${order.id}`, unit: history.current.rule.unit },
    before: facts(decision === 'withdraw' ? history.current : newestOf(history)),
    after: { decision, version: done.version, state: done.state, reason },
  });
  return { answer: done, changed: CHANGED };
};
