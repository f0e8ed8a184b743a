import type { Session } from '../../shared/people.ts';

/** Whether whoever looks may write rules anywhere: the server says of each rule whether this one. */
export function mayWrite(session: Session | null): boolean {
  return session?.caller.grants.some(({ role }) => role === 'editor') === true;
}
