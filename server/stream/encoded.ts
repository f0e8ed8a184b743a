import type { Server } from 'socket.io';

/** An answer as it goes over the wire, made once for however many ask for it. */
export class Encoded {
  readonly json: string;

  constructor(value: unknown) {
    this.json = JSON.stringify(value);
  }
}

/** Lets a server send encoded answers as they are: it would encode the same anew for each of a thousand viewers. */
export function sendEncoded({ encoder }: Server): void {
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const data: unknown = packet.data;
    const first: unknown = Array.isArray(data) ? data[0] : undefined;
    if (!(first instanceof Encoded)) return encode(packet);
    const [head = ''] = encode({ ...packet, data: undefined }) as string[];
    return [`${head}[${first.json}]`];
  };
}

/** The newest answers kept, by what was asked and the number they are of; many ask the same at the same time. */
export type AnswerCache = {
  get: (key: string, seq: number, read: () => Promise<unknown>) => Promise<Encoded>;
};

/** Answers of the largest units are about 100 kB. */
const MOST_KEPT = 64;

/** A cache of answers: one is read once per number, however many wait for it; one that failed is not kept. */
export function createAnswerCache(): AnswerCache {
  const kept = new Map<string, { seq: number; answer: Promise<Encoded> }>();
  return {
    get(key, seq, read) {
      const known = kept.get(key);
      if (known?.seq === seq) return known.answer;
      const answer = read().then((value) => new Encoded(value));
      kept.delete(key);
      kept.set(key, { seq, answer });
      answer.catch(() => {
        if (kept.get(key)?.answer === answer) kept.delete(key);
      });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return answer;
    },
  };
}
