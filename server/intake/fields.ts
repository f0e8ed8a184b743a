import { z } from 'zod';
import { OpsEvent } from '../../shared/event.ts';

/** What a field of an event holds; decides how a cell's text is read. */
export type FieldKind = 'text' | 'number' | 'flag' | 'time' | 'period' | 'words' | 'word';
/** A field as the events' own schema states it. */
export type Field = { name: string; kind: FieldKind; isRequired: boolean };

function kindOf(name: string, schema: unknown): FieldKind {
  if (name === 'period') return 'period';
  if (schema instanceof z.ZodISODateTime) return 'time';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'flag';
  return schema instanceof z.ZodObject ? 'words' : 'text';
}

/**
 * The fields of events of a kind, by name, without `kind` itself. Derived from the events' schema. Words in two languages are
 * one field that gives both, and one for English alone: `title`, `title.en`.
 */
export function listFields(kind: OpsEvent['kind']): ReadonlyMap<string, Field> {
  const schema = OpsEvent.options.find((option) => option.shape.kind.value === kind);
  const fields = new Map<string, Field>();
  for (const [name, shape] of Object.entries(schema?.shape ?? {})) {
    if (name === 'kind') continue;
    const isRequired = !(shape instanceof z.ZodOptional);
    const kindOfField = kindOf(name, shape instanceof z.ZodOptional ? shape.unwrap() : shape);
    fields.set(name, { name, kind: kindOfField, isRequired });
    if (kindOfField === 'words')
      fields.set(`${name}.en`, { name: `${name}.en`, kind: 'word', isRequired: false });
  }
  return fields;
}

/** The fields that tell two events of a kind apart; empty when only an id of the source's own can. */
const NATURAL_KEYS: Readonly<Record<OpsEvent['kind'], readonly string[]>> = {
  dossier: ['dossier', 'status', 'at'],
  document: ['document', 'at'],
  petition: ['petition', 'state', 'at'],
  rating: [],
  probe: ['system', 'at'],
  report: ['unit', 'measure', 'period', 'value', 'at'],
  task: ['task', 'state', 'at'],
};

/** Whether what is said tells an event from all others of its kind, so that an id can be made of it. */
export function hasNaturalKey(kind: OpsEvent['kind'], isSaid: (name: string) => boolean): boolean {
  const key = NATURAL_KEYS[kind];
  return key.length > 0 && key.every(isSaid);
}
