import { useState } from 'react';
import type { DueAnswer, DueStage } from '../../shared/alert-health.ts';
import type { UnitView } from '../../shared/answers.ts';
import type { Severity } from '../../shared/indicator.ts';
import type { Words } from '../../shared/words.ts';
import { usePrinting } from '../printing.ts';
import { useLanguage } from '../words/words.ts';
import { SEVERITY_SHAPES } from './severity.tsx';

/** The stages in the order in which a dossier comes to them. */
export const STAGES: readonly DueStage[] = ['used70', 'within8h', 'within2h', 'overdue', 'overdueTwice'];

/** How bad a stage is, as the shipped rules have it. */
export const SEVERITIES: Readonly<Record<DueStage, Severity>> = {
  ...{ used70: 'normal', within8h: 'warning', within2h: 'major', overdue: 'major', overdueTwice: 'critical' },
};

const ROOM = 8;

/** Figures of a unit's subtree, or of one procedure in it; without a name they are of all. */
export type DueRow = {
  key: string;
  name: Words | null;
  ref: string;
  procedure: string | null;
  stages: DueAnswer['total'];
};

/** A figure that was pressed. */
export type DueFigure = { row: DueRow; stage: DueStage };

type Split = { by: 'unit' | 'procedure'; unit: Pick<UnitView, 'ref'> };

/** All, then each unit or procedure, those with the most that is late or near it first. */
export function listRows({ total, units, procedures }: DueAnswer, { by, unit }: Split): DueRow[] {
  const all: DueRow = { key: '', name: null, ref: unit.ref, procedure: null, stages: total };
  const rows =
    by === 'unit'
      ? units.map(
          ({ ref, name, stages }): DueRow => ({ key: `unit ${ref}`, name, ref, procedure: null, stages }),
        )
      : procedures.map(
          ({ code, name, stages }): DueRow => ({
            key: `procedure ${code}`,
            ...{ name, ref: unit.ref, procedure: code, stages },
          }),
        );
  return [all, ...rows.sort((a, b) => weigh(b) - weigh(a))];
}

/** What is overdue counts most, then what is nearest to it. */
function weigh({ stages }: DueRow): number {
  return STAGES.reduce((sum, stage, index) => sum + stages[stage] * 4 ** index, 0);
}

type TableProps = {
  rows: readonly DueRow[];
  title: string;
  /** How many there is room for beside that of all; the rest can be unfolded. */
  room?: number;
  opened: DueFigure | null;
  onOpen: (figure: DueFigure) => void;
};

/** One row per unit or procedure, one column per stage; a figure is a button that opens its dossiers. */
export function DueTable({ rows, title, room = ROOM, opened, onOpen }: TableProps) {
  const { t } = useLanguage();
  const [isWhole, unfold] = useState(false);
  const isPrinting = usePrinting();
  const shown = isWhole || isPrinting ? rows : rows.slice(0, room + 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-box" tabIndex={0} aria-label={title}>
      <table className="figures-table due-table">
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            {STAGES.map((stage) => (
              <th key={stage} scope="col">
                <span data-severity={SEVERITIES[stage]} className="due-shape" aria-hidden="true">
                  {SEVERITY_SHAPES[SEVERITIES[stage]]}
                </span>{' '}
                {t(`due.stage.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <DueRowView key={row.key} row={row} opened={opened} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {rows.length > room + 1 && (
        <button
          type="button"
          className="chart-switch"
          aria-expanded={isWhole}
          onClick={() => unfold(!isWhole)}
        >
          {isWhole ? t('due.less') : t('due.more', { count: rows.length - room - 1 })}
        </button>
      )}
    </section>
  );
}

type RowProps = Pick<TableProps, 'opened' | 'onOpen'> & { row: DueRow };

function DueRowView({ row, opened, onOpen }: RowProps) {
  const { t, say, format } = useLanguage();
  const name = row.name ? say(row.name) : t('due.total');
  return (
    <tr data-all={row.name === null || undefined}>
      <th scope="row">{name}</th>
      {STAGES.map((stage) => {
        const count = row.stages[stage];
        if (count === 0)
          return (
            <td key={stage} className="nothing">
              0
            </td>
          );
        const isOpen = opened?.row.key === row.key && opened.stage === stage;
        return (
          <td key={stage}>
            <button
              type="button"
              className="due-figure"
              aria-pressed={isOpen}
              aria-label={t('due.figure', {
                count: format.number(count),
                stage: t(`due.stage.${stage}`),
                what: name,
              })}
              onClick={() => onOpen({ row, stage })}
            >
              {format.number(count)}
            </button>
          </td>
        );
      })}
    </tr>
  );
}
