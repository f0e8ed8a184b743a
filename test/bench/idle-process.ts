/** A process that does nothing but watch its own loop: how long the machine itself keeps a process waiting. */
import type { ChildProcess } from 'node:child_process';
import type { LoopDelay } from './loop-delay.ts';
import { askLoopDelay } from './reply.ts';
import { endProcess, type Workspace } from './workspace.ts';

export class IdleProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static start(workspace: Workspace): IdleProcess {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    return new IdleProcess(workspace.start(['test/bench/tell-loop-delay.ts'], { stdio: [...stdio] }));
  }

  takeDelay(): Promise<LoopDelay> {
    return askLoopDelay(this.#child);
  }

  end(): Promise<void> {
    return endProcess(this.#child);
  }
}
