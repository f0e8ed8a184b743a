/** A quieter body of a rule on its way from the page of health into the preview of the rule's editor. */
import type { HealthAnswer } from '../../shared/alert-health.ts';
import type { RuleBody } from '../../shared/rule.ts';

/** Where it waits: in the session storage of the browser, as `{ rule, body }`, until the editor takes it. */
export const PROPOSAL_KEY = 'ioc.proposal';

type Proposal = NonNullable<HealthAnswer['offenders'][number]['proposal']>;
type Kept = { rule: string; body: RuleBody };

/** The address of a rule's editor that is to look for a proposal. */
export function proposalPath(rule: string): string {
  return `/rules/${encodeURIComponent(rule)}?from=health`;
}

/** Lays a proposal down for the editor of a rule; in a browser without storage the editor opens without one. */
export function keepProposal(rule: string, { body }: Pick<Proposal, 'body'>): void {
  const kept: Kept = { rule, body };
  try {
    sessionStorage.setItem(PROPOSAL_KEY, JSON.stringify(kept));
  } catch {
    // The editor shows the rule as it is.
  }
}

/** Takes what was proposed for a rule, once; null where nothing was, or for another rule. The server checks it as any draft. */
export function takeProposal(rule: string): RuleBody | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PROPOSAL_KEY) ?? 'null');
    if (!isKept(kept) || kept.rule !== rule) return null;
    sessionStorage.removeItem(PROPOSAL_KEY);
    return kept.body;
  } catch {
    return null;
  }
}

function isKept(kept: unknown): kept is Kept {
  if (typeof kept !== 'object' || kept === null || !('rule' in kept) || !('body' in kept)) return false;
  const { body } = kept;
  return typeof body === 'object' && body !== null && 'condition' in body && 'levels' in body;
}
