import { COMPONENTS, type Component } from '../../shared/index766-components.ts';
import type { Format } from '../format.ts';

const byId = new Map(COMPONENTS.map((component) => [component.id, component]));

/** A component by its id; undefined for one that this build does not know. */
export const findComponent = (id: string): Component | undefined => byId.get(id);

/** A difference with its sign: `+0,52`, `−1,10`. */
export function writeChange(format: Format, change: number): string {
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${format.fine(Math.abs(change))}`;
}
