import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/**
 * How many of at most so many rows fit where the element at `ref` has a box of a given height around it: rows are left out until
 * what stands below them is whole. `content` names what is shown; where that becomes another it is counted anew.
 */
export function useFittingRows(ref: RefObject<HTMLElement | null>, rows: number, content: string): number {
  const key = `${rows} ${content}`;
  const [{ of, fit }, setFit] = useState({ of: key, fit: rows });
  const shown = of === key ? fit : rows;
  useLayoutEffect(() => {
    if (overflows(ref.current) && shown > 1) setFit({ of: key, fit: shown - 1 });
  }, [ref, key, shown]);
  useEffect(() => {
    const element = ref.current;
    const box = element?.parentElement;
    if (!element || !box || !globalThis.ResizeObserver) return;
    let height = box.clientHeight;
    const observer = new ResizeObserver(() => {
      const isOther = box.clientHeight !== height;
      height = box.clientHeight;
      if (isOther) setFit({ of: key, fit: rows });
      // Fonts that come late make lines longer.
      else if (overflows(element)) setFit((last) => ({ of: key, fit: Math.max(1, last.fit - 1) }));
    });
    observer.observe(box);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, key, rows]);
  return shown;
}

/** Whether an element is higher than its box, of which a fraction of a pixel says nothing. */
function overflows(element: HTMLElement | null): boolean {
  const box = element?.parentElement;
  return !!element && !!box && element.offsetHeight > box.clientHeight + 1;
}
