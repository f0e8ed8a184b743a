import type { QueryOf } from '../../shared/wire.ts';
import { addressOf, read } from '../api.ts';

/** Form II.06a of a unit and a period. */
export const formQuery = (query: QueryOf<'getForm'>) => read('getForm', query);

/** Form 07a/BTP of a unit and a period. */
export const wideFormQuery = (query: QueryOf<'getWideForm'>) => read('getWideForm', query);

/** The address under which both forms download as a workbook. */
export const formExport = (query: QueryOf<'exportForm'>) => addressOf('exportForm', query);
