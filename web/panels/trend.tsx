import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type { SeriesAnswer, UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { addDays, type Period, parsePeriod } from '../../shared/period.ts';
import { hasTerritory } from '../../shared/territory.ts';
import { CURRENT, type CurrentGrain, useAddress } from '../address.ts';
import { seriesQuery } from '../api.ts';
import { escapeMarkup } from '../chart/drawing.ts';
import { readPoint, readTrend, type Trend } from '../chart/trend.ts';
import { drawTrend, styleOf, type TrendWords } from '../chart/trend-drawing.ts';
import { Chart, type ChartCell, type ChartTable } from '../chart.tsx';
import { bareName, useUnitNames } from '../figures/names.ts';
import { useToday } from '../following.tsx';
import type { Format } from '../format.ts';
import { type HasFigures, toldBy, usePanelState } from '../panel-state.ts';
import { firstDayOf, useSession } from '../session.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';

const DAYS_SHOWN = 62;
const RENEW_MS = 60_000;

type TrendPanelProps = {
  unit: UnitView;
  indicator: Indicator;
  field?: string | null;
  /** CSS height of the drawing; null: all the room the panel is given. */
  height?: string | null;
  /** Whether the step of time can be chosen. */
  canStep?: boolean;
  /** In the stead of the indicator's name: a way to choose another. */
  title?: ReactNode;
};

/**
 * One indicator of a unit over time, before and after mergers, with the step of time and the reading of the past to
 * choose. An area of work is known by month only.
 */
export function TrendPanel(props: TrendPanelProps) {
  const { unit, indicator, field = null, height = '17rem', title, canStep = true } = props;
  const { place } = useAddress();
  const { t, format } = useLanguage();
  const today = useToday();
  const session = useSession();
  const end = unit.to === null || hasTerritory(unit) ? addDays(today, 1) : unit.to;
  const grain = field === null ? place.grain : 'month';
  const from = grain === 'day' ? addDays(end, -DAYS_SHOWN) : firstDayOf(session, today);
  const answer = useQuery({
    ...seriesQuery({
      unit: unit.ref,
      indicator: indicator.id,
      from,
      to: end,
      grain,
      tree: place.tree,
      ...(field !== null && { field }),
    }),
    refetchInterval: RENEW_MS,
  });
  const { data } = answer;
  const canLookBack = data !== undefined && data.breaks.length > 0;
  const state = usePanelState(toldBy(answer, (told) => whatIn(told, indicator)));
  return (
    <PanelFrame
      className="trend"
      id="part-trend"
      title={
        title ??
        t('trend.title', { indicator: format.say(indicator.words), grain: t(`trend.grain.${grain}`) })
      }
      aside={<TrendChoices canLookBack={canLookBack} canStep={canStep && field === null} />}
      state={state}
      retry={() => void answer.refetch()}
      emptyNext={t('trend.none', { noun: format.say(indicator.noun) })}
    >
      {data && <TrendChart {...{ answer: data, indicator, grain, field, height }} />}
    </PanelFrame>
  );
}

/** Nothing where no point has a value; nobody where the answer says that none was there to answer. */
function whatIn({ series, ended, begins }: SeriesAnswer, indicator: Indicator): HasFigures {
  const isKnown = series.some(({ points }) => points.some((point) => readPoint(indicator, point) !== null));
  if (isKnown) return 'figures';
  return ended === undefined && begins === undefined ? 'nothing' : 'nobody';
}

function TrendChoices({ canLookBack, canStep }: { canLookBack: boolean; canStep: boolean }) {
  const { place, go } = useAddress();
  const { t } = useLanguage();
  return (
    <>
      {canLookBack && (
        <fieldset className="switch" aria-label={t('trend.trees')}>
          {(['then', 'now'] as const).map((tree) => (
            <button
              key={tree}
              type="button"
              aria-pressed={place.tree === tree}
              onClick={() => go({ tree }, { replace: true })}
            >
              {t(`trend.${tree}`)}
            </button>
          ))}
        </fieldset>
      )}
      {canStep && (
        <fieldset className="switch" aria-label={t('trend.grains')}>
          {CURRENT.map((grain) => (
            <button
              key={grain}
              type="button"
              aria-pressed={place.grain === grain}
              onClick={() => go({ grain }, { replace: true })}
            >
              {t(`trend.grain.${grain}`)}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}

type ChartInput = { answer: SeriesAnswer; indicator: Indicator; grain: CurrentGrain; field: string | null };

function TrendChart({ answer, indicator, grain, field, height }: ChartInput & { height: string | null }) {
  const language = useLanguage();
  const { t, say } = language;
  const units = useMemo(() => answer.series.map(({ unit }) => unit), [answer]);
  const nameOf = useUnitNames(units);
  const target = targetOf(indicator);
  const { drawing, trend, table } = useMemo(() => {
    const read = readTrend(answer, indicator);
    const telling = { answer, indicator, field, nameOf, language };
    const words = wordsOf(read, telling);
    return {
      trend: read,
      drawing: drawTrend({ trend: read, kind: indicator, target: targetOf(indicator), grain, words }),
      table: tableOf(read, telling),
    };
  }, [answer, indicator, grain, field, nameOf, language]);
  const label = t('trend.label', {
    indicator: say(indicator.words),
    unit: say(answer.unit.name),
    count: trend.moments.length,
  });
  return (
    <Chart drawing={drawing} label={label} table={table} {...(height !== null && { height })}>
      {trend.lines.length > 1 &&
        trend.lines.map((line) => (
          <span key={line.id} className="chart-key">
            {line.main ? <LineSample dash="solid" stroke={ACCENT} /> : <BesideSample rank={line.rank} />}
            {nameOf(line.unit)}
          </span>
        ))}
      {trend.rest.length > 0 && (
        <span>{t('trend.rest', { units: trend.rest.map((line) => nameOf(line.unit)).join(', ') })}</span>
      )}
      {trend.lines.some((line) => line.points.some((point) => point?.provisional)) && (
        <span className="chart-key">
          <LineSample dash={[4, 4]} stroke={ACCENT} />
          {t('trend.open')}
        </span>
      )}
      {target !== null && (
        <span className="chart-key">
          <LineSample dash={[5, 4]} stroke="var(--text-soft)" width={1.5} />
          {t('trend.target', { target: `${language.format.number(target)} %` })}
        </span>
      )}
    </Chart>
  );
}

/** The dash of a line with its shape, as drawn; the shapes as in ECharts. */
const SHAPES = {
  circle: 'M14 1a4 4 0 1 0 .01 0z',
  rect: 'M10 1h8v8h-8z',
  triangle: 'M14 0.5 18.5 9h-9z',
  diamond: 'M14 0 19 5 14 10 9 5z',
  pin: 'M14 10 10.5 4.5a3.6 3.6 0 1 1 7 0z',
} as const;

function BesideSample({ rank }: { rank: number }) {
  const { dash, symbol } = styleOf(rank);
  const stroke = 'var(--text-soft)';
  return (
    <LineSample dash={dash} stroke={stroke} width={2}>
      <path d={SHAPES[symbol]} fill="var(--panel)" stroke={stroke} strokeWidth="2" />
    </LineSample>
  );
}

/** The target as a line of the chart: of a share alone. */
function targetOf({ target, hero, unit }: Indicator): number | null {
  return hero === 'value' && unit === 'percent' ? target : null;
}

const ACCENT = 'var(--accent)';

type Sample = { dash: number[] | 'solid'; stroke: string; width?: number; children?: ReactNode };

function LineSample({ dash, stroke, width = 2.5, children }: Sample) {
  return (
    <svg width="28" height="10" aria-hidden="true">
      <line
        x1="0"
        x2="28"
        y1="5"
        y2="5"
        stroke={stroke}
        strokeWidth={width}
        strokeDasharray={dash === 'solid' ? undefined : dash.join(' ')}
      />
      {children}
    </svg>
  );
}

/** A moment on the axis: `22/11`, `11/2026`, `IV/2026`, `2026`. */
export function nameMoment(key: string, format: Format): string {
  const period = parsePeriod(key);
  if (!period) return key;
  const [year, month, day] = period.from.split('-');
  if (period.grain === 'day') return `${day}/${month}`;
  if (period.grain === 'month') return `${month}/${year}`;
  return period.grain === 'year' ? `${year}` : format.period(period).replace(/^Quý /, '');
}

type Telling = {
  answer: SeriesAnswer;
  indicator: Indicator;
  /** The area of work that it is narrowed to. */
  field: string | null;
  nameOf: (unit: UnitView) => string;
  language: Language;
};

function wordsOf(trend: Trend, telling: Telling): TrendWords {
  const { indicator, nameOf, language } = telling;
  const { t, format } = language;
  return {
    moment: (index) => nameMoment(trend.moments[index]?.period ?? '', format),
    value: (value) => format.number(value),
    figure: (value) => format.figure(indicator, value),
    breaks: trend.breaks.map(({ on, from }) =>
      from.length === 0
        ? t('territory.break', { day: format.day(on) })
        : t('trend.break', { day: format.day(on), count: from.length }),
    ),
    name: (id) => {
      const line = trend.lines.find((other) => other.id === id);
      return line ? bareName(nameOf(line.unit)) : '';
    },
    tip: (index) => tipOf(trend, index, telling),
  };
}

function tipOf(trend: Trend, index: number, { answer, indicator, nameOf, language }: Telling): string {
  const { t, format } = language;
  const isAlone = answer.series.length < 2;
  const period = parsePeriod(trend.moments[index]?.period ?? '');
  const rows = trend.lines.flatMap((line) => {
    const point = line.points[index];
    if (!point) return [];
    const value = readPoint(indicator, point);
    const text =
      value === null ? t('trend.nothing') : `${format.figure(indicator, value)} ${format.unitOf(indicator)}`;
    const parts =
      point.denominator === null
        ? ''
        : `${format.number(point.numerator)} / ${format.number(point.denominator)}`;
    const open = point.provisional ? t('trend.open') : '';
    const name = isAlone ? '' : `${nameOf(line.unit)}: `;
    const rest = [parts, open].filter(Boolean).join(' · ');
    return [
      `<span>${escapeMarkup(name)}<b>${escapeMarkup(text)}</b> <small>${escapeMarkup(rest)}</small></span>`,
    ];
  });
  return `<b>${escapeMarkup(period ? format.period(period) : '')}</b>${rows.join('')}`;
}

/** A point of a line in words; of days in which its unit lived a figure with its story. */
function cellOf(
  point: Trend['lines'][number]['points'][number] | undefined,
  { unit, period }: { unit: UnitView; period: Period | undefined },
  { indicator, nameOf, field, language: { t, say, format } }: Telling,
): ChartCell {
  if (!point) return '';
  const value = readPoint(indicator, point);
  if (value === null) return t('trend.nothing');
  const { numerator, denominator } = point;
  const parts = denominator === null ? '' : ` (${format.number(numerator)} / ${format.number(denominator)})`;
  const text = `${format.figure(indicator, value)} ${format.unitOf(indicator)}${parts}`;
  const isOwn = period && unit.from < period.to && (unit.to === null || period.from < unit.to);
  if (!isOwn) return text;
  const explains = { indicator: indicator.id, unit: unit.ref, period: period.key };
  return {
    ...{ text, explains: { ...explains, ...(field !== null && { field }) } },
    label: `${say(indicator.words)}, ${nameOf(unit)}, ${format.period(period)}`,
  };
}

function tableOf(trend: Trend, telling: Telling): ChartTable {
  const { nameOf, language } = telling;
  const { t, format } = language;
  const lines = [...trend.lines, ...trend.rest];
  const head = lines.map((line) => nameOf(line.unit));
  const rows = trend.moments.map(({ period: key }, index): ChartTable['rows'][number] => {
    const period = parsePeriod(key);
    const cells = lines.map(({ unit, points }) => cellOf(points[index], { unit, period }, telling));
    return [period ? format.period(period) : key, ...cells];
  });
  return { head: [t('chart.period'), ...head], rows: rows.toReversed() };
}
