import { createMapper, type MappedRow } from '../server/intake/map-row.ts';
import { type Mapping, parseMapping } from '../server/intake/mapping.ts';

/** Sources for every field a dossier step must have, on columns `no`, `way` and `in`. */
export const FIELDS = {
  dossier: 'no',
  procedure: { constant: '1.000001' },
  receiver: { constant: '26' },
  resolver: { constant: '26' },
  channel: { column: 'way', values: { Internet: 'online', Desk: 'direct' } },
  level: { constant: 'full' },
};

/** A mapping with the plain fields and one step, and what a test says otherwise. */
export function mappingOf(parts: object): Mapping {
  return parseMapping(JSON.stringify({ fields: FIELDS, steps: [{ status: 2, at: 'in' }], ...parts }));
}

/** What one row becomes. */
export function mapCells(cells: Record<string, string>, parts: object): MappedRow {
  return createMapper(mappingOf(parts))({ line: 1, cells: new Map(Object.entries(cells)) });
}

/** Rows in short: the events as `dossier status time`, the refusals as `line field: reason`, else the state. */
export function summarise(mapped: readonly MappedRow[]): unknown[] {
  return mapped.map((row) => {
    if (row.state === 'refused')
      return row.refused.map(({ line, field, reason }) => `${line} ${field}: ${reason}`);
    if (row.state !== 'events') return row.state;
    return row.events.map((event) =>
      event.kind === 'dossier' ? `${event.dossier} ${event.status} ${event.at}` : event.kind,
    );
  });
}
