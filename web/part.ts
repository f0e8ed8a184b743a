/** Parts of the page that arrive later. Law: a part that does not come leaves its place waiting, never the page blank. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { probeHealth } from './api/probe.ts';
import { retryPause } from './live/stage.ts';
import { reloadFor } from './reload.ts';

/** So many failures while the server answers mean that it has the part no more: the page is of an older build. */
const FAILURES_BORNE = 3;

type Trying = { pause: (ms: number) => Promise<void>; isServed: () => Promise<boolean>; giveUp: () => void };

const TRYING: Trying = {
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  isServed: probeHealth,
  giveUp: () => reloadFor(''),
};

/** What `load` brings, tried again until it comes; meanwhile the page is loaded anew where only that helps. */
export async function keepLoading<T>(load: () => Promise<T>, trying: Trying = TRYING): Promise<T> {
  let served = 0;
  for (let failures = 1; ; failures += 1) {
    try {
      return await load();
    } catch {
      await trying.pause(retryPause(failures, Math.random()));
      if (await trying.isServed()) served += 1;
      if (served >= FAILURES_BORNE) trying.giveUp();
    }
  }
}

/** A component that is loaded when it is first shown. */
export function laterPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await keepLoading(load) }));
}
