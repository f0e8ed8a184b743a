/** A table of the targets of a year as text. What goes out comes in again as it was; who signed, and when, is told only. */
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import { dayOf } from '../../shared/period.ts';
import { isAimed } from '../../shared/target.ts';
import { TargetLine } from '../../shared/target-wire.ts';
import { sayWho } from '../alerts/provenance.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import { isVisible, narrowTo, type ScopedUnit } from '../people/scope.ts';
import { readNumber, type TableShape, writeTable } from '../read-table.ts';
import { readTitlesByLogin } from '../store/account-store.ts';
import { readTargets } from '../store/target-store.ts';

const COLUMNS = [
  ...(['unit', 'unitName', 'indicator', 'value', 'office', 'paper', 'signedBy', 'signedOn'] as const),
  'reason',
] as const satisfies readonly (keyof TargetLine)[];

/** What a table of targets is made of. An empty value takes the unit's own target back. */
export const TARGET_TABLE: TableShape<TargetLine> = {
  columns: COLUMNS,
  needed: ['unit', 'indicator', 'value', 'office', 'paper'],
  line: TargetLine,
  toContent: (textOf) => {
    const named = COLUMNS.flatMap((name) => {
      const text = textOf(name);
      return text === '' || name === 'value' ? [] : [[name, text] as const];
    });
    const value = textOf('value');
    return { ...Object.fromEntries(named), value: value === '' ? null : readNumber(value) };
  },
};

/** The table as a file for spreadsheets. */
export function writeTargets(lines: readonly TargetLine[]): string {
  return writeTable(
    COLUMNS,
    lines.map((line) => COLUMNS.map((name) => line[name] ?? '')),
  );
}

/** The targets of their own that a unit and those below it have in a year, as they are signed; by unit, then by the catalogue. */
export async function listTargetLines(view: View, unit: ScopedUnit, year: number): Promise<TargetLine[]> {
  const below = narrowTo(view, unit);
  const units = [...view.tree.units.keys()].filter((id) => isVisible(below, id));
  const indicators = INDICATORS.filter(isAimed).map(({ id }) => id);
  const held = await readTargets(view.reader, { year, indicators, units });
  const titles = await readTitlesByLogin(view.reader);
  const lines = held.flatMap((one) => {
    if (one.state !== 'signed' || one.value === null) return [];
    const { ref, name } = showUnit(view, one.unit);
    const signedOn = one.signedAt === null ? undefined : dayOf(one.signedAt, view.site.zone);
    const line: TargetLine = {
      ...{ unit: ref, unitName: name.vi, indicator: one.indicator, value: one.value },
      ...{ office: one.office, paper: one.paper, reason: one.reason },
      ...{ signedBy: sayWho({ titles }, one.signedBy) ?? undefined, signedOn },
    };
    return [line];
  });
  const placeOf = ({ indicator }: TargetLine) => {
    const known = findIndicator(indicator);
    return known ? INDICATORS.indexOf(known) : INDICATORS.length;
  };
  return lines.sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : placeOf(a) - placeOf(b)));
}
