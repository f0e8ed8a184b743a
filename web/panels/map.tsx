import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { judge, type Thresholds } from '../../shared/judgement.ts';
import { wordMark } from '../alerts/unit-mark.tsx';
import type { AlertMark } from '../alerts/unit-marks.ts';
import { mapQuery } from '../api.ts';
import { type CellFigures, judgeCells } from '../chart/cells.ts';
import { escapeMarkup } from '../chart/drawing.ts';
import { drawCells } from '../chart/map-drawing.ts';
import { Chart, type ChartTable } from '../chart.tsx';
import { bareName } from '../figures/names.ts';
import { listThresholds } from '../figures/thresholds.ts';
import type { DrawnMap } from '../outline.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { keepLoading } from '../part.ts';
import { useThresholds } from '../thresholds.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { CellsList } from './cells-list.tsx';
import { PanelStead } from './frame.tsx';
import { AlertLegend, useMapAlerts, useMapPick } from './map-alerts.tsx';
import { MapLegend, OffMap } from './map-legend.tsx';
import { SEVERITY_SHAPES, shapeOf, wordLevel } from './severity.tsx';

type MapPanelProps = {
  unit: UnitView;
  on: string;
  indicator: Indicator;
  /** By id of the child. */
  figures: ReadonlyMap<number, Figure>;
  units: readonly UnitView[];
  onPick: (unit: UnitView) => void;
  /** By unit, those in alert. */
  marks?: ReadonlyMap<number, AlertMark>;
  /** CSS height of the map itself; without it the map fills the place it stands in, which then needs a height. */
  height?: string;
};

/**
 * The children of a unit as cells of a map, coloured by an indicator; a click, or Enter in its list, picks one.
 * Stands in a panel's body. Children without a place are named below it.
 */
export function MapPanel({
  unit,
  on,
  indicator,
  figures,
  units,
  onPick,
  marks = NO_MARKS,
  height,
}: MapPanelProps) {
  const { t } = useLanguage();
  const { data, error, refetch } = useDrawnMap(unit.ref, on);
  const state = usePanelState(toldBy({ data, error }));
  if (!data) return <PanelStead state={state} retry={() => void refetch()} />;
  const placed = units.filter((child) => data.labels.has(child.id));
  if (placed.length === 0) return <p className="panel-empty">{t('map.none')}</p>;
  return <CellsMap {...{ unit, indicator, figures, onPick, marks, drawn: data, units, placed, height }} />;
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

const NO_MARKS: ReadonlyMap<number, AlertMark> = new Map();

type CellsMapProps = Omit<MapPanelProps, 'on' | 'height' | 'marks'> & {
  marks: ReadonlyMap<number, AlertMark>;
  drawn: DrawnMap;
  placed: readonly UnitView[];
  height: string | undefined;
};

function CellsMap({ unit, indicator, figures, units, placed, drawn, onPick, marks, height }: CellsMapProps) {
  const language = useLanguage();
  const { t, say } = language;
  const [chosen, choose] = useState<number | null>(null);
  const thresholdsOf = useThresholdsById(placed, indicator);
  const cells = useMemo(() => {
    const ids = placed.map(({ id }) => id);
    return judgeCells(indicator, ids, { figures, thresholdsOf });
  }, [indicator, placed, figures, thresholdsOf]);
  const { alerts, spot } = useMapAlerts({ placed, marks, drawn });
  const drawing = useMemo(() => {
    const byId = new Map(placed.map((child) => [child.id, child]));
    const nameOf = (id: number) => say(byId.get(id)?.name ?? { vi: '', en: '' });
    return drawCells({
      drawn,
      cells,
      chosen,
      alerts,
      name: (id) => bareName(nameOf(id)),
      tip: (id) =>
        tipOf(
          nameOf(id),
          { figure: figures.get(id), mark: marks.get(id) },
          { indicator, language, thresholds: thresholdsOf(id) },
        ),
    });
  }, [drawn, placed, cells, chosen, alerts, marks, figures, indicator, language, say, thresholdsOf]);
  const pick = useMapPick({ placed, marks, onPick });
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
        table={tableOf(placed, { figures, thresholdsOf, marks }, { indicator, language })}
        onPick={pick}
        {...(spot && { spot })}
        {...(height !== undefined && { height })}
      >
        <MapLegend cells={cells} indicator={indicator} units={placed} />
        <AlertLegend unit={unit} units={placed} marks={marks} />
        <OffMap {...{ units, placed, indicator, figures }} />
      </Chart>
      <CellsList units={placed} onChoose={choose} onPick={onPick} />
    </div>
  );
}

