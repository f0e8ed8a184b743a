/** The bare Socket.IO server of `plain-broadcast.ts`, started and ordered about. */
import type { ChildProcess } from 'node:child_process';
import type { LoopDelay } from './loop-delay.ts';
import type { Answer, Order } from './plain-broadcast.ts';
import { ask, hear } from './reply.ts';
import { endProcess, type Workspace } from './workspace.ts';

export class PlainServer {
  readonly #child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(workspace: Workspace): Promise<PlainServer> {
    const child = workspace.start(['test/bench/plain-broadcast.ts'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const hello = await hear<Answer>(child);
    if (hello.type !== 'listening') throw new Error('the bare server does not listen');
    return new PlainServer(child, hello.port);
  }

  async #ask<T extends Answer['type']>(order: Order, type: T): Promise<Extract<Answer, { type: T }>> {
    const answer = await ask<Answer>(this.#child, order);
    if (answer.type !== type) throw new Error(`the bare server answered ${answer.type}`);
    return answer as Extract<Answer, { type: T }>;
  }

  /** Emits a frame so many times, so far apart; gives when each began, with the number it carried. */
  async emit(order: Omit<Extract<Order, { type: 'emit' }>, 'type'>): Promise<{ at: number; seq: number }[]> {
    const { ats } = await this.#ask({ type: 'emit', ...order }, 'emitted');
    return ats.map((at, index) => ({ at, seq: index + 1 }));
  }

  /** From now on `watch` is answered by this. */
  async answerBy(answer: object): Promise<void> {
    await this.#ask({ type: 'answerBy', answer }, 'ready');
  }

  takeDelay(): Promise<LoopDelay> {
    return this.#ask({ type: 'delay' }, 'delay');
  }

  stop(): Promise<void> {
    return endProcess(this.#child);
  }
}
