/** The maps that ECharts knows. It never forgets one, so names are used again: there are few, however many are ever drawn. */
import { registerMap } from 'echarts/core';
import type { DrawnMap } from '../outline.ts';

type Shapes = DrawnMap['shapes'];

/** A registered map, for as long as a drawing needs it. */
export type HeldMap = { name: string; release: () => void };

type Slot = { name: string; content: string; holders: number };

/** Maps that stay registered though nobody draws them: the way back is quick. */
const KEPT_MAPS = 6;

/** Least recently held first. */
const slots: Slot[] = [];
const contents = new WeakMap<Shapes, string>();

/** How many maps are registered: at most six, or as many as are held at once. */
export function countMaps(): number {
  return slots.length;
}

/** Registers shapes, once for the same content, under a name that stays theirs until `release`. */
export function holdMap(shapes: Shapes): HeldMap {
  const content = contents.get(shapes) ?? JSON.stringify(shapes);
  contents.set(shapes, content);
  const slot = slots.find((known) => known.content === content) ?? fillSlot(content);
  slots.splice(slots.indexOf(slot), 1);
  slots.push(slot);
  slot.holders += 1;
  let isHeld = true;
  const release = () => {
    if (isHeld) slot.holders -= 1;
    isHeld = false;
  };
  return { name: slot.name, release };
}

function fillSlot(content: string): Slot {
  const idle = slots.length < KEPT_MAPS ? undefined : slots.find(({ holders }) => holders === 0);
  const slot = idle ?? { name: `map-${slots.length}`, content, holders: 0 };
  if (idle) idle.content = content;
  else slots.push(slot);
  registerMap(slot.name, content);
  return slot;
}
