/**
 * The official units of Viet Nam on both sides of 1 July 2025, and who followed whom.
 * Hides the text files beside it. Law: every unit has its parent here, alive on the same days.
 */
import { readFileSync } from 'node:fs';
import { BEGINNING } from '../../shared/unit.ts';
import type { LineageRecord, UnitRecord } from '../../shared/unit-record.ts';

/** The day every unit of the three-tier tree ended and every unit of the two-tier tree began. */
export const REFORM_DAY = '2025-07-01';

/** One province of one of the two trees with everything below it, parents before children. */
export type ProvinceUnits = { code: string; units: readonly UnitRecord[] };

/** Both trees by province, in order of code; `areasKm2` by code of the communes since 1 July 2025. */
export type Gazetteer = {
  before: readonly ProvinceUnits[];
  after: readonly ProvinceUnits[];
  lineage: readonly LineageRecord[];
  areasKm2: ReadonlyMap<string, number>;
};

/** Units, parents before children and the old tree first, and the succession among them. */
export type Selection = { units: UnitRecord[]; lineage: LineageRecord[] };

type Lifetime = { from: string; to: string | null };
type Agency = { alias: string; code: string; name: { vi: string; en: string } | undefined };

const OLD: Lifetime = { from: BEGINNING, to: REFORM_DAY };
const NEW: Lifetime = { from: REFORM_DAY, to: null };

const ENGLISH_TYPES = [
  ['Thành phố', 'City'],
  ['Thị trấn', 'Township'],
  ['Đặc khu', 'Special Zone'],
  ['Phường', 'Ward'],
  ['Thị xã', 'Town'],
  ['Huyện', 'District'],
  ['Quận', 'District'],
  ['Tỉnh', 'Province'],
  ['Xã', 'Commune'],
] as const;

/** An official name in English: no diacritics, the type word after the name, before it where the name is a number. */
export function translateName(name: string): string {
  for (const [vi, en] of ENGLISH_TYPES) {
    if (!name.startsWith(`${vi} `)) continue;
    const bare = stripDiacritics(name.slice(vi.length + 1));
    return /^\d/.test(bare) ? `${en} ${bare}` : `${bare} ${en}`;
  }
  return stripDiacritics(name);
}

