import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from './errors.ts';

/** What one body holds of a budget. `grow` raises it to a size, or throws AppError `tooMany`. */
type Hold = { grow: (bytes: number) => void; release: () => void };

/** Bodies held at one time, and their bytes; `open` throws AppError `tooMany` where there are too many. */
export type Budget = { open: (owner: string) => Hold };

/** How many bodies and bytes may be held. */
type Most = { bodies: number; bytes: number };

const tooMany = () => new AppError('tooMany', 'Too much waits to be taken; send this again in a moment.');

/** A budget for all, and for each owner a share, so that one who is slow or greedy leaves room; one body always fits. */
export function createBudget(most: { all: Most; each: Most }): Budget {
  const all: Most = { bodies: 0, bytes: 0 };
  const owners = new Map<string, Most>();
  return {
    open(owner) {
      const own = owners.get(owner) ?? { bodies: 0, bytes: 0 };
      const pairs = [
        [all, most.all],
        [own, most.each],
      ] as const;
      if (pairs.some(([held, limit]) => held.bodies >= limit.bodies)) throw tooMany();
      owners.set(owner, own);
      for (const [held] of pairs) held.bodies += 1;
      let bytes = 0;
      return {
        grow(size) {
          const more = Math.max(0, size - bytes);
          if (pairs.some(([held, limit]) => held.bodies > 1 && held.bytes + more > limit.bytes))
            throw tooMany();
          bytes += more;
          for (const [held] of pairs) held.bytes += more;
        },
        release() {
          for (const [held] of pairs) {
            held.bodies -= 1;
            held.bytes -= bytes;
          }
          if (own.bodies === 0) owners.delete(owner);
        },
      };
    },
  };
}

/** Whether a body is packed, and then by gzip; AppError `unsupported` for any other packing. */
export function isGzipped(request: IncomingMessage): boolean {
  const packing = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (packing !== 'identity' && packing !== 'gzip')
    throw new AppError('unsupported', 'Use UTF-8, plain or gzip.');
  return packing === 'gzip';
}

/** The body as it was before it was packed. */
function unpack(request: IncomingMessage): Readable {
  if (!isGzipped(request)) return request;
  const unpacker = createGunzip();
  request.on('error', (error) => unpacker.destroy(error));
  return request.pipe(unpacker);
}

function checkCharset(request: IncomingMessage): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    throw new AppError('unsupported', 'Use UTF-8, plain or gzip.');
}

function decode(chunks: readonly Buffer[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AppError('badInput', 'The body is not UTF-8.');
  }
}

/** What takes a body in: how many bytes it may have unpacked, and whose share of a budget it counts against. */
export type BodyLimits = { mostBytes: number; budget: Budget; owner: string };

async function collect(
  request: IncomingMessage,
  { mostBytes, hold }: { mostBytes: number; hold: Hold },
): Promise<string> {
  const tooLarge = () =>
    new AppError('tooLarge', `A batch may have ${mostBytes / 1024 / 1024} MiB unpacked.`);
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > mostBytes) throw tooLarge();
  hold.grow(announced);
  const body = unpack(request);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: body !== request }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) throw tooLarge();
      hold.grow(size);
      chunks.push(chunk);
    }
  } finally {
    if (body !== request) request.unpipe();
    request.resume();
  }
  return decode(chunks);
}

/**
 * Works on a body as text, unpacked; its bytes count as held until the work is done. Throws AppError: `tooLarge` as soon as
 * it is, `tooMany` when the budget is spent, `unsupported`, or `badInput` for one that breaks off or cannot be unpacked.
 */
export async function holdBody<T>(
  request: IncomingMessage,
  { mostBytes, budget, owner }: BodyLimits,
  work: (text: string) => Promise<T>,
): Promise<T> {
  checkCharset(request);
  const hold = budget.open(owner);
  try {
    const text = await collect(request, { mostBytes, hold }).catch((error: unknown) => {
      throw error instanceof AppError ? error : new AppError('badInput', 'The body could not be read.');
    });
    return await work(text);
  } finally {
    hold.release();
  }
}
