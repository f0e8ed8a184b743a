/** Targets too small for a finger, by WCAG 2.2, 2.5.8. Runs in the browser. */
import { type Box, boxOf, type Finding, isEmpty, isShown, nameOf } from './box.ts';
import { clip } from './texts.ts';

const LEAST = 24;
const TARGETS =
  'a[href], button, input, select, textarea, summary, [role="button"], [role="option"], [role="tab"]';

type Target = { element: Element; box: Box };

const isSmall = ({ left, right, top, bottom }: Box) => right - left < LEAST || bottom - top < LEAST;

/** Within a sentence a target is as high as the line: the exception "inline". */
function isInline(element: Element): boolean {
  if (getComputedStyle(element).display !== 'inline') return false;
  let block = element.parentElement;
  while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
  if (!block) return false;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (!parentElement?.closest(TARGETS) && /[\p{L}\d]/u.test(textContent ?? '')) return true;
  }
  return false;
}

const middleOf = ({ left, right, top, bottom }: Box) => ({ x: (left + right) / 2, y: (top + bottom) / 2 });

/** How far a point lies from a box; 0 within. */
function distance({ x, y }: { x: number; y: number }, { left, right, top, bottom }: Box): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

/** Whether a circle of 24 px about a small target is its own: touches no target and no circle of a small one. */
function isSpaced({ element, box }: Target, targets: readonly Target[]): boolean {
  const middle = middleOf(box);
  return targets.every((other) => {
    if (other.element === element) return true;
    if (distance(middle, other.box) < LEAST / 2) return false;
    const far = middleOf(other.box);
    return !isSmall(other.box) || Math.hypot(middle.x - far.x, middle.y - far.y) >= LEAST;
  });
}

/** Targets under 24 x 24 px that stand neither in a sentence nor apart from others. */
export function findSmallTargets(): Finding[] {
  const targets = [...document.querySelectorAll(TARGETS)]
    .filter((element) => !element.matches(':disabled') && isShown(element))
    .map((element) => ({ element, box: boxOf(element.getBoundingClientRect()) }))
    .filter(({ element, box }) => !isEmpty(clip(element, box).shown));
  return targets.flatMap((target) => {
    const { element, box } = target;
    if (!isSmall(box) || isInline(element) || isSpaced(target, targets)) return [];
    const size = `${Math.round(box.right - box.left)} x ${Math.round(box.bottom - box.top)}`;
    const text = `${size}: ${(element.textContent ?? '').trim()}`;
    return [{ kind: 'target-small', element: nameOf(element), text, boxes: [box] }];
  });
}
