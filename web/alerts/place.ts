/** Where the pages of alerts are. Pure. */

/** A page of alerts; `unit` of lists: whose subtree, null for all that the viewer may see. */
export type AlertPlace =
  | { page: 'alerts'; unit: string | null }
  | { page: 'alert'; id: number }
  | { page: 'slip'; id: number }
  | { page: 'explanations'; unit: string | null }
  | { page: 'health'; unit: string | null }
  | { page: 'handover'; unit: string | null };

/** The page of alerts that a path and a query name; null: they name another one. */
export function parseAlertPlace(path: string, search: string): AlertPlace | null {
  const [, page, part = '', last = ''] = path.split('/');
  const unit = new URLSearchParams(search).get('unit');
  if (page === 'explanations' || page === 'health' || page === 'handover') return { page, unit };
  if (page !== 'alerts') return null;
  if (!/^[1-9]\d{0,15}$/.test(part)) return { page, unit };
  return last === 'slip' ? { page: 'slip', id: Number(part) } : { page: 'alert', id: Number(part) };
}

const inUnit = (path: string, unit: string | null) =>
  unit === null ? path : `${path}?unit=${encodeURIComponent(unit)}`;

/** The alert centre, of a unit's subtree or of all. */
export const centrePath = (unit: string | null): string => inUnit('/alerts', unit);

/** The explanations, of a unit's subtree or of all. */
export const explanationsPath = (unit: string | null): string => inUnit('/explanations', unit);

/** How the alerts of a unit's subtree, or of all, do. */
export const healthPath = (unit: string | null): string => inUnit('/health', unit);

/** The handover of a shift, of a unit's subtree or of all. */
export const handoverPath = (unit: string | null): string => inUnit('/handover', unit);

/** The page of one episode. */
export const alertPath = (id: number): string => `/alerts/${id}`;

/** The slip of what is asked about one episode. */
export const slipPath = (id: number): string => `/alerts/${id}/slip`;

/** What the browser's history keeps of an alert that was opened from a list: the way back is one step, to the list as it was. */
export const FROM_CENTRE = { isFromCentre: true } as const;
