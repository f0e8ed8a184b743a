/** Whether the page is being put on paper. Law: what is done for paper leaves the screen and the address as they were. */
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const PRINT = 'print';
const listeners = new Set<() => void>();
let isOnPaper = false;

/** Whoever prints waits for nothing: what the page shows on paper must stand when this returns. */
function turn(next: boolean): void {
  if (next === isOnPaper) return;
  isOnPaper = next;
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

const begin = () => turn(true);
const end = () => turn(false);
const change = ({ matches }: { matches: boolean }) => turn(matches);

function subscribe(listener: () => void): () => void {
  const media = globalThis.matchMedia?.(PRINT);
  if (listeners.size === 0) {
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    media?.addEventListener('change', change);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
    media?.removeEventListener('change', change);
  };
}

/** Whether the page is being put on paper now. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isOnPaper);
}
