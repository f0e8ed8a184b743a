import { expect, test } from 'vitest';
import { readGazetteer, selectCountry, selectProvince, translateName } from '../seed/gazetteer/gazetteer.ts';
import { BEGINNING, type UnitLevel } from '../shared/unit.ts';
import type { UnitRecord } from '../shared/unit-record.ts';

const gazetteer = readGazetteer();
const country = selectCountry(gazetteer);
const REFORM = '2025-07-01';

function find(code: string, from: string): UnitRecord | undefined {
  return country.units.find((unit) => unit.code === code && unit.from === from);
}

function countLevels(units: readonly UnitRecord[], from: string): Partial<Record<UnitLevel, number>> {
  const counts: Partial<Record<UnitLevel, number>> = {};
  for (const unit of units) if (unit.from === from) counts[unit.level] = (counts[unit.level] ?? 0) + 1;
  return counts;
}

function countTypes(province: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, level, parent } of country.units.filter((unit) => unit.from === REFORM)) {
    if (level !== 'commune' || parent !== province) continue;
    const type = /^(Xã|Phường|Đặc khu) /.exec(name.vi)?.[1] ?? name.vi;
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

test('the old tree has 63 provinces, 696 districts and 10,035 communes', () => {
  expect(countLevels(country.units, BEGINNING)).toEqual({ province: 63, district: 696, commune: 10_035 });
});

test('the new tree has 34 provinces and 3,321 communes, and Phú Thọ its 15 departments', () => {
  expect(countLevels(country.units, REFORM)).toEqual({ province: 34, commune: 3321, department: 15 });
});

test('the new communes are counted by type in three merged provinces', () => {
  expect([countTypes('25'), countTypes('52'), countTypes('68')]).toEqual([
    { Xã: 133, Phường: 15 },
    { Xã: 110, Phường: 25 },
    { Xã: 103, Phường: 20, 'Đặc khu': 1 },
  ]);
});

test('seven provinces of the new tree are centrally-run cities, every other one a Tỉnh', () => {
  const names = gazetteer.after.map((province) => province.units[0]?.name.vi ?? '');
  expect(names.filter((name) => !name.startsWith('Tỉnh '))).toEqual([
    'Thành phố Hà Nội',
    'Thành phố Hải Phòng',
    'Thành phố Huế',
    'Thành phố Đà Nẵng',
    'Thành phố Đồng Nai',
    'Thành phố Hồ Chí Minh',
    'Thành phố Cần Thơ',
  ]);
});

test('every name begins with its type word and is composed Unicode without stray spaces', () => {
  const wellFormed = /^(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu) \S+( \S+)*$/;
  const odd = country.units
    .filter((unit) => unit.level !== 'department')
    .filter(({ name }) => !wellFormed.test(name.vi) || name.vi !== name.vi.normalize('NFC'));
  expect(odd).toEqual([]);
  expect(country.units.filter(({ name }) => /[^ -~]/.test(name.en))).toEqual([]);
});

test('a unit is known by its code and its beginning', () => {
  expect(new Set(country.units.map((unit) => `${unit.code}@${unit.from}`)).size).toBe(country.units.length);
});

test('every parent is there, lives on the same days, comes first and is of the level above', () => {
  const seen = new Map<string, UnitRecord>();
  const wrong: UnitRecord[] = [];
  for (const unit of country.units) {
    const parent = seen.get(`${unit.parent}@${unit.from}`);
    if (unit.level === 'province' ? unit.parent !== null : parent?.to !== unit.to) wrong.push(unit);
    if (unit.level === 'commune' && parent?.level !== (unit.from === REFORM ? 'province' : 'district')) {
      wrong.push(unit);
    }
    seen.set(`${unit.code}@${unit.from}`, unit);
  }
  expect(wrong).toEqual([]);
});

test('every new commune has a label point within the country and an area; no old one has either', () => {
  const isInside = ({ lat = 0, lon = 0 }: UnitRecord) => lat > 6 && lat < 24 && lon > 102 && lon < 118;
  const communes = country.units.filter((unit) => unit.level === 'commune' && unit.from === REFORM);
  expect(communes.filter((unit) => !isInside(unit))).toEqual([]);
  expect(communes.filter((unit) => !((gazetteer.areasKm2.get(unit.code) ?? 0) > 0))).toEqual([]);
  expect(country.units.filter((unit) => unit.from === BEGINNING && 'lat' in unit)).toEqual([]);
});

test('the business of every old province and commune goes somewhere, whole', () => {
  const shares = new Map<string, number>();
  for (const { from, share } of country.lineage) shares.set(from, (shares.get(from) ?? 0) + share);
  const left = country.units.filter(
    (unit) => unit.from === BEGINNING && Math.abs((shares.get(unit.code) ?? 0) - 1) > 1e-9,
  );
  expect(countLevels(left, BEGINNING)).toEqual({ district: 691 });
});

test('every new province and commune took over from somebody', () => {
  const followers = new Set(country.lineage.map((row) => row.to));
  const fromNothing = country.units.filter((unit) => unit.from === REFORM && !followers.has(unit.code));
  expect(countLevels(fromNothing, REFORM)).toEqual({ department: 15 });
});

test('a unit passes to a unit of the province that its own province became', () => {
  const homes = new Map<string, string>();
  for (const { code, units } of gazetteer.after) for (const unit of units) homes.set(unit.code, code);
  const became = new Map(gazetteer.lineage.map((row) => [row.from, row.to]));
  const crossing = gazetteer.before.flatMap(({ code, units }) => {
    const own = new Set(units.map((unit) => unit.code));
    const rows = gazetteer.lineage.filter((row) => own.has(row.from));
    return rows.filter((row) => homes.get(row.to) !== became.get(code));
  });
  expect(crossing).toEqual([]);
});

test('the code 08707 is two units with two names', () => {
  expect(country.units.filter((unit) => unit.code === '08707')).toEqual([
    {
      code: '08707',
      name: { vi: 'Phường Tích Sơn', en: 'Tich Son Ward' },
      level: 'commune',
      from: '0001-01-01',
      to: '2025-07-01',
      parent: '243',
    },
    {
      code: '08707',
      name: { vi: 'Phường Vĩnh Yên', en: 'Vinh Yen Ward' },
      level: 'commune',
      from: '2025-07-01',
      to: null,
      parent: '25',
      aliases: ['H44.199'],
      lat: 21.2937,
      lon: 105.5836,
    },
  ]);
});

test('units of each level are told whole', () => {
  expect([
    find('25', REFORM),
    find('26', BEGINNING),
    find('246', BEGINNING),
    find('25.SNV', REFORM),
    find('06325', REFORM),
  ]).toEqual([
    {
      code: '25',
      name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
      level: 'province',
      from: '2025-07-01',
      to: null,
      parent: null,
    },
    {
      code: '26',
      name: { vi: 'Tỉnh Vĩnh Phúc', en: 'Vinh Phuc Province' },
      level: 'province',
      from: '0001-01-01',
      to: '2025-07-01',
      parent: null,
    },
    {
      code: '246',
      name: { vi: 'Huyện Lập Thạch', en: 'Lap Thach District' },
      level: 'district',
      from: '0001-01-01',
      to: '2025-07-01',
      parent: '26',
    },
    {
      code: '25.SNV',
      name: { vi: 'Sở Nội vụ', en: 'Department of Home Affairs' },
      level: 'department',
      from: '2025-07-01',
      to: null,
      parent: '25',
      aliases: ['H44.42'],
    },
    {
      code: '06325',
      name: { vi: 'Xã Bắc Sơn', en: 'Bac Son Commune' },
      level: 'commune',
      from: '2025-07-01',
      to: null,
      parent: '20',
      lat: 21.9122,
      lon: 106.3287,
    },
  ]);
});

test('a divided commune is shared alike, a whole one passes whole', () => {
  const rowsFrom = (code: string) => country.lineage.filter((row) => row.from === code);
  expect([...rowsFrom('00013'), ...rowsFrom('23938'), ...rowsFrom('30622'), ...rowsFrom('755')]).toEqual([
    { from: '00013', to: '00004', on: '2025-07-01', share: 1 },
    { from: '23938', to: '23938', on: '2025-07-01', share: 1 },
    { from: '30622', to: '30604', on: '2025-07-01', share: 1 },
    { from: '755', to: '26732', on: '2025-07-01', share: 1 },
  ]);
  expect(rowsFrom('00016')).toEqual(
    ['00004', '00008'].map((to) => ({ from: '00016', to, on: '2025-07-01', share: 0.5 })),
  );
});

test('Gia Lai and the province it came from are found by the codes 52 and 64 alike', () => {
  const selection = selectProvince(gazetteer, '64');
  expect(selection).toEqual(selectProvince(gazetteer, '52'));
  const provinces = selection.units.filter((unit) => unit.level === 'province');
  expect(provinces.map((unit) => [unit.code, unit.name.vi, unit.from])).toEqual([
    ['52', 'Tỉnh Bình Định', '0001-01-01'],
    ['64', 'Tỉnh Gia Lai', '0001-01-01'],
    ['52', 'Tỉnh Gia Lai', '2025-07-01'],
  ]);
});

test('selecting 25, 26 or 17 gives the whole of Phú Thọ on both sides of the merger', () => {
  const selection = selectProvince(gazetteer, '25');
  expect(selectProvince(gazetteer, '26')).toEqual(selection);
  expect(selectProvince(gazetteer, '17')).toEqual(selection);
  expect(countLevels(selection.units, REFORM)).toEqual({ province: 1, department: 15, commune: 148 });
  const districts = (province: string) =>
    selection.units.filter((unit) => unit.level === 'district' && unit.parent === province);
  const sizes = ['25', '26', '17'].map((province) => {
    const codes = new Set(districts(province).map((unit) => unit.code));
    return [codes.size, selection.units.filter((unit) => codes.has(unit.parent ?? '')).length];
  });
  expect(sizes).toEqual([
    [13, 207],
    [9, 121],
    [10, 151],
  ]);
});

test('in Phú Thọ every department and commune has its own code on the national portal', () => {
  const aliases = selectProvince(gazetteer, '25')
    .units.filter((unit) => unit.from === REFORM && unit.level !== 'province')
    .flatMap((unit) => unit.aliases ?? []);
  expect(aliases.filter((alias) => /^H44\.\d{2,3}$/.test(alias)).length).toBe(163);
  expect(new Set(aliases).size).toBe(163);
});

test('the selections of all new provinces together are the country', () => {
  const parts = gazetteer.after.map((province) => selectProvince(gazetteer, province.code));
  expect(parts.reduce((sum, part) => sum + part.units.length, 0)).toBe(country.units.length);
  expect(parts.reduce((sum, part) => sum + part.lineage.length, 0)).toBe(country.lineage.length);
});

test('a code that no province ever had is refused', () => {
  for (const code of ['03', '243', '08707', '318', '']) {
    expect(() => selectProvince(gazetteer, code)).toThrow(RangeError);
  }
});

test('official names are put into English by their type word', () => {
  expect(
    ['Xã Tam Dương Bắc', 'Thị trấn Lập Thạch', 'Đặc khu Phú Quý', 'Quận 10', 'Phường Đống Đa'].map(
      translateName,
    ),
  ).toEqual([
    'Tam Duong Bac Commune',
    'Lap Thach Township',
    'Phu Quy Special Zone',
    'District 10',
    'Dong Da Ward',
  ]);
});
