/** The figure that is explained as figures tell it, with the sums it is worked out from: of a unit, or of one area of work or procedure of it. */
import type { Absence, FigureRow, FigureView, Territory } from '../../shared/answers.ts';
import type { ExplainAnswer } from '../../shared/explain.ts';
import { evaluate, type Indicator, listMeasures } from '../../shared/indicator.ts';
import { emptySums, type Sums } from '../../shared/measure.ts';
import type { Period } from '../../shared/period.ts';
import { readAreas } from '../figures/areas.ts';
import { readFigures } from '../figures/figures.ts';
import { readSubjectSums } from '../figures/subjects.ts';
import { elapsedWorkingDays, readPeriodSums, type View } from '../figures/sums.ts';
import { showProcedure } from '../figures/views.ts';
import type { IndexBasis } from '../index766/facts.ts';
import { figureOfScore, judgeEach } from '../index766/stated-index.ts';
import type { ScopedUnit } from '../people/scope.ts';

/** Which figure: of a unit and a period, narrowed to an area of work or a procedure where one is named. */
export type FigureOrder = {
  unit: ScopedUnit;
  indicator: Indicator;
  period: Period;
  asKnown?: string | undefined;
  field?: string | undefined;
  procedure?: string | undefined;
  /** Of the index: by whose figures; without it as figures tell it. */
  by?: IndexBasis | undefined;
};

/** The figure, why there is none, the rows of units below, and its sums. */
export type ToldFigure = {
  figure: FigureView;
  absence: Absence;
  territory?: Territory | undefined;
  subject: ExplainAnswer['subject'];
  below: readonly FigureRow[];
  sums: Sums;
};

const absenceOf = ({ ended, begins, noData, dataFrom }: Absence): Absence => ({
  ...{ ended, begins, noData, dataFrom },
});

/** Whether there are figures at all. */
export const isThere = ({ ended, begins, noData }: Absence): boolean =>
  ended === undefined && begins === undefined && noData === undefined;

/** Whether a figure is narrowed to an area of work or a procedure. */
export const isNarrowed = ({ field, procedure }: Pick<FigureOrder, 'field' | 'procedure'>): boolean =>
  field !== undefined || procedure !== undefined;

/** Rows of the index by figures that are asked for, in the stead of those that figures choose. */
async function readBy(
  view: View,
  rows: readonly FigureRow[],
  { indicator: { id, basis }, period, by }: FigureOrder,
): Promise<readonly FigureRow[]> {
  if (by === undefined || basis !== 'index') return rows;
  const units = rows.flatMap((row) => row.id ?? []);
  const standings = await judgeEach(view, { units, period, to: period.to, by });
  return rows.map((row) => {
    const figure = row.figures[id];
    const standing = standings.get(row.id ?? 0);
    if (!figure || !standing) return row;
    return { ...row, figures: { [id]: { ...figure, ...figureOfScore(standing.judged.score) } } };
  });
}

async function readOfUnit(asked: View, view: View, order: FigureOrder): Promise<ToldFigure> {
  const { unit, indicator, period, asKnown } = order;
  const query = { period: period.key, indicators: indicator.id, children: '1' as const, asKnown };
  const { units } = await readFigures(asked, unit, query);
  const [own, ...below] = await readBy(view, units, order);
  const figure = own?.figures[indicator.id];
  if (!own || !figure) throw new Error('figures of a unit come without its own');
  const absence = absenceOf(own);
  const sums = isThere(absence)
    ? await readPeriodSums(view, [unit], { ...period, ids: listMeasures([indicator]) })
    : undefined;
  const { territory } = own;
  return {
    ...{ figure, absence, territory, below, subject: null },
    sums: sums?.get(unit)?.sums ?? emptySums(),
  };
}

/** What nothing was told of: nothing occurred. */
function showNothing(view: View, { indicator, period }: FigureOrder): FigureView {
  const figure = evaluate(indicator, emptySums(), elapsedWorkingDays(view, period));
  return { ...figure, provisional: period.to > view.today, asOf: null, completeness: null };
}

async function readNarrowed(asked: View, view: View, order: FigureOrder): Promise<ToldFigure> {
  const { unit, indicator, period, asKnown, field, procedure } = order;
  const kind = procedure === undefined ? 'field' : 'procedure';
  const query = { period: period.key, indicators: indicator.id, by: kind, field, asKnown } as const;
  const answer = await readFigures(asked, unit, query);
  const absence = absenceOf(answer);
  const areas = await readAreas(view);
  const key = procedure ?? areas.keyOf(field ?? '');
  const row = answer.units.find(({ code }) => procedure === undefined || code === procedure);
  const sums = isThere(absence)
    ? await readSubjectSums(view, unit, { kind, range: period, ...(procedure && field ? { field } : {}) })
    : undefined;
  return {
    figure: row?.figures[indicator.id] ?? showNothing(view, order),
    subject: procedure === undefined ? areas.show(key) : showProcedure(view, procedure),
    ...{ absence, below: [] },
    sums: sums?.get(key)?.sums ?? emptySums(),
  };
}

/** The figure that an order names, as figures tell it. */
export function readTold(asked: View, view: View, order: FigureOrder): Promise<ToldFigure> {
  return isNarrowed(order) ? readNarrowed(asked, view, order) : readOfUnit(asked, view, order);
}
