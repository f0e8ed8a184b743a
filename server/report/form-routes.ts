/** The routes of the reporting forms: as figures, and as a workbook. */
import { WORKBOOK } from '../../shared/form-wire.ts';
import { readForm, readForms } from '../figures/form.ts';
import { SENT } from '../http.ts';
import { getScopedUnit } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { writeFormBook } from './form-book.ts';
import { readFormFacts } from './form-facts.ts';

/** Serves the forms; what any of them tells is cut to the view of whoever asks. */
export function serveForms(read: ServeRead): void {
  read('getForm', (view, { query }) => readForm(view, getScopedUnit(view, query.unit), query.period));
  read('getWideForm', async (view, { query }) => {
    const { wide } = await readForms(view, getScopedUnit(view, query.unit), query.period);
    return wide;
  });
  read('exportForm', async (view, { query, response }) => {
    const unit = getScopedUnit(view, query.unit);
    const facts = await readFormFacts(view, unit, query.period);
    const bytes = await writeFormBook(facts, query.lang);
    const name = `II.06a-${view.tree.get(unit).code}-${facts.period.key}.xlsx`;
    response.setHeader('Content-Type', WORKBOOK);
    response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
    response.setHeader('Cache-Control', 'no-store');
    response.end(bytes);
    return SENT;
  });
}