function stripDiacritics(text: string): string {
  const stripped = text.normalize('NFD').replace(/\p{M}/gu, '');
  return stripped.replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

/** The whole gazetteer, read from the files beside this one; throws when a file is damaged. */
export function readGazetteer(): Gazetteer {
  const agencies = readLines('agencies.txt').map(parseAgency);
  const areasKm2 = new Map<string, number>();
  return {
    before: groupByProvince(readLines('before.txt'), parseOldUnits),
    after: groupByProvince(readLines('after.txt'), (lines) => parseNewUnits(lines, { agencies, areasKm2 })),
    lineage: parseLineage(readLines('lineage.txt')),
    areasKm2,
  };
}

/**
 * What a province needs whole: the province since 1 July 2025 that the code names or went to, all below it,
 * every province that merged into it with all below, and the succession among them. Old and new codes give the same.
 * Throws RangeError for a code no province ever had.
 */
export function selectProvince(gazetteer: Gazetteer, code: string): Selection {
  const successor = gazetteer.lineage.find((row) => row.from === code)?.to;
  const after = gazetteer.after.filter((province) => province.code === successor);
  if (after.length === 0) throw new RangeError(`no province has or had the code ${code}`);
  const merged = new Set(gazetteer.lineage.filter((row) => row.to === successor).map((row) => row.from));
  return select(
    { before: gazetteer.before.filter((province) => merged.has(province.code)), after },
    gazetteer,
  );
}

/** Both trees whole and the whole succession. */
export function selectCountry(gazetteer: Gazetteer): Selection {
  return select(gazetteer, gazetteer);
}

function select(chosen: Pick<Gazetteer, 'before' | 'after'>, { lineage }: Gazetteer): Selection {
  const begun = chosen.after.flatMap((province) => province.units);
  const codes = new Set(begun.map((unit) => unit.code));
  return {
    units: [...chosen.before.flatMap((province) => province.units), ...begun],
    lineage: lineage.filter((row) => codes.has(row.to)),
  };
}

function readLines(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function groupByProvince(lines: string[], parse: (lines: string[]) => UnitRecord[]): ProvinceUnits[] {
  const starts = [...lines.keys()].filter((at) => !lines[at]?.startsWith(' '));
  return starts.map((start, index) => {
    const units = parse(lines.slice(start, starts[index + 1]));
    return { code: units[0]?.code ?? '', units };
  });
}

function parseOldUnits(lines: string[]): UnitRecord[] {
  const levels = ['province', 'district', 'commune'] as const;
  const path: string[] = [];
  return lines.map((line) => {
    const [, indent, code, name] = matchLine(/^( {0,2})(\d+) (\S.*)$/, line);
    const depth = indent.length;
    const level = levels[depth] ?? 'commune';
    path.splice(depth, path.length, code);
    return { code, name: nameOf(name), level, ...OLD, parent: path[depth - 1] ?? null };
  });
}

type NewFacts = { agencies: Agency[]; areasKm2: Map<string, number> };

function parseNewUnits(lines: string[], { agencies, areasKm2 }: NewFacts): UnitRecord[] {
  const [head, ...rest] = lines;
  const [, province, name] = matchLine(/^(\d\d) (\S.*)$/, head ?? '');
  const aliases = new Map(agencies.map((agency) => [agency.code, [agency.alias]]));
  const communes = rest.map((line): UnitRecord => {
    const [, code, commune, lat, lon, area] = matchLine(
      /^ (\d{5})\|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)$/,
      line,
    );
    const alias = aliases.get(code);
    areasKm2.set(code, Number(area));
    return {
      code,
      name: nameOf(commune),
      level: 'commune',
      ...NEW,
      parent: province,
      ...(alias && { aliases: alias }),
      lat: Number(lat),
      lon: Number(lon),
    };
  });
  const departments = agencies.flatMap((agency) => listDepartment(agency, province));
  return [
    { code: province, name: nameOf(name), level: 'province', ...NEW, parent: null },
    ...departments,
    ...communes,
  ];
}

function listDepartment({ alias, code, name }: Agency, province: string): UnitRecord[] {
  if (!name || !code.startsWith(`${province}.`)) return [];
  return [{ code, name, level: 'department', ...NEW, parent: province, aliases: [alias] }];
}

function parseAgency(line: string): Agency {
  const [, alias, code, vi, en] = matchLine(/^([^|]+)\|([^|]+)(?:\|([^|]+)\|([^|]+))?$/, line);
  return { alias, code, name: vi ? { vi, en } : undefined };
}

function parseLineage(lines: string[]): LineageRecord[] {
  const rows = lines.flatMap((line) => {
    const [, to, list] = matchLine(/^(\d+)<-([\d,~]+)$/, line);
    return list.split(',').map((old) => ({ from: old.replace('~', ''), to, isDivided: old.endsWith('~') }));
  });
  const divisions = new Map<string, number>();
  for (const { from, isDivided } of rows) {
    if (isDivided) divisions.set(from, (divisions.get(from) ?? 0) + 1);
  }
  return rows.map(({ from, to }) => ({ from, to, on: REFORM_DAY, share: 1 / (divisions.get(from) ?? 1) }));
}

function nameOf(vi: string): UnitRecord['name'] {
  return { vi, en: translateName(vi) };
}

type Fields = readonly [string, string, string, string, string, string];

function matchLine(form: RegExp, line: string): Fields {
  const match = form.exec(line);
  if (!match) throw new Error(`gazetteer line not understood: ${line}`);
  return [match[0], match[1] ?? '', match[2] ?? '', match[3] ?? '', match[4] ?? '', match[5] ?? ''];
}
