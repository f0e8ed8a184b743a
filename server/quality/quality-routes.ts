/** The route of data quality. */
import { getScopedUnit } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { readQuality } from './quality.ts';

/** Serves how far figures can be trusted. */
export function serveQuality({ read }: { read: ServeRead }): void {
  read('getQuality', (view, { query }) => readQuality(view, getScopedUnit(view, query.unit), query.period));
}
