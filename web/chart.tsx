/** Charts: the only way to ECharts, which arrives after the page. Every chart can be read as a table. */
import './chart/chart.css';
import { type CSSProperties, type ReactNode, Suspense, useId, useState } from 'react';
import type { Drawing, MapShapes } from './chart/drawing.ts';
import type { Spot } from './chart/spot.tsx';
import type { ExplainTarget } from './explain/address.ts';
import { ExplainButton } from './explain/explain-button.tsx';
import { laterPart } from './part.ts';
import { useLanguage } from './words/words.ts';

const Canvas = laterPart(async () => (await import('./chart/canvas.tsx')).Canvas);

/** A cell of a chart's table: a text, or a figure that opens its story. */
export type ChartCell = string | { text: string; explains: ExplainTarget; label: string };

/** A chart's figures as a table; each row has its heading. */
export type ChartTable = {
  head: readonly string[];
  rows: readonly (readonly [heading: string, ...cells: ChartCell[]])[];
};

type ChartProps = {
  drawing: Drawing;
  /** What the chart shows, in one sentence, for those who do not see it. */
  label: string;
  table: ChartTable;
  /** CSS height of the drawing; the whole place it stands in when left out. */
  height?: string;
  map?: MapShapes;
  onPick?: (name: string, series: string) => void;
  /** What of the page stands over the drawing. */
  spot?: Spot;
  /** Stands below the drawing: the legend. */
  children?: ReactNode;
};

/** A drawing with its legend, and the same figures as a table at the press of a button. */
export function Chart({ drawing, label, table, height, map, onPick, spot, children }: ChartProps) {
  const { t } = useLanguage();
  const [isTable, showTable] = useState(false);
  const box = useId();
  const style = height === undefined ? undefined : ({ '--chart-height': height } as CSSProperties);
  return (
    <figure className="chart" data-fill={height === undefined || undefined}>
      <div id={box} className="chart-box" style={style} data-table={isTable || undefined}>
        {isTable ? (
          <FiguresTable table={table} label={label} />
        ) : (
          <div className="chart-picture" role="img" aria-label={label}>
            <Suspense fallback={<p className="chart-wait">{t('chart.loading')}</p>}>
              <Canvas
                drawing={drawing}
                paper={height === undefined ? 'asOnScreen' : 'pageWide'}
                {...(map && { map })}
                {...(onPick && { onPick })}
                {...(spot && { spot })}
              />
            </Suspense>
          </div>
        )}
      </div>
      <figcaption className="chart-below">
        <div className="chart-legend">{children}</div>
        <button
          type="button"
          className="chart-switch"
          aria-expanded={isTable}
          aria-controls={box}
          onClick={() => showTable(!isTable)}
        >
          {t(isTable ? 'chart.asPicture' : 'chart.asTable')}
        </button>
      </figcaption>
    </figure>
  );
}

function FiguresTable({ table, label }: { table: ChartTable; label: string }) {
  return (
    <table className="chart-table">
      <caption className="hidden">{label}</caption>
      <thead>
        <tr>
          {table.head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(([heading, ...cells]) => (
          <tr key={heading}>
            <th scope="row">{heading}</th>
            {cells.map((cell, index) => (
              <td key={table.head[index + 1]}>
                {typeof cell === 'string' ? (
                  cell
                ) : (
                  <ExplainButton {...cell.explains} label={cell.label}>
                    {cell.text}
                  </ExplainButton>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
