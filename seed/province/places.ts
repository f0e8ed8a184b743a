/** Who resolves dossiers, how many, how well: each unit before and since the merger. Hides real-month.txt. */
import type { LineageRecord, UnitRecord } from '../../shared/unit-record.ts';
import { readGazetteer, selectProvince } from '../gazetteer/gazetteer.ts';
import { type Catalogue, readTable, type Service } from './catalogue.ts';
import { listDepartmentKinds, OLD_PROVINCES, PROVINCE } from './departments.ts';
import { hashText, sumUp } from './dice.ts';
import type { Origin, Tier } from './shape.ts';
import type { Trouble } from './trouble.ts';

/** The quality of a unit's work in August 2026; shares are 0..1, `feeShare` of dossiers, `paid` of those with a fee. */
export type Quality = {
  onTime: number;
  meanDays: number;
  feeShare: number;
  paid: number;
  eResult: number;
  digitised: number;
  populationData: number;
};

/** A unit that resolves dossiers. */
export type Place = {
  code: string;
  /** What its dossier codes begin with. */
  prefix: string;
  tier: Tier;
  origin: Origin;
  isOld: boolean;
  hash: number;
  /** Dossiers of a real ordinary working day, before sampling. */
  perDay: number;
  quality: Quality;
  /** Log-odds of being on time, August 2026. */
  punctuality: number;
  services: readonly Service[];
  /** Running sums of the weights of `services`. */
  odds: readonly number[];
  /** Factor from a procedure's share with a fee to the unit's. */
  feeFactor: number;
  /** Whether its feed states due times. */
  statesDue: boolean;
  /** Who takes over at the merger, with running sums of their shares. */
  heirs: readonly Place[];
  heirOdds: readonly number[];
  trouble: Trouble | undefined;
};

/** Every place: `old` until 30 June 2025, `young` since. */
export type Places = { old: Place[]; young: Place[] };

/** Dossiers received over dossiers evaluated, August 2026: the latter hold what was carried over. */
const FRESH = 152_595 / 184_513;
const WORKING_DAYS_OF_AUGUST = 21;
const TIER_SHARES: Record<Tier, number> = { commune: 0.55, district: 0.3, department: 0.15 };
const ORIGIN_SHARES: Record<Origin, number> = { 26: 0.36, 25: 0.4, 17: 0.24 };
/** Part of the districts' services that went to the communes. */
const PASSED_ON = 0.85;

type Fact = { code: string; dossiers: number; quality: Quality };

function readFacts(): Map<string, Fact> {
  const facts = readTable('real-month.txt').map(([line = '']): Fact => {
    const [code = '', tens = '0', ...rest] = line.split(' ');
    const [onTime = 0, meanDays = 0, fee = 0, paid = 0, electronic = 0, digitised = 0, people = 0] =
      rest.map(Number);
    const quality = {
      onTime: onTime / 100,
      meanDays,
      feeShare: fee / 100,
      paid: paid / 100,
      eResult: electronic / 100,
      digitised: digitised / 100,
      populationData: people / 100,
    };
    return { code, dossiers: Number(tens) * 10, quality };
  });
  return new Map(facts.map((fact) => [fact.code, fact]));
}

type Draft = Pick<Place, 'code' | 'prefix' | 'tier' | 'origin' | 'isOld' | 'perDay' | 'quality'> & {
  offers: { service: Service; weight: number }[];
  heirs: { place: Place; share: number }[];
  trouble: Trouble | undefined;
};

function createPlace({ offers, heirs, ...draft }: Draft): Place {
  const { feeShare, onTime } = draft.quality;
  const tilt = draft.tier === 'department' ? 1 : Math.min(1.5, Math.max(0.45, feeShare / 0.64));
  const weights = offers.map(({ service, weight }) => {
    if (service.procedure.field === 'chung-thuc') return weight * tilt;
    return service.procedure.field === 'dat-dai' ? weight / tilt : weight;
  });
  const odds = sumUp(weights);
  const fees = offers.reduce((sum, { service }, index) => sum + service.fee * (weights[index] ?? 0), 0);
  const hash = hashText(`${draft.code}|${draft.isOld ? 'old' : 'young'}`);
  const chance = Math.min(0.985, Math.max(0.08, onTime));
  return {
    ...draft,
    hash,
    punctuality: Math.log(chance / (1 - chance)),
    services: offers.map(({ service }) => service),
    odds,
    feeFactor: fees > 0 ? (feeShare * (odds.at(-1) ?? 0)) / fees : 0,
    statesDue: (hash & 1) === 1,
    heirs: heirs.map(({ place }) => place),
    heirOdds: sumUp(heirs.map(({ share }) => share)),
  };
}

/** What an office offers: services by who resolves them, each group weighing what it is given. */
function offer(catalogue: Catalogue, groups: Record<string, number>): Draft['offers'] {
  return Object.entries(groups).flatMap(([who, share]) => {
    const services = catalogue.services.filter((service) => service.who === who);
    const total = services.reduce((sum, { weight }) => sum + weight, 0);
    return services.map((service) => ({ service, weight: (service.weight / total) * share }));
  });
}

