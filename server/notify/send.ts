import type { Site } from '../site.ts';
import { sendMail } from './mail.ts';
import type { Send } from './notify.ts';
import { Undelivered } from './undelivered.ts';
import { postHook } from './webhook.ts';

/** For how long a receiver is waited for. */
const TIMEOUT_MS = 10_000;
/** For how long a whole exchange may go on: less than the lease on a message. */
const LONGEST_MS = 45_000;

/** Ends waiting, whatever a receiver does. */
async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Undelivered('no answer in time')), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends messages as the site's configuration says. */
export function createSend(
  { alerting }: Pick<Site, 'alerting'>,
  { clock, timeoutMs = TIMEOUT_MS }: { clock: () => number; timeoutMs?: number },
): Send {
  return async (channel, message) => {
    if (channel.kind === 'webhook') {
      const settings = { allowPrivateTargets: alerting.allowPrivateTargets, timeoutMs };
      await withinTime(postHook(channel, message, { settings, now: clock() }), LONGEST_MS);
      return null;
    }
    if (alerting.mail === null) throw new Undelivered('this site has no mail server');
    return withinTime(sendMail(channel, message, { ...alerting.mail, timeoutMs }), LONGEST_MS);
  };
}
