/** Boxes on the screen, in CSS pixels of the viewport. Runs in the browser. */

export type Box = { left: number; top: number; right: number; bottom: number };

/** What is wrong at one place of a page; `element` is a short selector, `text` what stands there. */
export type Finding = { kind: string; element: string; text: string; boxes: Box[] };

export const boxOf = ({ left, top, right, bottom }: Box): Box => ({ left, top, right, bottom });

export function meet(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** Whether two boxes share more than `slack` pixels both ways. */
export function overlaps(a: Box, b: Box, slack: number): boolean {
  const { left, top, right, bottom } = meet(a, b);
  return right - left > slack && bottom - top > slack;
}

/** By how many pixels a box leaves another, on its worst side; 0 or less where it lies within. */
export function excess(inner: Box, outer: Box): number {
  return Math.max(
    outer.left - inner.left,
    outer.top - inner.top,
    inner.right - outer.right,
    inner.bottom - outer.bottom,
  );
}

export const isEmpty = ({ left, top, right, bottom }: Box): boolean => right - left <= 0 || bottom - top <= 0;

/** What an element is called in a report: its class, or its tag, behind the nearest ancestor with a class. */
export function nameOf(element: Element): string {
  const own = element.classList[0] ? `.${element.classList[0]}` : element.localName;
  const above = element.parentElement?.closest('[class]');
  return above ? `.${above.classList[0]} ${own}` : own;
}

/** The wall's canvas that an element stands on; what is opened in a dialog stands on none. */
export function wallOf(element: Element | null): HTMLElement | null {
  return element?.closest('dialog') ? null : (element?.closest<HTMLElement>('.wall') ?? null);
}

/** Screen pixels to one of an element's own: other than 1 on a scaled canvas. */
export function scaleOf(element: Element | null): number {
  const canvas = wallOf(element);
  return canvas ? canvas.getBoundingClientRect().width / canvas.offsetWidth : 1;
}

/** Whether anybody can see an element: shown, opaque, and not one of the texts that only screen readers get. */
export function isShown(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { clipPath, overflowX } = getComputedStyle(at);
    if (clipPath === 'inset(50%)') return false;
    const { width, height, right } = at.getBoundingClientRect();
    if (right < 0 || (overflowX === 'hidden' && width <= 1 && height <= 1)) return false;
  }
  return true;
}

/** Whether an element paints a box of its own: a background, or lines on all four sides. */
export function isPaper(element: Element): boolean {
  const style = getComputedStyle(element);
  if (style.display === 'inline' || style.display === 'contents') return false;
  const isFilled = !/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor);
  const sides = [
    style.borderTopWidth,
    style.borderRightWidth,
    style.borderBottomWidth,
    style.borderLeftWidth,
  ];
  const isLined = sides.every((width) => Number.parseFloat(width) > 0);
  return isFilled || isLined || style.backgroundImage !== 'none';
}

/** How an element treats what leaves it, sideways and downwards. */
export function clippingOf(element: Element): { x: 'cut' | 'scroll' | null; y: 'cut' | 'scroll' | null } {
  const { overflowX, overflowY } = getComputedStyle(element);
  const kindOf = (value: string) =>
    value === 'visible'
      ? null
      : value === 'hidden' || value === 'clip'
        ? ('cut' as const)
        : ('scroll' as const);
  return { x: kindOf(overflowX), y: kindOf(overflowY) };
}
