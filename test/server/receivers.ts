/** Real receivers on loopback: a web server that takes posts, a mail server that takes mails. What they take, they keep. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Notification } from '../../shared/notification.ts';

/** What a receiver does with the next post: a status, a status with headers, or nothing at all. */
type Reply = number | { status: number; headers: Record<string, string> } | 'silence';

export type Hook = {
  url: string;
  posts: { headers: IncomingHttpHeaders; body: string }[];
  /** What comes of the next posts, in order; 200 afterwards. */
  replies: Reply[];
  /** The posts as they are documented. */
  messages: () => Notification[];
  close: () => Promise<void>;
};

/** A web server that takes posts. */
export async function openHook(port = 0): Promise<Hook> {
  const posts: Hook['posts'] = [];
  const replies: Reply[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const reply = replies.shift() ?? 200;
      if (reply === 'silence') return;
      if (typeof reply === 'number') response.writeHead(reply).end('as you say');
      else response.writeHead(reply.status, reply.headers).end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return {
    ...{ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posts, replies },
    messages: () => posts.map(({ body }) => Notification.parse(JSON.parse(body))),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** A mail as a reader sees it. */
export type Mail = {
  from: string;
  to: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
};

export type Mailbox = {
  url: string;
  mails: Mail[];
  /** What the server says to the next mails: an SMTP code, or nothing at all. */
  replies: (number | 'silence')[];
  /** Addresses that it does not know. */
  unknown: Set<string>;
  close: () => Promise<void>;
};

const decodeWord = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_all, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString()
        : decodeQuoted(word.replaceAll('_', ' ')),
    );

function decodeQuoted(text: string): string {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}

function splitPart(raw: string): { headers: Record<string, string>; body: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      decodeWord(line.slice(line.indexOf(':') + 1).trim()),
    ]),
  );
  return { headers, body: rest.join('\r\n\r\n') };
}

function decodeBody({ headers, body }: ReturnType<typeof splitPart>): string {
  const encoding = headers['content-transfer-encoding'] ?? '7bit';
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return encoding === 'quoted-printable' ? decodeQuoted(body) : body;
}

/** Reads a mail of two parts, plain and HTML. */
function readMail(raw: string): Pick<Mail, 'headers' | 'text' | 'html'> {
  const { headers, body } = splitPart(raw);
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const parts = body.split(`--${boundary}`).map((part) => splitPart(part.replace(/^\r\n/, '')));
  const find = (type: string) => parts.find((part) => part.headers['content-type']?.startsWith(type));
  const read = (type: string) => {
    const part = find(type);
    return part ? decodeBody(part) : '';
  };
  return { headers, text: read('text/plain'), html: read('text/html') };
}

/** A mail server that takes mails from whoever signs in as `ioc` with the password `very secret`. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const replies: Mailbox['replies'] = [];
  const unknown = new Set<string>();
  const server = new SMTPServer({
    ...{ hideSTARTTLS: true, allowInsecureAuth: true, authMethods: ['PLAIN', 'LOGIN'] },
    onAuth({ username, password }, _session, done) {
      const isKnown = username === 'ioc' && password === 'very secret';
      if (isKnown) done(null, { user: username });
      else done(new Error('who are you'));
    },
    onRcptTo({ address }, _session, done) {
      done(unknown.has(address) ? Object.assign(new Error(`no ${address}`), { responseCode: 550 }) : null);
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const reply = replies.shift() ?? 250;
        if (reply === 'silence') return;
        if (reply !== 250) return done(Object.assign(new Error('not now'), { responseCode: reply }));
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, ...readMail(Buffer.concat(chunks).toString()) });
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  const listening = await new Promise<AddressInfo>((resolve) => {
    const opened = server.listen(0, '127.0.0.1', () => resolve(opened.address() as AddressInfo));
  });
  return {
    ...{ url: `smtp://ioc:very%20secret@127.0.0.1:${listening.port}`, mails, replies, unknown },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
