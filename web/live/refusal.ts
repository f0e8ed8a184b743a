/** Why a server gives nothing, as it says so itself. Pure. */
import type { Problem } from '../../shared/problem.ts';

/** Whether asking again changes nothing while the asker stays who it is. */
export function isRefusal({ status }: Problem): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** The problem that a socket was refused with; null when it was not the server that refused. */
export function problemOf(error: Error & { data?: unknown }): Problem | null {
  const { data } = error;
  if (typeof data !== 'object' || data === null) return null;
  const { type, title, status, detail } = data as Partial<Problem>;
  if (typeof title !== 'string' || typeof status !== 'number') return null;
  return { type: type ?? 'about:blank', title, status, detail: detail ?? '' };
}
