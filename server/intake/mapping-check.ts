import { hasNaturalKey, listFields } from './fields.ts';
import type { Mapping, Source, Step } from './mapping.ts';

/** A source with the key it stands under in the mapping file. */
export type PlacedSource = { key: string; source: Source };

/** Every source of a mapping, nested ones too, with its key. */
export function listSources(mapping: Mapping): PlacedSource[] {
  const top: PlacedSource[] = placeFields('fields', mapping.fields);
  for (const [index, step] of mapping.steps.entries()) {
    const key = `steps[${index}]`;
    top.push({ key: `${key}.at`, source: step.at }, ...placeFields(`${key}.fields`, step.fields));
    if (step.status !== undefined) top.push({ key: `${key}.status`, source: step.status });
    top.push(...placeConditions(`${key}.where`, step.where));
  }
  top.push(...placeConditions('where', mapping.where));
  for (const [index, tier] of (mapping.units?.levels ?? []).entries()) {
    for (const name of ['code', 'name', 'nameEn'] as const) {
      const source = tier[name];
      if (source) top.push({ key: `units.levels[${index}].${name}`, source });
    }
  }
  return top.flatMap(unfold);
}

function placeFields(key: string, fields: Record<string, Source>): PlacedSource[] {
  return Object.entries(fields).map(([name, source]) => ({ key: `${key}.${name}`, source }));
}

function placeConditions(key: string, conditions: Mapping['where']): PlacedSource[] {
  return conditions.flatMap((condition, index) => {
    const own = { key: `${key}[${index}]`, source: { column: condition.column } };
    const others = [condition.before, condition.notBefore, condition.after, condition.notAfter];
    return [own, ...others.filter((source) => source !== undefined).map((source) => ({ ...own, source }))];
  });
}

function unfold(placed: PlacedSource): PlacedSource[] {
  const { first, earliest, latest } = placed.source;
  const nested = first ?? earliest ?? latest ?? [];
  return [placed, ...nested.flatMap((source) => unfold({ key: placed.key, source }))];
}

/** The columns in braces of a template. */
export function columnsOfTemplate(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}

/** The columns a mapping reads, each once. */
export function listColumns(mapping: Mapping): string[] {
  const columns = listSources(mapping).flatMap(({ source }) => [
    ...(source.column === undefined ? [] : [source.column]),
    ...columnsOfTemplate(source.template ?? ''),
  ]);
  return [...new Set(columns)];
}

/** What is wrong with a mapping beyond its shape, each line naming the key; empty when nothing. */
export function checkMapping(mapping: Mapping): string[] {
  return [...checkFormat(mapping), ...checkFields(mapping), ...checkSources(mapping), ...checkUnits(mapping)];
}

function isKnown(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

function checkFormat({ zone, file }: Mapping): string[] {
  const wrong: string[] = [];
  if (!isKnown(() => new Intl.DateTimeFormat('en', { timeZone: zone })))
    wrong.push(`zone: ${zone} is no time zone`);
  if (!isKnown(() => new TextDecoder(file.encoding)))
    wrong.push(`file.encoding: ${file.encoding} is no encoding`);
  return wrong;
}

function checkFields(mapping: Mapping): string[] {
  const known = listFields(mapping.kind);
  const wrong: string[] = [];
  const refuseUnknown = (key: string, fields: Record<string, Source>) => {
    for (const name of Object.keys(fields)) {
      if (name === 'at') wrong.push(`${key}.at: a time belongs to a step: steps[…].at`);
      else if (!known.has(name)) wrong.push(`${key}.${name}: a ${mapping.kind} has no such field`);
    }
  };
  refuseUnknown('fields', mapping.fields);
  for (const [index, step] of mapping.steps.entries()) {
    const key = `steps[${index}]`;
    refuseUnknown(`${key}.fields`, step.fields);
    if (step.status !== undefined && !known.has('status'))
      wrong.push(`${key}.status: a ${mapping.kind} has no status`);
    for (const name of listMissing(mapping, step))
      wrong.push(`${key}: no source for ${name}, here or in fields`);
  }
  if (mapping.fields.id && mapping.steps.length > 1) {
    wrong.push(
      'fields.id: several steps of a row would share the id; give each step its own in steps[…].fields.id',
    );
  }
  return wrong;
}

function listMissing(mapping: Mapping, step: Step): string[] {
  const given = new Set([...Object.keys(mapping.fields), ...Object.keys(step.fields), 'at']);
  if (step.status !== undefined) given.add('status');
  const fields = listFields(mapping.kind);
  // A field that is needed anyway is missed by its own name.
  const isSaid = (name: string) => given.has(name) || fields.get(name)?.isRequired === true;
  if (hasNaturalKey(mapping.kind, isSaid)) given.add('id');
  const required = [...fields.values()].filter((field) => field.isRequired);
  return required.map((field) => field.name).filter((name) => !given.has(name));
}

function isTimeKey(mapping: Mapping, key: string): boolean {
  if (/where\[\d+\]$/.test(key) || /^steps\[\d+\]\.at$/.test(key)) return true;
  const name = /fields\.(.+)$/.exec(key)?.[1];
  return name !== undefined && listFields(mapping.kind).get(name)?.kind === 'time';
}

function checkSources(mapping: Mapping): string[] {
  const levels = new Set<string>(['deepest', ...(mapping.units?.levels ?? []).map((tier) => tier.level)]);
  if (mapping.units?.root.level) levels.add(mapping.units.root.level);
  return listSources(mapping).flatMap(({ key, source }) => {
    if (source.unit !== undefined && key.startsWith('units.'))
      return [`${key}: a unit cannot be read from units`];
    if (source.unit !== undefined && !mapping.units) return [`${key}: unit needs the key units`];
    if (source.unit !== undefined && !levels.has(source.unit))
      return [`${key}: units has no level ${source.unit}`];
    const isOfTimes = source.earliest ?? source.latest ?? source.times ?? source.dateOnly;
    if (isOfTimes && !isTimeKey(mapping, key))
      return [`${key}: earliest, latest, times, dateOnly are for times`];
    return [];
  });
}

function checkUnits({ units }: Mapping): string[] {
  if (!units || (units.root.name === undefined) === (units.root.level === undefined)) return [];
  return ['units.root: give name and level to make the root, or neither when it is already there'];
}
