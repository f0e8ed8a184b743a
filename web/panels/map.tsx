import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import { type Figure, type Indicator, SMALL_COUNT } from '../../shared/indicator.ts';
import { mapQuery } from '../api.ts';
import { type Cells, judgeCells, type LegendEntry, readFigure } from '../chart/cells.ts';
import { escapeMarkup } from '../chart/drawing.ts';
import { drawCells } from '../chart/map-drawing.ts';
import { Chart, type ChartTable } from '../chart.tsx';
import { bareName } from '../figures/names.ts';
import { SEAMS } from '../outline/seams.ts';
import type { DrawnMap } from '../outline.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { keepLoading } from '../part.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { CellsList } from './cells-list.tsx';
import { PanelStead } from './frame.tsx';
import { KindSample } from './kind-sample.tsx';

type MapPanelProps = {
  unit: UnitView;
  on: string;
  indicator: Indicator;
  /** By id of the child. */
  figures: ReadonlyMap<number, Figure>;
  units: readonly UnitView[];
  onPick: (unit: UnitView) => void;
  /** CSS height of the map itself; without it the map fills the place it stands in, which then needs a height. */
  height?: string;
};

/**
 * The children of a unit as cells of a map, coloured by an indicator; a click, or Enter in its list, picks one.
 * Stands in a panel's body. Children without a place are named below it.
 */
export function MapPanel({ unit, on, indicator, figures, units, onPick, height }: MapPanelProps) {
  const { t } = useLanguage();
  const { data, error, refetch } = useDrawnMap(unit.ref, on);
  const state = usePanelState(toldBy({ data, error }));
  if (!data) return <PanelStead state={state} retry={() => void refetch()} />;
  const placed = units.filter((child) => data.labels.has(child.id));
  if (placed.length === 0) return <p className="panel-empty">{t('map.none')}</p>;
  return <CellsMap {...{ unit, indicator, figures, onPick, drawn: data, units, placed, height }} />;
}

