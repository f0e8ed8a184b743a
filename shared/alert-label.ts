/** What an episode is to people. One derivation: lists, counts, strips, maps and messages all read it. */
import type { AlertBrief, AlertLabel } from './alert.ts';
import type { AlertSeverity } from './rule.ts';

/** What of an episode says what it is to people. */
export type Regions = {
  closedAt: number | null;
  condition: 'active' | 'recovering' | 'normal';
  response: 'none' | 'unack' | 'ack';
  suppression: 'none' | 'shelved' | 'byDesign' | 'outOfService';
  severity: AlertSeverity;
  worst: AlertSeverity;
};

/** Whether what asked for somebody is over: nothing is reached any more, or no more than an advisory, which asks nobody. */
function isOver({ condition, severity }: Pick<Regions, 'condition' | 'severity'>): boolean {
  return condition === 'normal' || severity === 'advisory';
}

/**
 * What an episode is to an operator: the first that holds. One that has fallen to an advisory is a message; as long as nobody
 * has acknowledged what it was, it is `gone`, as one that is over altogether (ISA-18.2: returned to normal, unacknowledged).
 */
export function labelOf(episode: Regions): AlertLabel {
  const { closedAt, suppression, condition, response, worst } = episode;
  if (closedAt !== null) return 'closed';
  if (suppression === 'outOfService') return 'outOfService';
  if (worst === 'advisory') return 'message';
  if (condition !== 'normal' && isOver(episode) && response !== 'unack') return 'message';
  if (suppression === 'shelved') return 'shelved';
  if (suppression === 'byDesign') return 'suppressed';
  if (isOver(episode)) return 'gone';
  return response === 'unack' ? 'new' : 'inHand';
}

/** How bad an episode is: now; of one that is over, or waits to be acknowledged for what it was, the worst it had. */
export function severityOf(
  episode: Pick<Regions, 'closedAt' | 'condition' | 'response' | 'severity' | 'worst'>,
): AlertSeverity {
  const { closedAt, condition, response, severity, worst } = episode;
  if (closedAt !== null || condition === 'normal') return worst;
  return isOver(episode) && response === 'unack' ? worst : severity;
}

type Labelled = Pick<AlertBrief, 'label'>;

/** Whether an episode belongs to the lists of alerts: it is open, and no mere message. */
export function isListed({ label }: Labelled): boolean {
  return label !== 'closed' && label !== 'message';
}

/** Whether an episode is shown as an alert on strips, maps and tiles: listed, and not kept down by people or by design. */
export function isAnnounced({ label }: Labelled): boolean {
  return label === 'new' || label === 'inHand' || label === 'gone';
}
