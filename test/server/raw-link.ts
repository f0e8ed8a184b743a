/** A viewer's link without a library: many cost little, and it can do what no library would. */
import { connect, type Socket } from 'node:net';

/** A websocket to the server. `next` gives the beginning of the next whole message; `closed` holds once it is over. */
export type RawLink = {
  socket: Socket;
  send: (text: string) => void;
  next: () => Promise<string>;
  closed: Promise<void>;
};

/** Enough of a message to know it by. */
const HEAD_CHARS = 200;

type Message = { from: number; bytes: number };

/** The message that begins at the start of some bytes, as far as its length can be read; a server's have no mask. */
function findMessage(bytes: Buffer): Message | undefined {
  const short = (bytes[1] ?? 0) & 127;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < from) return undefined;
  if (short < 126) return { from, bytes: short };
  return { from, bytes: short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)) };
}

/** Cuts what comes into messages, of which only the beginnings are kept. */
function createCutter(tell: (head: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let missing = 0;
  let head = '';
  return (chunk) => {
    const skipped = Math.min(missing, chunk.length);
    missing -= skipped;
    if (skipped > 0 && missing === 0) tell(head);
    rest = Buffer.concat([rest, chunk.subarray(skipped)]);
    for (let message = findMessage(rest); message; message = findMessage(rest)) {
      const body = rest.subarray(message.from, message.from + message.bytes);
      head = body.subarray(0, HEAD_CHARS).toString();
      missing = message.bytes - body.length;
      rest = rest.subarray(message.from + body.length);
      if (missing === 0) tell(head);
    }
  };
}

/** A text as a browser frames it, under a mask of zeros. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const size = body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...size, 0, 0, 0, 0]), body]);
}

/** Opens a websocket and answers its pings, so that silence is not what ends it. */
export function openRawLink(url: string): RawLink {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const key = Buffer.alloc(16, 1).toString('base64');
  const head = [
    ...['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', 'host: x', 'connection: upgrade'],
    ...['upgrade: websocket', 'sec-websocket-version: 13', `sec-websocket-key: ${key}`],
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const told: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  const send = (text: string) => void socket.write(frame(text));
  const cut = createCutter((text) => {
    if (text === '2') send('3');
    else if (waiting.length > 0) waiting.shift()?.(text);
    else told.push(text);
  });
  let hasHead = false;
  socket.on('data', (chunk: Buffer) => {
    if (hasHead) return cut(chunk);
    hasHead = true;
    cut(chunk.subarray(chunk.indexOf('\r\n\r\n') + 4));
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  const next = () =>
    new Promise<string>((resolve) => {
      const known = told.shift();
      if (known === undefined) waiting.push(resolve);
      else resolve(known);
    });
  return { socket, send, next, closed };
}

/** A link that was let into the live room with a token. */
export async function enterRaw(url: string, token: string): Promise<RawLink> {
  const link = openRawLink(url);
  await link.next();
  link.send(`40/live,${JSON.stringify({ token })}`);
  const answer = await link.next();
  if (!answer.startsWith('40/live,')) throw new Error(`not let in: ${answer}`);
  return link;
}
