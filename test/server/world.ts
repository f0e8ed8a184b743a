/** A small world for tests: two old provinces that become one, procedures with norms of all kinds, steps of dossiers. */
import { createSite, type Site } from '../../server/site.ts';
import type { DossierEvent } from '../../shared/event.ts';
import { BEGINNING, type UnitFacts, type UnitLevel } from '../../shared/unit.ts';
import type { LineageRecord, UnitRecord } from '../../shared/unit-record.ts';

/** Units and lineage as `loadUnits` takes them. */
export type Selection = { units: readonly UnitRecord[]; lineage: readonly LineageRecord[] };

export const ZONE = 'Asia/Ho_Chi_Minh';
export const REFORM = '2025-07-01';
/** The day on which references without a day are read in tests. */
export const TODAY = '2026-11-22';

/** A local time in Viet Nam, `YYYY-MM-DD HH:MM` or a day, as an instant. */
export function at(local: string): number {
  return Date.parse(`${local.length === 10 ? `${local} 00:00` : local}:00+07:00`.replace(' ', 'T'));
}

/** An instant as an event states it. */
export const iso = (instant: number): string => new Date(instant).toISOString();

type Placed = [code: string, level: UnitLevel, parent: string | null];

const stand = (rows: Placed[], from: string, to: string | null): UnitRecord[] =>
  rows.map(([code, level, parent]) => ({ code, name: { vi: code, en: code }, level, parent, from, to }));

const pass = (rows: [from: string, to: string, share?: number][]): LineageRecord[] =>
  rows.map(([from, to, share = 1]) => ({ from, to, on: REFORM, share }));

/**
 * Two old provinces that become one on 1 July 2025. Commune C is divided among A and D; district N has no successor;
 * department 26.SXD dies without one, 26.SNV goes to 25.SNV.
 */
export const SMALL: Selection = {
  units: [
    ...stand(
      [
        ['26', 'province', null],
        ['26M', 'district', '26'],
        ['26N', 'district', '26'],
        ['A', 'commune', '26M'],
        ['B', 'commune', '26M'],
        ['C', 'commune', '26N'],
        ['26.SNV', 'department', '26'],
        ['26.SXD', 'department', '26'],
        ['25', 'province', null],
        ['25M', 'district', '25'],
        ['D', 'commune', '25M'],
      ],
      BEGINNING,
      REFORM,
    ),
    ...stand(
      [
        ['25', 'province', null],
        ['A', 'commune', '25'],
        ['D', 'commune', '25'],
        ['25.SNV', 'department', '25'],
      ],
      REFORM,
      null,
    ),
  ],
  lineage: pass([
    ['26', '25'],
    ['25', '25'],
    ['A', 'A'],
    ['B', 'A'],
    ['C', 'A', 0.25],
    ['C', 'D', 0.75],
    ['D', 'D'],
    ['26.SNV', '25.SNV'],
  ]),
};

/** Units of the small world that may hold a dossier, before and after the reform. */
export const SEATS = {
  old: ['A', 'B', 'C', 'D', '26M', '26N', '26.SNV', '26.SXD'],
  new: ['A', 'D', '25.SNV'],
};

/** The facts of a selection as a store would number them, for pure folds. */
export function factsOf({ units, lineage }: Selection): UnitFacts {
  const rows = units.map(({ code, name, level, from, to, lat, lon }, index) => ({
    ...{ id: index + 1, code, name, level, from, to, lat: lat ?? null, lon: lon ?? null },
  }));
  const find = (code: string | null, alive: (unit: UnitRecord) => boolean) =>
    units.findIndex((unit) => unit.code === code && alive(unit)) + 1;
  return {
    units: rows,
    parents: units.map(({ parent, from, to }, index) => ({
      unit: index + 1,
      parent: parent === null ? null : find(parent, (unit) => unit.from === from && unit.to === to),
      from,
    })),
    successions: lineage.map(({ from, to, on, share }) => ({
      ...{
        predecessor: find(from, (unit) => unit.to === on),
        successor: find(to, (unit) => unit.from === on),
      },
      ...{ on, share },
    })),
    aliases: [],
  };
}

/** A site with norms of all three kinds, and none for procedure `P.none`. */
export const SITE: Site = createSite({
  fields: [{ code: 'land', name: { vi: 'Đất đai', en: 'Land' } }],
  procedures: [
    {
      code: 'P.hours',
      name: { vi: 'Giờ', en: 'Hours' },
      field: 'land',
      norm: { amount: 8, unit: 'workingHours' },
    },
    {
      code: 'P.days',
      name: { vi: 'Ngày', en: 'Days' },
      field: 'civil',
      norm: { amount: 5, unit: 'workingDays' },
    },
    {
      code: 'P.calendar',
      name: { vi: 'Lịch', en: 'Calendar' },
      norm: { amount: 10, unit: 'days' },
      result: false,
    },
  ],
});

/** A dossier's step with everything ordinary filled in. */
export function step(
  order: Partial<DossierEvent> & { id: string; at: string; status: number },
): DossierEvent {
  return {
    kind: 'dossier',
    dossier: 'one',
    procedure: 'P.days',
    receiver: 'A',
    resolver: 'A',
    channel: 'online',
    level: 'full',
    ...order,
  };
}
