/** The departments of the three old provinces and what became of them. Hides departments.txt. */

import { BEGINNING } from '../../shared/unit.ts';
import type { LineageRecord, UnitRecord } from '../../shared/unit-record.ts';
import { REFORM_DAY } from '../gazetteer/gazetteer.ts';
import { readTable } from './catalogue.ts';

/** A kind of department until June 2025: its letters, those of the one it went into, its share of that one's business. */
export type DepartmentKind = { letters: string; since: string; share: number; vi: string; en: string };

/** The provinces that became Phú Thọ in July 2025. */
export const OLD_PROVINCES = ['17', '25', '26'] as const;
/** The province they became. */
export const PROVINCE = '25';

/** Every kind of department of before the merger. */
export function listDepartmentKinds(): DepartmentKind[] {
  return readTable('departments.txt').map(([letters = '', since = '', share, vi = '', en = '']) => ({
    letters,
    since,
    share: Number(share),
    vi,
    en,
  }));
}

/** The departments of before the merger as `ioc units --file` takes them; the rest is `ioc units --province 25`. */
export function listOldDepartments(): { units: UnitRecord[]; lineage: LineageRecord[] } {
  const kinds = listDepartmentKinds();
  const pairs = OLD_PROVINCES.flatMap((parent) => kinds.map((kind) => ({ parent, kind })));
  return {
    units: pairs.map(({ parent, kind }) => ({
      code: `${parent}.${kind.letters}`,
      name: { vi: kind.vi, en: kind.en },
      level: 'department',
      from: BEGINNING,
      to: REFORM_DAY,
      parent,
    })),
    lineage: pairs.map(({ parent, kind }) => ({
      from: `${parent}.${kind.letters}`,
      to: `${PROVINCE}.${kind.since}`,
      on: REFORM_DAY,
      share: 1,
    })),
  };
}
