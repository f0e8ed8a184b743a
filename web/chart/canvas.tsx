import { LineChart, MapChart, ScatterChart } from 'echarts/charts';
import {
  GeoComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { usePrinting } from '../printing.ts';
import type { Drawing, MapShapes } from './drawing.ts';
import { type Look, readLook } from './look.ts';
import { holdMap } from './maps.ts';
import { type Paper, PaperPicture, type Size } from './paper-picture.tsx';
import { type Spot, SpotView } from './spot.tsx';

use([
  LineChart,
  MapChart,
  ScatterChart,
  GeoComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  CanvasRenderer,
]);

type CanvasProps = {
  drawing: Drawing;
  map?: MapShapes;
  /** Hears the name of what was pressed, and in which series of the drawing it stands. */
  onPick?: (name: string, series: string) => void;
  spot?: Spot;
  /** How wide it is drawn when printed. */
  paper: Paper;
};

/** One chart for the life of its place: made once, given new options, resized with its box, let go of at the end. */
export function Canvas({ drawing, map, onPick, paper, spot }: CanvasProps) {
  const isPrinting = usePrinting();
  const host = useRef<HTMLDivElement>(null);
  const { chart, size } = useChart(host);
  const look = useLook(host);
  useEffect(() => {
    if (!chart || !look) return;
    const held = map && holdMap(map);
    chart.setOption(
      { ...drawing(look, { ...size, ...(held && { map: held.name }) }), animation: false },
      { notMerge: false, replaceMerge: ['series', 'geo'] },
    );
    return held?.release;
  }, [chart, look, drawing, map, size]);
  useEffect(() => {
    if (!chart) return;
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [chart]);
  useEffect(() => {
    if (!chart || !onPick) return;
    const pick = ({ name, seriesId = '' }: { name: string; seriesId?: string }) => onPick(name, seriesId);
    chart.on('click', pick);
    return () => {
      chart.off('click', pick);
    };
  }, [chart, onPick]);
  return (
    <>
      <div ref={host} className="chart-canvas" aria-hidden="true" />
      {spot && !isPrinting && <SpotView spot={spot} size={size} />}
      {isPrinting && <PaperPicture drawing={drawing} paper={paper} size={size} {...(map && { map })} />}
    </>
  );
}

/** Made when its box has a size; made anew when the page is scaled, so that lines stay sharp on a large wall. */
function useChart(host: RefObject<HTMLDivElement | null>): { chart: EChartsType | null; size: Size } {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [ratio, setRatio] = useState(0);
  useEffect(() => {
    const box = host.current;
    if (!box || !globalThis.ResizeObserver) return;
    const measure = () => setRatio(box.offsetWidth > 0 && box.offsetHeight > 0 ? sharpnessOf(box) : 0);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    observer.observe(document.documentElement);
    return () => observer.disconnect();
  }, [host]);
  useEffect(() => {
    const box = host.current;
    if (!box || ratio === 0) return;
    const made = init(box, null, { renderer: 'canvas', devicePixelRatio: ratio });
    const resize = () => {
      made.resize();
      const [width, height] = [made.getWidth(), made.getHeight()];
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    resize();
    const observer = new ResizeObserver(resize);
    observer.observe(box);
    setChart(made);
    return () => {
      observer.disconnect();
      setChart(null);
      made.dispose();
    };
  }, [host, ratio]);
  return { chart, size };
}

function sharpnessOf(box: HTMLElement): number {
  const scale = box.getBoundingClientRect().width / box.offsetWidth;
  return Math.max(1, Math.round(devicePixelRatio * scale * 4) / 4);
}

/** The look of the page, read again when its theme or its size changes. */
function useLook(host: RefObject<HTMLDivElement | null>): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const read = () =>
      setLook((before) => {
        const now = readLook(box);
        return JSON.stringify(before) === JSON.stringify(now) ? before : now;
      });
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
    addEventListener('resize', read);
    return () => {
      observer.disconnect();
      removeEventListener('resize', read);
    };
  }, [host]);
  return look;
}
