/**
 * A parser for Socket.IO clients that looks no further into frames and answers than their kind and numbers. A thousand
 * viewers on the server's own machine would otherwise cost it what in life a thousand machines bear.
 */
import { EventEmitter } from 'node:events';

type Packet = { type: number; nsp: string; id?: number; data?: unknown };

const EVENT = 2;
const ACK = 3;
/** Where the numbers of a frame or an answer stand: before anything long. */
const HEAD_CHARS = 400;

const readNumber = (head: string, name: string): number | undefined => {
  const found = new RegExp(`"${name}":(\\d+)`).exec(head)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** The kind and numbers of an answer or frame; undefined when its head does not tell them. */
function skim(text: string): object | undefined {
  const head = text.slice(0, HEAD_CHARS);
  const seq = readNumber(head, 'seq');
  if (seq === undefined) return undefined;
  return { type: /"type":"(\w+)"/.exec(head)?.[1], prev: readNumber(head, 'prev'), seq };
}

function readPayload(type: number, text: string): unknown {
  if (text === '') return undefined;
  const isFrame = type === EVENT && text.startsWith('["frame",');
  const skimmed = isFrame || type === ACK ? skim(text) : undefined;
  if (!skimmed) return JSON.parse(text);
  return isFrame ? ['frame', skimmed] : [skimmed];
}

class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    const space = nsp === '/' ? '' : `${nsp},`;
    return [`${type}${space}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

class Decoder extends EventEmitter {
  add(text: string): void {
    const [head, type = '', nsp = '/', id] = /^(\d)(?:(\/[^,]*),)?(\d+)?/.exec(text) ?? [''];
    const data = readPayload(Number(type), text.slice(head.length));
    const number = id === undefined ? {} : { id: Number(id) };
    this.emit('decoded', { type: Number(type), nsp, ...number, data } satisfies Packet);
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

/** For the option `parser` of a client. */
export const LIGHT_PARSER = { Encoder, Decoder };
