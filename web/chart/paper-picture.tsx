import { init } from 'echarts/core';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Drawing, MapShapes } from './drawing.ts';
import { readLook } from './look.ts';
import { holdMap } from './maps.ts';

/** px of CSS. */
export type Size = { width: number; height: number };

/** How large a chart is on paper: as on the screen, whose canvas is scaled as a whole, or as wide as the page. */
export type Paper = 'asOnScreen' | 'pageWide';

/** px of CSS between the margins of an upright page of A4, less the edges of a panel. */
const PAGE_PX = 680;
/** Dots to a px: about 300 an inch. */
const DOTS = 3;

/** `size` of the chart on the screen, when printing began. */
type PictureProps = { drawing: Drawing; map?: MapShapes; paper: Paper; size: Size };

/** A chart drawn once for paper, in light colours whatever the theme; the one on the screen is left as it is. */
export function PaperPicture({ drawing, map, paper, size }: PictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const [{ width: screenWidth, height }] = useState(size);
  useLayoutEffect(() => {
    const box = place.current;
    if (!box || height === 0) return;
    const width = paper === 'pageWide' ? PAGE_PX : screenWidth;
    const held = map && holdMap(map);
    const chart = init(document.createElement('div'), null, { renderer: 'canvas', width, height });
    const sheet = { width, height, ...(held && { map: held.name }) };
    chart.setOption({ ...drawing(readLook(box), sheet), animation: false });
    const picture = chart.renderToCanvas({ pixelRatio: DOTS });
    picture.removeAttribute('style');
    picture.className = 'paper-picture';
    box.replaceChildren(picture);
    chart.dispose();
    held?.release();
  }, [drawing, map, paper, screenWidth, height]);
  return <div ref={place} className="on-paper" data-theme="light" aria-hidden="true" />;
}
