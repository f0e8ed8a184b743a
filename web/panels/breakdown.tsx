import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FigureRow, FiguresAnswer, FigureView, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import type { Period } from '../../shared/period.ts';
import type { OfUnit } from '../../shared/thresholds.ts';
import { ApiError, figuresQuery } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { type Told, toldBy, usePanelState } from '../panel-state.ts';
import { usePrinting } from '../printing.ts';
import { useThresholds } from '../thresholds.tsx';
import { useLanguage } from '../words/words.ts';
import { FieldLink } from './form.tsx';
import { PanelFrame } from './frame.tsx';
import { SEVERITY_SHAPES } from './severity.tsx';

const SHOWN = 8;
const RENEW_MS = 60_000;

type BreakdownPanelProps = {
  unit: UnitView;
  period: Period;
  by: 'field' | 'procedure';
  field: string | null;
  title: string;
  columns: readonly string[];
  /** The counts by whose sum a row is busy. */
  busiestBy: readonly string[];
  /** How many rows there is room for; without it the rest can be unfolded. */
  rows?: number;
};

/** Figures of a unit by area of work (each narrows the page) or by procedure, the busiest first. */
export function BreakdownPanel(props: BreakdownPanelProps) {
  const { unit, period, by, field, title, columns, busiestBy, rows } = props;
  const { t, format } = useLanguage();
  const { data, error, refetch } = useQuery({
    ...figuresQuery({
      unit: unit.ref,
      period: period.key,
      indicators: columns.join(','),
      by,
      ...(field !== null && { field }),
    }),
    refetchInterval: RENEW_MS,
  });
  const state = usePanelState(whatTold(data, error));
  return (
    <PanelFrame
      className="breakdown"
      id={`part-${by}`}
      title={title}
      note={format.period(period)}
      state={state}
      retry={() => void refetch()}
      emptyNext={t(error ? 'breakdown.byMonth' : 'breakdown.empty')}
    >
      {data && (
        <BreakdownTable
          unit={unit}
          columns={columns}
          rows={sortBusiest(data.units, busiestBy).slice(0, rows)}
          shown={rows ?? SHOWN}
          title={title}
          by={by}
        />
      )}
    </PanelFrame>
  );
}

/** Old days are refused: figures by area of work and procedure are kept by month. */
function whatTold(data: FiguresAnswer | undefined, error: Error | null): Told {
  if (!data && error instanceof ApiError && error.status === 400) return { kind: 'told', has: 'nothing' };
  return toldBy({ data, error }, ({ units }) => (units.length > 0 ? 'figures' : 'nothing'));
}

function sortBusiest(rows: readonly FigureRow[], by: readonly string[]): FigureRow[] {
  const weight = ({ figures }: FigureRow) =>
    by.reduce((sum, indicator) => sum + (figures[indicator]?.numerator ?? 0), 0);
  return [...rows].sort((a, b) => weight(b) - weight(a));
}

type BreakdownTableProps = {
  /** By whose thresholds its rows are judged. */
  unit: OfUnit;
  columns: readonly string[];
  rows: readonly FigureRow[];
  title: string;
  by: 'field' | 'procedure';
  shown?: number;
};

/** One row per area of work or procedure; the least busy stay folded until asked for. */
export function BreakdownTable(props: BreakdownTableProps) {
  const { unit, columns, rows, title, by, shown: room = SHOWN } = props;
  const { t, say } = useLanguage();
  const [isOpen, open] = useState(false);
  const isPrinting = usePrinting();
  const indicators = columns.flatMap((id) => findIndicator(id) ?? []);
  const shown = isOpen || isPrinting ? rows : rows.slice(0, room);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-box" tabIndex={0} aria-label={title}>
      <table className="figures-table">
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t(by === 'field' ? 'form.field' : 'breakdown.name')}</th>
            {indicators.map((indicator) => (
              <th key={indicator.id} scope="col">
                {say(indicator.words)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                {by === 'field' ? <FieldLink code={row.code} name={row.name} /> : <ProcedureName row={row} />}
              </th>
              {indicators.map((indicator) => (
                <FigureCell
                  key={indicator.id}
                  {...{ indicator, unit, row, by }}
                  figure={row.figures[indicator.id]}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > room && (
        <button type="button" className="chart-switch" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {isOpen ? t('breakdown.less') : t('breakdown.more', { count: rows.length })}
        </button>
      )}
    </section>
  );
}

function ProcedureName({ row }: { row: FigureRow }) {
  const { say } = useLanguage();
  const name = say(row.name);
  return (
    <>
      {name}
      {name !== row.code && <small> {row.code}</small>}
    </>
  );
}

const NOT_JUDGED = { figure: null, severity: 'normal' } as const;

type CellProps = {
  indicator: Indicator;
  unit: OfUnit;
  row: FigureRow;
  by: 'field' | 'procedure';
  figure: FigureView | undefined;
};

function FigureCell({ indicator, unit, row, by, figure }: CellProps) {
  const { t, say, format } = useLanguage();
  const book = useThresholds();
  const { figure: value, severity } = figure
    ? judge(indicator, figure, book.of(indicator.id, unit))
    : NOT_JUDGED;
  if (!figure || value === null) {
    return (
      <td className="nothing" title={t('tile.nothing')}>
        –
      </td>
    );
  }
  const parts =
    figure.denominator === null
      ? ''
      : `${format.number(figure.numerator)} / ${format.number(figure.denominator)}`;
  return (
    <td data-severity={severity} title={parts}>
      {severity !== 'normal' && (
        <>
          <span aria-hidden="true">{SEVERITY_SHAPES[severity]} </span>
          <span className="hidden">{t(`severity.${severity}`)} </span>
        </>
      )}
      <ExplainButton
        indicator={indicator.id}
        {...{ [by]: row.code }}
        label={`${say(indicator.words)}, ${say(row.name)}`}
      >
        {format.figure(indicator, value)}
        {indicator.unit === 'percent' && indicator.hero === 'value' ? ' %' : ''}
      </ExplainButton>
    </td>
  );
}
