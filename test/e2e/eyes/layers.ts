/** What lies over a page while it is open: menus, tips, the lock. Runs in the browser. */
import { boxOf, excess, type Finding, isPaper, isShown, nameOf, wallOf } from './box.ts';

/** From here on an element that is placed by itself is one that something has opened. */
const LEAST_HEIGHT = 10;

function isLayer(element: Element): boolean {
  if (element.matches('dialog[open]')) return true;
  const { position, zIndex } = getComputedStyle(element);
  const isPlaced = position === 'absolute' || position === 'fixed';
  return isPlaced && Number(zIndex) >= LEAST_HEIGHT && isPaper(element);
}

/** The layer an element belongs to; null: the page. What lies under a layer is covered by it, not written over. */
export function layerOf(element: Element): Element | null {
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    if (isLayer(at)) return at;
  }
  return null;
}

/** Layers that leave the screen where nobody can scroll to. */
export function findLostLayers(): Finding[] {
  return [...document.body.querySelectorAll('*')].flatMap((element) => {
    if (!isLayer(element) || !isShown(element)) return [];
    const box = boxOf(element.getBoundingClientRect());
    const isFixed = getComputedStyle(element).position === 'fixed' || wallOf(element) !== null;
    const bottom = isFixed ? innerHeight : Number.POSITIVE_INFINITY;
    const top = isFixed ? 0 : -scrollY;
    if (excess(box, { left: 0, top, right: innerWidth, bottom }) <= 1) return [];
    const text = (element.textContent ?? '').slice(0, 80);
    return [{ kind: 'layer-lost', element: nameOf(element), text, boxes: [box] }];
  });
}
