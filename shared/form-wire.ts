import { z } from 'zod';
import { FormAnswer, PeriodKey, UnitRef } from './answers.ts';
import { columnsOf, FORMS } from './form-layout.ts';
import type { Route } from './route.ts';

const WIDE = columnsOf(FORMS['07a']).length;

/** Form 07a/BTP: `columns[0]` is column 3; null in columns that nothing told counts. */
export const WideFormAnswer = FormAnswer.extend({
  rows: z.array(
    FormAnswer.shape.rows.element.extend({ columns: z.array(z.number().nullable()).length(WIDE) }),
  ),
  total: z.array(z.number().nullable()).max(WIDE).describe('the sums; empty where there are no figures'),
});
export type WideFormAnswer = z.infer<typeof WideFormAnswer>;

/** The type of a workbook. */
export const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const unitAndPeriod = { unit: UnitRef, period: PeriodKey };

/** The routes of the reporting forms. */
export const FORM_ROUTES = {
  getForm: {
    method: 'get',
    path: '/api/form/II.06a',
    access: 'read',
    summary: 'Form II.06a/VPCP/KSTT by area of work',
    query: z.strictObject(unitAndPeriod),
    answer: FormAnswer,
  },
  getWideForm: {
    method: 'get',
    path: '/api/form/07a',
    access: 'read',
    summary: 'Form 07a/BTP by area of work, as far as what is told counts its columns',
    query: z.strictObject(unitAndPeriod),
    answer: WideFormAnswer,
  },
  exportForm: {
    method: 'get',
    path: '/api/form/xlsx',
    access: 'read',
    summary: 'Both forms as a workbook (XLSX) with live sums, laid out for print',
    query: z.strictObject({ ...unitAndPeriod, lang: z.enum(['vi', 'en']).default('vi') }),
    answer: z.unknown(),
    files: [WORKBOOK],
  },
} as const satisfies Record<string, Route>;
