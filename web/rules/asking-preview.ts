import { useEffect, useRef, useState } from 'react';
import type { PreviewAnswer, PreviewOrder } from '../../shared/preview.ts';
import { askPreview } from '../api.ts';

const DEBOUNCE_MS = 150;
const SLOW_MS = 1_500;

/**
 * What is known of a preview: the newest answer, whether it is of an older draft, and what became of the last question.
 * `slow`: asked, and no answer for longer than usual.
 */
export type PreviewState = {
  answer: PreviewAnswer | null;
  stage: 'fresh' | 'asking' | 'slow' | 'failed' | 'broken';
  error: Error | null;
};

const EMPTY: PreviewState = { answer: null, stage: 'asking', error: null };

/**
 * Asks for a preview as the order changes, 150 ms after the last change; null asks for nothing, as a draft does that is no
 * rule. A newer question ends the older one; the newest answer stays while the next is on its way.
 */
export function usePreview(order: PreviewOrder | null): PreviewState & { retry: () => void } {
  const [state, setState] = useState(EMPTY);
  const [tries, setTries] = useState(0);
  const key = order === null ? null : JSON.stringify(order);
  const newest = useRef(order);
  newest.current = order;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks the same again
  useEffect(() => {
    const wanted = newest.current;
    if (key === null || wanted === null) {
      setState((before) => ({ ...before, stage: 'broken', error: null }));
      return;
    }
    const abort = new AbortController();
    const tell = (next: (before: PreviewState) => PreviewState) => {
      if (!abort.signal.aborted) setState(next);
    };
    setState((before) => ({ ...before, stage: 'asking', error: null }));
    const slow = setTimeout(() => tell((before) => ({ ...before, stage: 'slow' })), DEBOUNCE_MS + SLOW_MS);
    const ask = setTimeout(() => {
      askPreview(wanted, abort.signal)
        .then(
          (answer) => tell(() => ({ answer, stage: 'fresh', error: null })),
          (error: Error) => tell((before) => ({ ...before, stage: 'failed', error })),
        )
        .finally(() => clearTimeout(slow));
    }, DEBOUNCE_MS);
    return () => {
      abort.abort();
      clearTimeout(ask);
      clearTimeout(slow);
    };
  }, [key, tries]);
  return { ...state, retry: () => setTries((count) => count + 1) };
}
