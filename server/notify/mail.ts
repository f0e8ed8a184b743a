/** Sends a message by SMTP. The password stays in the server's address, which is never logged. */
import { createTransport } from 'nodemailer';
import type { AlertingConfig } from '../../shared/config.ts';
import type { Notification } from '../../shared/notification.ts';
import { writeMail } from './mail-text.ts';
import { listAddresses } from './target.ts';
import { Undelivered } from './undelivered.ts';

/** `timeoutMs`: for each step of the exchange. */
export type MailSettings = NonNullable<AlertingConfig['mail']> & { timeoutMs: number };

/** Why an exchange failed, without what the server said: that may name addresses. */
function explain(error: unknown): Undelivered {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const said = typeof responseCode === 'number' ? `, the server answered ${responseCode}` : '';
  return new Undelivered(`the mail was not taken (${typeof code === 'string' ? code : 'error'}${said})`);
}

const domainOf = (from: string): string => /@([\w.-]+)/.exec(from)?.[1] ?? 'ioc.invalid';

/** Sends a message to the addresses of a target; gives what was refused where some were. Throws `Undelivered`. */
export async function sendMail(
  { target }: { target: string },
  message: Notification,
  { server, from, timeoutMs }: MailSettings,
): Promise<string | null> {
  const transport = createTransport({
    ...{ url: server, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ dnsTimeout: timeoutMs, disableFileAccess: true, disableUrlAccess: true },
  });
  const to = listAddresses(target);
  try {
    const { rejected } = await transport.sendMail({
      ...{ from, to, ...writeMail(message) },
      messageId: `<${message.key}@${domainOf(from)}>`,
      headers: {
        ...{ 'Idempotency-Key': message.key, 'Auto-Submitted': 'auto-generated' },
        'X-Auto-Response-Suppress': 'All',
      },
    });
    return rejected.length === 0 ? null : `${rejected.length} of ${to.length} recipients were refused`;
  } catch (error) {
    throw explain(error);
  } finally {
    transport.close();
  }
}
