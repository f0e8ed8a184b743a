import { createContext, useContext } from 'react';
import type { Session } from '../shared/people.ts';

/** What the screen knows of the viewer; before the server answered, only the zone of the product. */
export type KnownSession = { zone: string; session: Session | null };

const SessionContext = createContext<KnownSession>({ zone: 'Asia/Ho_Chi_Minh', session: null });

/** Gives the session to everything below. */
export const SessionProvider = SessionContext.Provider;

/** The first day that figures may be asked for: of the first month with any, or of this year while there are none. */
export function firstDayOf({ session }: KnownSession, today: string): string {
  return session?.since ?? `${today.slice(0, 4)}-01-01`;
}

/** The session, and the site's zone. */
export function useSession(): KnownSession {
  return useContext(SessionContext);
}

/** The server's time when it was last asked who is looking, epoch ms: as near as a page without a live link knows it. */
export function useAskedAt(): number {
  const { session } = useSession();
  return session ? Date.parse(session.now) : 0;
}
