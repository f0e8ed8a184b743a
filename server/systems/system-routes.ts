/** The routes of connected systems. */
import { getScopedUnit } from '../people/scope.ts';
import type { ServeRead } from '../read-route.ts';
import { readSystems } from './systems.ts';

/** Serves how connected systems stand, to whoever may see their units. */
export function serveSystems(read: ServeRead): void {
  read('listSystems', (view, { query }) => readSystems(view, getScopedUnit(view, query.unit), query.day));
}
