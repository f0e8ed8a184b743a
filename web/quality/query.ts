import type { QueryOf } from '../../shared/wire.ts';
import { read } from '../api.ts';

/** How far figures of a unit and a period can be trusted. */
export const qualityQuery = (query: QueryOf<'getQuality'>) => ({
  ...read('getQuality', query),
  staleTime: 0,
});
