/** What a sweep sees of a page: bundled and put into the browser before the page's own scripts. */
import type { Finding } from './box.ts';
import {
  findBlankCharts,
  findBoxOverlaps,
  findHiddenOverflow,
  findPageOverflow,
  findWallOverflow,
} from './boxes.ts';
import { watchCanvases } from './canvas-text.ts';
import { readCanvasPieces, readPieces } from './ink.ts';
import { findLostLayers } from './layers.ts';
import { settle, watchRequests } from './settle.ts';
import { findSmallTargets } from './targets.ts';
import {
  type Allowance,
  findCanvasCuts,
  findCuts,
  findOverlaps,
  findSmall,
  findStickingOut,
} from './texts.ts';

/** `isTouched`: whether the page is one for fingers. */
export type Looking = { isTouched: boolean; allowed: readonly Allowance[] };

/** Every fault that the page shows now. */
export function look({ isTouched, allowed }: Looking): Finding[] {
  const pieces = readPieces();
  const drawn = readCanvasPieces();
  return [
    ...findOverlaps([...pieces, ...drawn]),
    ...findCuts(pieces, allowed),
    ...findCanvasCuts(drawn),
    ...findStickingOut(pieces),
    ...findSmall([...pieces, ...drawn]),
    ...findBoxOverlaps(),
    ...findPageOverflow(),
    ...findWallOverflow(pieces),
    ...findHiddenOverflow(pieces),
    ...findBlankCharts(),
    ...findLostLayers(),
    ...(isTouched ? findSmallTargets() : []),
  ];
}

watchCanvases();
watchRequests();
Object.assign(window, { sweepEyes: { look, settle } });