/** Places and shapes of a unit's map; the geometry comes with the charts, after the first figures. */
function useDrawnMap(ref: string, on: string) {
  const { data: map, error, refetch, dataUpdatedAt } = useQuery(mapQuery({ unit: ref, on }));
  const drawn = useQuery({
    queryKey: ['drawnMap', ref, on, dataUpdatedAt],
    queryFn: async (): Promise<DrawnMap | null> => {
      const { drawMap } = await keepLoading(() => import('../outline.ts'));
      return map ? drawMap(map) : null;
    },
    placeholderData: (before, query) =>
      query?.queryKey[1] === ref && query.queryKey[2] === on ? before : undefined,
    enabled: map !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { data: drawn.data ?? undefined, error: error ?? drawn.error, refetch };
}

type CellsMapProps = Omit<MapPanelProps, 'on' | 'height'> & {
  drawn: DrawnMap;
  placed: readonly UnitView[];
  height: string | undefined;
};

function CellsMap({ unit, indicator, figures, units, placed, drawn, onPick, height }: CellsMapProps) {
  const language = useLanguage();
  const { t, say } = language;
  const [chosen, choose] = useState<number | null>(null);
  const cells = useMemo(
    () =>
      judgeCells(
        indicator,
        placed.map(({ id }) => id),
        figures,
      ),
    [indicator, placed, figures],
  );
  const drawing = useMemo(() => {
    const byId = new Map(placed.map((child) => [child.id, child]));
    const nameOf = (id: number) => say(byId.get(id)?.name ?? { vi: '', en: '' });
    return drawCells({
      labels: drawn.labels,
      hasSeams: drawn.shapes.features.some((shape) => shape.properties.name === SEAMS),
      cells,
      chosen,
      name: (id) => bareName(nameOf(id)),
      tip: (id) => tipOf(nameOf(id), figures.get(id), { indicator, language }),
    });
  }, [drawn, placed, cells, chosen, figures, indicator, language, say]);
  const pick = (name: string) => {
    const child = placed.find(({ id }) => String(id) === name);
    if (child) onPick(child);
  };
  const label = t('cells.label', {
    unit: say(unit.name),
    indicator: say(indicator.words),
    count: placed.length,
  });
  return (
    <div className="cells" data-fill={height === undefined || undefined}>
      <Chart
        drawing={drawing}
        map={drawn.shapes}
        label={label}
        table={tableOf(placed, figures, { cells, indicator, language })}
        onPick={pick}
        {...(height !== undefined && { height })}
      >
        <Legend cells={cells} indicator={indicator} total={placed.length} />
        <Aside units={units} placed={placed} />
      </Chart>
      <CellsList units={placed} onChoose={choose} onPick={onPick} />
    </div>
  );
}

function Legend({ cells, indicator, total }: { cells: Cells; indicator: Indicator; total: number }) {
  const { t } = useLanguage();
  const critical = cells.legend.find(({ kind }) => kind === 'critical')?.count ?? 0;
  return (
    <>
      {cells.legend.map((entry) => (
        <span key={entry.kind} className="chart-key">
          <KindSample kind={entry.kind} />
          <LegendText entry={entry} indicator={indicator} />
        </span>
      ))}
      {critical > 0 && <span>{t('cells.share', { count: critical, total })}</span>}
    </>
  );
}

function LegendText({ entry, indicator }: { entry: LegendEntry; indicator: Indicator }) {
  const language = useLanguage();
  const { t, say } = language;
  const { kind, count } = entry;
  if (kind === 'none') return `${t('cells.none')} (${count})`;
  if (kind === 'few')
    return `${t('cells.few', { limit: SMALL_COUNT, noun: say(indicator.noun) })} (${count})`;
  return wordBounds(entry, indicator, language);
}

/** From where to where the values of a kind go: `từ 90 %`, `80 – 90 %`, `3 – 4`. */
function wordBounds({ low, high }: LegendEntry, indicator: Indicator, { t, format }: Language): string {
  const isRate = indicator.unit === 'percent' && (indicator.bands !== null || indicator.hero === 'value');
  const write = (value: number) => format.number(Math.round(value * 10) / 10);
  const sign = isRate ? ' %' : '';
  const isZero = (value: number | null) => value === null || value < 0.05;
  if (high === null) return t('cells.from', { value: `${write(low ?? 0)}${sign}` });
  if (!isRate && indicator.unit !== 'days' && Number.isInteger(high)) {
    return writeWhole(low ?? 0, high - 1, format);
  }
  if (isZero(high)) return `0${sign}`;
  if (isZero(low)) return t('cells.under', { value: `${write(high)}${sign}` });
  return t('cells.between', { low: write(low ?? 0), high: `${write(high)}${sign}` });
}

/** Whole cases from one number up to another, both included: `0`, `3 – 4`. */
function writeWhole(low: number, high: number, format: Language['format']): string {
  return high <= low ? format.number(low) : `${format.number(low)} – ${format.number(high)}`;
}

/** Departments and offices have no place on a map: it says so instead of losing them. */
function Aside({ units, placed }: { units: readonly UnitView[]; placed: readonly UnitView[] }) {
  const { t } = useLanguage();
  const shown = new Set(placed.map(({ id }) => id));
  const counts = new Map<UnitView['level'], number>();
  for (const { id, level } of units) if (!shown.has(id)) counts.set(level, (counts.get(level) ?? 0) + 1);
  if (counts.size === 0) return null;
  const named = [...counts].map(([level, count]) => t(`level.${level}_other`, { count }));
  return <span>{t('cells.aside', { units: named.join(', ') })}</span>;
}

type Telling = { indicator: Indicator; language: Language };

function describe(
  figure: Figure | undefined,
  { indicator, language }: Telling,
): { value: string; parts: string } {
  const { t, format } = language;
  if (!figure) return { value: t('cells.none'), parts: '' };
  const value = readFigure(indicator, figure);
  const text =
    value === null ? t('tile.nothing') : `${format.figure(indicator, value)} ${format.unitOf(indicator)}`;
  if (figure.denominator === null) return { value: text, parts: '' };
  return { value: text, parts: `${format.number(figure.numerator)} / ${format.number(figure.denominator)}` };
}

function tipOf(name: string, figure: Figure | undefined, telling: Telling): string {
  const { value, parts } = describe(figure, telling);
  return `<b>${escapeMarkup(name)}</b><span>${escapeMarkup(value)}</span><small>${escapeMarkup(parts)}</small>`;
}

type Tabling = Telling & { cells: Cells };

function tableOf(
  units: readonly UnitView[],
  figures: ReadonlyMap<number, Figure>,
  tabling: Tabling,
): ChartTable {
  const { t, say, lang } = tabling.language;
  const rows = units.map((unit) => {
    const { value, parts } = describe(figures.get(unit.id), tabling);
    const kind = tabling.cells.kinds.get(unit.id);
    const isSevere = kind === 'critical' || kind === 'major' || kind === 'warning';
    return [say(unit.name), value, parts, isSevere ? t(`severity.${kind}`) : ''];
  });
  rows.sort(([a = ''], [b = '']) => a.localeCompare(b, lang));
  return {
    head: [
      t('chart.unit'),
      t('chart.value'),
      `${t('chart.numerator')} / ${t('chart.denominator')}`,
      t('chart.level'),
    ],
    rows,
  };
}
