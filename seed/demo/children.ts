/** The processes a demo starts, and their end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { DemoRefused } from './marker.ts';

const STOP_MS = 8000;

/** How processes are started: by which program, where, with which environment. */
export type Setting = { node: string; cwd: string; env: Record<string, string | undefined> };

/** A process that answers each line with one. */
export type Talk = {
  /** What a command printed; DemoRefused with its own words when it was refused. */
  ask: (...words: string[]) => Promise<string>;
  /** Lets it end. */
  end: () => void;
};

const Answer = z.object({ status: z.int(), out: z.string(), err: z.string() });

/** Everything a demo has started and not yet ended. */
export class Children {
  readonly #setting: Setting;
  readonly #running = new Set<ChildProcess>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  #spawn(args: string[], stdin: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
    const { node, cwd, env } = this.#setting;
    const child = spawn(node, args, { cwd, env: { ...env }, stdio: [stdin, 'pipe', 'pipe'] });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }

  /** Runs a script to its end and gives what it printed; DemoRefused with its own words when it fails. */
  async run(...args: string[]): Promise<string> {
    const child = this.#spawn(args);
    const printed: string[] = [];
    const said: string[] = [];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const code = await new Promise((resolve) => {
      child.once('error', resolve);
      child.once('close', resolve);
    });
    if (code !== 0)
      throw new DemoRefused(`${args.join(' ')} failed.\n${said.join('').trim() || String(code)}`);
    return printed.join('').trim();
  }

  /** Starts a script of commands, which are asked for one by one. */
  talk(...args: string[]): Talk {
    const child = this.#spawn(args, 'pipe');
    const { stdin, stdout, stderr } = child;
    if (!stdin || !stdout || !stderr) throw new Error('a child without pipes');
    let said = '';
    const closed = new Promise((resolve) => child.once('close', resolve));
    stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    // One that has ended says so by its last line.
    stdin.on('error', () => undefined);
    const lines = createInterface(stdout)[Symbol.asyncIterator]();
    let last: Promise<unknown> = Promise.resolve();
    const askNext = async (words: string[]): Promise<string> => {
      stdin.write(`${JSON.stringify(words)}\n`);
      const { value, done } = await lines.next();
      if (done) {
        // What it said last may come after its end.
        await closed;
        throw new DemoRefused(`${words.join(' ')} failed.\n${said.trim()}`);
      }
      const { status, out, err } = Answer.parse(JSON.parse(value));
      if (status !== 0) throw new DemoRefused(`${words.join(' ')} failed.\n${err.trim()}`);
      return out.trim();
    };
    return {
      ask: (...words) => {
        const answer = last.then(() => askNext(words));
        last = answer.catch(() => undefined);
        return answer;
      },
      end: () => void stdin.end(),
    };
  }

  /** Starts a process that stays, its words into a file; `ended` resolves when it is gone. */
  keep(logFile: string, ...args: string[]): { ended: Promise<void> } {
    const child = this.#spawn(args);
    const log = createWriteStream(logFile);
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    return {
      ended: new Promise((resolve) => {
        child.once('error', () => resolve());
        child.once('close', () => {
          log.end();
          resolve();
        });
      }),
    };
  }

  /** Ends what still runs: asks, and after a while no longer asks. */
  async stop(): Promise<void> {
    const gone = [...this.#running].map((child) => new Promise((resolve) => child.once('close', resolve)));
    for (const child of this.#running) child.kill('SIGTERM');
    await Promise.race([Promise.all(gone), wait(STOP_MS, undefined, { ref: false })]);
    for (const child of this.#running) child.kill('SIGKILL');
  }
}

/** Passes when nobody listens at a port; DemoRefused when somebody does. */
export async function checkPortFree(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      const words = isTaken ? `port ${port} is in use by another program` : error.message;
      reject(
        new DemoRefused(`Cannot listen on ${host}:${port}: ${words}. Choose another: PORT=3001 npm run demo`),
      );
    });
    server.listen(port, host, () => resolve());
  });
  await new Promise((resolve) => server.close(resolve));
}

/** Waits until a server says it is ready. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/readyz`, { signal }).catch(() => undefined);
    if (response?.ok) return;
    await wait(60, undefined, { signal });
  }
}