/** The thresholds of each unit by its id; of one that is not placed there are none. */
function useThresholdsById(placed: readonly UnitView[], indicator: Indicator) {
  const book = useThresholds();
  return useMemo(() => {
    const known = new Map(placed.map((unit) => [unit.id, book.of(indicator.id, unit)]));
    return (id: number): Thresholds | null => known.get(id) ?? null;
  }, [placed, indicator, book]);
}

type Telling = { indicator: Indicator; language: Language; thresholds: Thresholds | null };

/** What is told of a unit: its figure, what that is made of, and its level; empty where there is none. */
type Told = { value: string; parts: string; level: string };

function describe(figure: Figure | undefined, { indicator, language, thresholds }: Telling): Told {
  const { t, format } = language;
  if (!figure) return { value: t('cells.none'), parts: '', level: '' };
  const judgement = judge(indicator, figure, thresholds);
  if (judgement.figure === null) {
    const value = t(judgement.standing === 'nothing' ? 'tile.nothing' : 'cells.none');
    return { value, parts: '', level: '' };
  }
  const { numerator, denominator } = figure;
  return {
    value: `${format.figure(indicator, judgement.figure)} ${format.unitOf(indicator)}`,
    parts: denominator === null ? '' : `${format.number(numerator)} / ${format.number(denominator)}`,
    level: wordLevel(judgement, t),
  };
}

type Known = { figure: Figure | undefined; mark: AlertMark | undefined };

function tipOf(name: string, { figure, mark }: Known, telling: Telling): string {
  const { indicator, language, thresholds } = telling;
  const { value, parts, level } = describe(figure, telling);
  const judgement = figure && judge(indicator, figure, thresholds);
  const shape = judgement ? shapeOf(judgement) : '';
  const lines = [`<b>${escapeMarkup(name)}</b>`, `<span>${escapeMarkup(value)}</span>`];
  if (level) lines.push(`<span>${shape} ${escapeMarkup(level)}</span>`);
  if (mark) lines.push(`<span>${escapeMarkup(wordMark(mark, language))}</span>`);
  lines.push(`<small>${escapeMarkup(parts)}</small>`);
  for (const { severity, text } of listThresholds(indicator, thresholds, language))
    lines.push(
      `<small data-now="${severity === judgement?.severity}">${SEVERITY_SHAPES[severity]} ${escapeMarkup(text)}</small>`,
    );
  return lines.join('');
}

function tableOf(
  units: readonly UnitView[],
  { figures, thresholdsOf, marks }: CellFigures & Pick<CellsMapProps, 'marks'>,
  telling: Omit<Telling, 'thresholds'>,
): ChartTable {
  const { t, say, lang } = telling.language;
  const { id, words } = telling.indicator;
  const rows = units.map((unit): ChartTable['rows'][number] => {
    const { value, parts, level } = describe(figures.get(unit.id), {
      ...telling,
      thresholds: thresholdsOf(unit.id),
    });
    const mark = marks.get(unit.id);
    const alerts = mark ? wordMark(mark, telling.language) : '';
    const explains = { indicator: id, unit: unit.ref };
    const figure = { text: value, explains, label: `${say(words)}, ${say(unit.name)}` };
    return [say(unit.name), figure, parts, [level, alerts].filter(Boolean).join(' · ')];
  });
  rows.sort(([a], [b]) => a.localeCompare(b, lang));
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
