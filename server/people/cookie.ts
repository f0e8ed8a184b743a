import type { ServerResponse } from 'node:http';
import { COOKIE } from './callers.ts';

/** For how long the browser keeps it: a display's for a year, a person's until it is closed. */
export type CookieLife = 'year' | 'browser' | 'over';

const LIVES: Record<CookieLife, string> = { year: '; Max-Age=31536000', browser: '', over: '; Max-Age=0' };

/** Sets the cookie of a session, or takes it away; never over plain http where the site is https. */
export function setCookie(
  response: ServerResponse & { req: { secure?: boolean } },
  secret: string,
  life: CookieLife,
): void {
  const secure = response.req.secure ? '; Secure' : '';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${LIVES[life]}${secure}`;
  response.setHeader('Set-Cookie', `${COOKIE}=${secret}; ${attributes}`);
}