/** Blends qualities by weights. */
function blend(parts: { place: Place; share: number }[]): Quality {
  const mean = (pick: (quality: Quality) => number) => {
    const total = parts.reduce((sum, { place, share }) => sum + share * place.perDay, 0);
    const sum = parts.reduce((all, { place, share }) => all + share * place.perDay * pick(place.quality), 0);
    return total > 0 ? sum / total : 0;
  };
  return {
    onTime: mean((quality) => quality.onTime),
    meanDays: mean((quality) => quality.meanDays),
    feeShare: mean((quality) => quality.feeShare),
    paid: mean((quality) => quality.paid),
    eResult: mean((quality) => quality.eResult),
    digitised: mean((quality) => quality.digitised),
    populationData: mean((quality) => quality.populationData),
  };
}

/** All places of the province, each with its heirs; reads the gazetteer. */
export function listPlaces(catalogue: Catalogue, troubles: readonly Trouble[]): Places {
  const { units, lineage } = selectProvince(readGazetteer(), PROVINCE);
  const facts = readFacts();
  const kinds = listDepartmentKinds();
  const young = units.flatMap(({ code, level, from, to, aliases }): Place[] => {
    const fact = facts.get(code);
    if (to !== null || !fact || (level !== 'commune' && level !== 'department')) return [];
    const letters = code.slice(PROVINCE.length + 1);
    const groups =
      level === 'commune'
        ? { C: TIER_SHARES.commune, D: TIER_SHARES.district * PASSED_ON }
        : Object.fromEntries(
            kinds.filter(({ since }) => since === letters).map((kind) => [kind.letters, kind.share]),
          );
    const ancestor = lineage.find((row) => row.to === code && row.on === from)?.from;
    const before = units.find((unit) => unit.code === ancestor && unit.to === from);
    return [
      createPlace({
        code,
        prefix: aliases?.[0] ?? code,
        tier: level,
        origin: toOrigin(before && level === 'commune' ? originOf(before, units) : null),
        isOld: false,
        perDay: (fact.dossiers * FRESH) / WORKING_DAYS_OF_AUGUST,
        quality: fact.quality,
        offers: offer(catalogue, groups),
        heirs: [],
        trouble: troubles.find((trouble) => trouble.unit === code),
      }),
    ];
  });
  return { young, old: listOldPlaces({ catalogue, units, lineage, young }) };
}

type OldInput = {
  catalogue: Catalogue;
  units: readonly UnitRecord[];
  lineage: readonly LineageRecord[];
  young: readonly Place[];
};
type Part = { place: Place; share: number };

/** The places of before the merger: each commune takes its part of its heirs, a district of its communes. */
function listOldPlaces({ catalogue, units, lineage, young }: OldInput): Place[] {
  const byCode = new Map(young.map((place) => [place.code, place]));
  const total = young.reduce((sum, { perDay }) => sum + perDay, 0);
  const claims = new Map<string, number>();
  for (const { to, share } of lineage) claims.set(to, (claims.get(to) ?? 0) + share);
  const heirsOf = (code: string): Part[] =>
    lineage.flatMap(({ from, to, share }) => {
      const place = from === code ? byCode.get(to) : undefined;
      return place ? [{ place, share: share / (claims.get(to) ?? 1) }] : [];
    });
  const draft = (unit: UnitRecord, tier: Tier, heirs: Part[]): Place =>
    createPlace({
      code: unit.code,
      prefix: unit.code,
      tier,
      origin: toOrigin(originOf(unit, units)),
      isOld: true,
      perDay: heirs.reduce((sum, { place, share }) => sum + place.perDay * share, 0),
      quality: blend(heirs),
      offers: offer(catalogue, tier === 'commune' ? { C: 1 } : { D: 1 }),
      heirs: heirs.map(({ place, share }) => ({ place, share: share * place.perDay })),
      trouble: undefined,
    });
  const before = units.filter((unit) => unit.to !== null);
  const communes = before
    .filter((unit) => unit.level === 'commune')
    .map((unit) => draft(unit, 'commune', heirsOf(unit.code)));
  const districts = before
    .filter((unit) => unit.level === 'district')
    .map((district) => {
      const own = before.filter((unit) => unit.parent === district.code);
      return draft(
        district,
        'district',
        own.flatMap(({ code }) => heirsOf(code)),
      );
    });
  const departments = listOldDepartmentPlaces(catalogue, byCode);
  return [communes, districts, departments].flatMap((places) => {
    const sum = places.reduce((all, { perDay }) => all + perDay, 0);
    const factor = (total * TIER_SHARES[places[0]?.tier ?? 'commune']) / sum;
    return places.map((place) => ({ ...place, perDay: place.perDay * factor }));
  });
}

function toOrigin(province: string | null): Origin {
  return OLD_PROVINCES.find((code) => code === province) ?? PROVINCE;
}

function originOf({ parent, level }: UnitRecord, units: readonly UnitRecord[]): string | null {
  if (level !== 'commune') return parent;
  return units.find((unit) => unit.level === 'district' && unit.code === parent)?.parent ?? null;
}

function listOldDepartmentPlaces(catalogue: Catalogue, young: ReadonlyMap<string, Place>): Place[] {
  const kinds = listDepartmentKinds();
  return OLD_PROVINCES.flatMap((origin) =>
    kinds.flatMap(({ letters, since, share }) => {
      const place = young.get(`${PROVINCE}.${since}`);
      if (!place) return [];
      const code = `${origin}.${letters}`;
      return createPlace({
        code,
        prefix: code,
        tier: 'department',
        origin,
        isOld: true,
        perDay: place.perDay * share * ORIGIN_SHARES[origin],
        quality: place.quality,
        offers: offer(catalogue, { [letters]: 1 }),
        heirs: [{ place, share: 1 }],
        trouble: undefined,
      });
    }),
  );
}
