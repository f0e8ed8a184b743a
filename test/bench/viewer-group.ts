/** Viewers spread over processes of their own, ordered about together. */
import type { ChildProcess } from 'node:child_process';
import { PROVINCE } from '../../seed/province/departments.ts';
import { ask } from './reply.ts';
import type { Arrivals } from './viewer.ts';
import type { Answer, Order } from './viewers.ts';
import { endProcess, type Workspace } from './workspace.ts';

/** Viewers of one process: on two cores more than two processes only take turns. */
const MOST_EACH = 500;

type Collected = { viewers: Arrivals[]; frames: unknown[]; answer: unknown };

export class ViewerGroup {
  readonly count: number;
  readonly #children: ChildProcess[];

  constructor(workspace: Workspace, count: number) {
    this.count = count;
    this.#children = Array.from({ length: Math.ceil(count / MOST_EACH) }, () =>
      workspace.start(['test/bench/viewers.ts'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
  }

  async #askAll<T extends Answer['type']>(orders: Order | ((index: number) => Order), type: T) {
    const answers = await Promise.all(
      this.#children.map((child, index) =>
        ask<Answer>(child, typeof orders === 'function' ? orders(index) : orders),
      ),
    );
    return answers.map((answer) => {
      if (answer.type !== type) throw new Error(`the viewers answered ${answer.type}`);
      return answer as Extract<Answer, { type: T }>;
    });
  }

  /** All viewers come to a server and watch the province. */
  async open(url: string): Promise<void> {
    const share = (index: number) =>
      Math.floor(this.count / this.#children.length) + (index < this.count % this.#children.length ? 1 : 0);
    await this.#askAll((index) => ({ type: 'open', url, count: share(index), unit: PROVINCE }), 'opened');
  }

  /** Forgets what arrived until now. */
  async forget(): Promise<void> {
    await this.#askAll({ type: 'forget' }, 'forgotten');
  }

  /** All lose their connection and come back at once, knowing what they knew or nothing; ms until each was answered. */
  async comeBack(knows: boolean): Promise<number[]> {
    const answers = await this.#askAll({ type: 'comeBack', knows }, 'back');
    return answers.flatMap(({ tookMs }) => tookMs);
  }

  /** What arrived at each; frames and last answer of one of them. */
  async collect(): Promise<Collected> {
    const answers = await this.#askAll({ type: 'collect' }, 'arrivals');
    const [first] = answers;
    return {
      viewers: answers.flatMap(({ viewers }) => viewers),
      frames: first?.frames ?? [],
      answer: first?.answer,
    };
  }

  /** All leave the server. */
  async leave(): Promise<void> {
    await this.#askAll({ type: 'close' }, 'closed');
  }

  /** Ends the processes. */
  async end(): Promise<void> {
    await Promise.all(this.#children.map(endProcess));
  }
}
