import type { FormAnswer } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { WideFormAnswer } from '../../shared/form-wire.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { isoOf, type Period } from '../../shared/period.ts';
import type { SilentAnswer } from '../../shared/silent.ts';
import type { Words } from '../../shared/words.ts';
import { getPeriod } from '../figures/asked.ts';
import { readForms } from '../figures/form.ts';
import { readAsOf, readSilent } from '../figures/reporting.ts';
import { treeDayOf, type View } from '../figures/sums.ts';
import { isVisible, type ScopedUnit } from '../people/scope.ts';

/** Everything that a workbook of forms says. */
export type FormFacts = {
  period: Period;
  form: FormAnswer;
  wide: WideFormAnswer;
  /** Not late, and supplemented more than once: not on time by Decision 766. */
  repeats: number;
  onTime: Indicator;
  onTime766: Indicator;
  /** The unit the report goes to; null where it lies above what the reader may see. */
  receiver: Words | null;
  reporting: number;
  silent: SilentAnswer['silent'];
  asOf: string | null;
  writtenAt: string;
};

function getIndicator(id: string): Indicator {
  const indicator = findIndicator(id);
  if (!indicator) throw new Error(`the catalogue has no ${id}`);
  return indicator;
}

function findReceiver(view: View, unit: ScopedUnit, period: Period): Words | null {
  const above = view.tree.parentOn(unit, treeDayOf(period, view.today));
  return above !== undefined && isVisible(view, above) ? view.tree.get(above).name : null;
}

/** Reads what a workbook of forms says of a unit and a period. AppError `badInput` for no period. */
export async function readFormFacts(view: View, unit: ScopedUnit, key: string): Promise<FormFacts> {
  const period = getPeriod(key);
  const { form, wide, total } = await readForms(view, unit, key);
  const { reporting, silent } = await readSilent(view, unit, key);
  const repeats = total ? total.sums.resolvedRepeat + total.sums.openRepeat : 0;
  return {
    ...{ period, form, wide, reporting, silent },
    repeats: Math.round(repeats * 100) / 100,
    onTime: getIndicator('TT01'),
    onTime766: getIndicator('TT02'),
    receiver: findReceiver(view, unit, period),
    asOf: (await readAsOf(view, [unit], period)).get(unit) ?? null,
    writtenAt: isoOf(view.now, view.site.zone),
  };
}
