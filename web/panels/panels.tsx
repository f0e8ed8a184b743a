/** The registry of panels. Law: every kind of panel that a board may name has one entry, or this does not compile. */
import { createElement, type ReactNode } from 'react';
import type { Panel, PanelKind, PanelOf } from '../../shared/board.ts';
import { type BoardView, chooseIndicator } from '../board-view.ts';
import { useFiguresOf, useTileFigures } from '../figures/asked.ts';
import { useFigures } from '../figures.ts';
import { laterPart } from '../part.ts';
import { AlertStrip } from './alert-strip.tsx';
import type { PanelEntry, PanelProps, PanelTable, Part } from './entry.ts';
import { KeyFigures } from './key-figures.tsx';
import { MapBox } from './map-box.tsx';
import { RankingPanel } from './ranking.tsx';
import { LiveStrip } from './strip.tsx';

const loadLater = async () => (await import('./later.tsx')).LATER;

/** The indicator a panel tells: its own, or the one that is chosen. */
const indicatorOf = ({ indicator }: { indicator?: string | undefined }, view: BoardView) =>
  indicator === undefined ? view.indicator : chooseIndicator(indicator);

function Key({ panel: { tiles, title }, view: { ref, figures: live } }: PanelProps<'keyFigures'>) {
  const figures = useTileFigures(live, tiles);
  const today = useFigures(ref, 'day');
  const month = useFigures(ref, 'month');
  return <KeyFigures unit={ref} {...{ figures, today, month, tiles, title }} />;
}

function MapPlace({ panel, view }: PanelProps<'map'>) {
  const indicator = indicatorOf(panel, view);
  const figures = useFiguresOf(view.figures, indicator);
  return <MapBox panel={panel} view={{ ...view, figures }} indicator={indicator} />;
}

function Ranking({ panel, view }: PanelProps<'ranking'>) {
  const indicator = indicatorOf(panel, view);
  return (
    <RankingPanel
      figures={useFiguresOf(view.figures, indicator)}
      indicator={indicator}
      {...(panel.rows !== undefined && { rows: panel.rows })}
    />
  );
}

function Strip({ panel, view }: PanelProps<'strip'>) {
  const { own, feeds } = panel;
  const indicator = indicatorOf(panel, view);
  return <LiveStrip figures={useFiguresOf(view.figures, indicator)} {...{ indicator, own, feeds }} />;
}

function Alerts({ panel: { feeds, units, steps } }: PanelProps<'alerts'>) {
  return <AlertStrip {...{ feeds, units, steps }} />;
}

/** One entry for each kind of panel. */
export const PANELS = {
  keyFigures: { needs: 'nothing', Show: Key },
  fieldFigures: { needs: 'unit', Show: laterPart(async () => (await loadLater()).fieldFigures) },
  map: { needs: 'nothing', Show: MapPlace, part: () => 'below' },
  ranking: { needs: 'nothing', Show: Ranking },
  trend: { needs: 'unit', Show: laterPart(async () => (await loadLater()).trend), part: () => 'trend' },
  breakdown: {
    needs: 'unit',
    Show: laterPart(async () => (await loadLater()).breakdown),
    part: ({ by }) => by,
  },
  dossiers: {
    needs: 'unit',
    Show: laterPart(async () => (await loadLater()).dossiers),
    part: () => 'dossiers',
  },
  due: { needs: 'unit', Show: laterPart(async () => (await loadLater()).due), part: () => 'due' },
  passedOn: {
    needs: 'unit',
    Show: laterPart(async () => (await loadLater()).passedOn),
    part: () => 'dossiers',
  },
  absent: { needs: 'unit', Show: laterPart(async () => (await loadLater()).absent) },
  form: { needs: 'unit', Show: laterPart(async () => (await loadLater()).form), part: () => 'form' },
  strip: { needs: 'nothing', Show: Strip },
  alerts: { needs: 'nothing', Show: Alerts },
  systems: { needs: 'unit', Show: laterPart(async () => (await loadLater()).systems) },
  phases: { needs: 'unit', Show: laterPart(async () => (await loadLater()).phases) },
  index766: { needs: 'unit', Show: laterPart(async () => (await loadLater()).index766) },
  origin: { needs: 'unit', Show: laterPart(async () => (await loadLater()).origin) },
} as const satisfies PanelTable;

const TABLE: PanelTable = PANELS;

function show<K extends PanelKind>(kind: K, panel: PanelOf<K>, view: BoardView): ReactNode {
  const entry: PanelEntry<K> = TABLE[kind];
  if (entry.needs === 'nothing') return createElement(entry.Show, { panel, view });
  const { unit } = view;
  return unit && createElement(entry.Show, { panel, view: { ...view, unit } });
}

/** A panel with what a board shows; nothing while it needs a unit that is not known. */
export function PanelPlace({ panel, view }: { panel: Panel; view: BoardView }): ReactNode {
  return show(panel.kind, panel, view);
}

function findPart<K extends PanelKind>(kind: K, panel: PanelOf<K>): Part | undefined {
  const entry: PanelEntry<K> = TABLE[kind];
  return entry.part?.(panel);
}

/** Which part of a page a panel is, where one can jump to it. */
export function partOf(panel: Panel): Part | undefined {
  return findPart(panel.kind, panel);
}
