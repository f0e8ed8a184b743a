import { expect, test } from 'vitest';
import { parseMapping } from '../server/intake/mapping.ts';
import { makeCode } from '../server/intake/source.ts';
import { createUnitCollector, shortenCode } from '../server/intake/units.ts';
import { FIELDS, mapCells, mappingOf, summarise } from './intake-rows.ts';

test('texts of value tables, conditions and empty cells are compared as they read', () => {
  const parts = {
    zone: 'UTC',
    empty: ['Không có'],
    where: [{ column: 'kind', in: ['Hoà giải'] }],
    fields: {
      ...FIELDS,
      channel: {
        column: 'way',
        values: {
          'Trực tuyến': 'online',
          g1: 'postal',
          G1: 'direct',
          ab: 'online',
          AB: 'postal',
          '*': 'direct',
        },
      },
    },
    steps: [
      { status: 2, at: 'in' },
      { status: 9, at: 'out' },
    ],
  };
  const row = {
    no: ' A\u200B',
    kind: 'HÒA\u00A0GIẢI',
    way: 'x',
    in: '2026-03-02',
    out: 'KHÔNG CÓ'.normalize('NFD'),
  };
  const channelOf = (way: string) => {
    const mapped = mapCells({ ...row, way }, parts);
    const event = mapped.state === 'events' ? mapped.events[0] : undefined;
    return event?.kind === 'dossier' ? [event.dossier, event.channel] : mapped.state;
  };
  expect(
    ['Trực\u00A0tuyến', 'trực tuyến\u200B', 'TRỰC  TUYẾN'.normalize('NFD'), 'g1', 'G1', 'Ab'].map(channelOf),
  ).toEqual([
    ['A', 'online'],
    ['A', 'online'],
    ['A', 'online'],
    ['A', 'postal'],
    ['A', 'direct'],
    ['A', 'direct'],
  ]);
});

test('a code that a spreadsheet has shortened is refused, and text no database keeps', () => {
  const refusal = (cells: object) =>
    summarise([mapCells({ no: 'A', way: 'Desk', in: '2026-03-02', ...cells }, {})])[0];
  const remedy = 'make the column no text where the file comes from, and export again';
  expect(refusal({ no: '2.60302E+14' })).toEqual([
    `1 dossier: "2.60302E+14" is a code that a spreadsheet has shortened, its digits are lost: ${remedy}`,
  ]);
  expect(refusal({ no: 'A\u0000' })).toEqual(['1 dossier: "A\u0000" holds a character that cannot be kept']);
  for (const error of ['#N/A', '#REF!', '#NAME?', '########', 'Err:502']) {
    expect(refusal({ no: error })).toEqual([
      `1 no: holds the error ${error}: mend it in the spreadsheet, or name it in empty`,
    ]);
  }
  expect(refusal({ no: '#12' })).toEqual(['#12 2 2026-03-01T17:00:00.000Z']);
  expect(refusal({ no: '2E7' })).toEqual(['2E7 2 2026-03-01T17:00:00.000Z']);
});

test('one row yields the steps whose time is there and whose conditions hold', () => {
  const steps = [
    { status: 2, at: 'in' },
    {
      status: 4,
      at: 'step',
      where: [
        { column: 'step', notBefore: 'in' },
        { column: 'step', before: 'out' },
      ],
    },
    {
      status: { column: 'end', values: { yes: 9, no: 3 } },
      at: { latest: ['out', 'in'] },
      where: [{ column: 'out', present: true }],
    },
  ];
  const row = { no: 'A', way: 'Desk', in: '2026-03-02', step: '2026-03-04', out: '2026-03-06', end: 'yes' };
  const statuses = (cells: object) =>
    summarise([mapCells({ ...row, ...cells }, { steps, zone: 'UTC', empty: ['NONE'] })])[0];
  expect(statuses({})).toEqual([
    'A 2 2026-03-02T00:00:00.000Z',
    'A 4 2026-03-04T00:00:00.000Z',
    'A 9 2026-03-06T00:00:00.000Z',
  ]);
  expect(statuses({ step: '2026-03-07' })).toEqual([
    'A 2 2026-03-02T00:00:00.000Z',
    'A 9 2026-03-06T00:00:00.000Z',
  ]);
  expect(statuses({ step: '2026-03-07', out: 'NONE' })).toEqual([
    'A 2 2026-03-02T00:00:00.000Z',
    'A 4 2026-03-07T00:00:00.000Z',
  ]);
  expect(statuses({ step: '', out: '2026-03-01', end: 'no' })).toEqual([
    'A 2 2026-03-02T00:00:00.000Z',
    'A 3 2026-03-02T00:00:00.000Z',
  ]);
  expect(statuses({ in: '', step: '', out: '' })).toBe('empty');
});

test('values come from constants, templates, tables and the first source that has one', () => {
  const parts = {
    where: [{ column: 'kind', in: ['x', 'y'] }],
    fields: {
      ...FIELDS,
      dossier: { template: '{no}/{year}' },
      procedure: { first: ['code', { column: 'name', code: true }] },
      channel: { column: 'way', values: { Internet: 'online', '': 'direct', '*': 'postal' } },
      due: 'due',
      fee: 'fee',
    },
  };
  const row = {
    kind: 'x',
    no: ' 7 ',
    year: '2026',
    code: '',
    name: 'Cấp phép xây dựng',
    way: '',
    in: '2026-03-02',
    due: '2026-03-05',
    fee: 'Có',
  };
  const mapped = mapCells(row, parts);
  expect(mapped.state === 'events' && { ...mapped.events[0], id: '' }).toEqual({
    id: '',
    kind: 'dossier',
    at: '2026-03-01T17:00:00.000Z',
    dossier: '7/2026',
    status: 2,
    procedure: 'CAP-PHEP-XAY-DUNG',
    receiver: '26',
    resolver: '26',
    channel: 'direct',
    level: 'full',
    due: '2026-03-05T10:00:00.000Z',
    fee: true,
  });
  expect(mapCells({ ...row, kind: 'z' }, parts)).toEqual({ state: 'left' });
});

test('a row with one unusable cell is refused whole, with line, field and reason', () => {
  const row = { no: 'A', way: 'Desk', in: '2026-03-02', out: '2026-03-03' };
  const steps = [
    { status: 2, at: { column: 'in', required: true } },
    { status: 9, at: 'out' },
  ];
  const refusal = (cells: object) => summarise([mapCells({ ...row, ...cells }, { steps })]);
  expect(refusal({ way: 'Fax' })).toEqual([['1 channel: "Fax" stands in no line of its values']]);
  expect(refusal({ way: '' })).toEqual([['1 channel: is empty']]);
  expect(refusal({ out: '03/03/2026' })).toEqual([['1 at: "03/03/2026" is no time in the forms iso']]);
  expect(refusal({ in: '' })).toEqual([['1 at: is empty']]);
});

test('the same row has the same ids again, whatever else it says gives others, and a salt changes them', () => {
  const row = { no: 'A', way: 'Desk', in: '2026-03-02', out: '2026-03-05', due: '2026-03-10', note: 'x' };
  const steps = [
    { status: 2, at: 'in' },
    { status: 9, at: 'out' },
  ];
  const ids = (cells: object, parts: object = {}) => {
    const fields = { ...FIELDS, due: 'due' };
    const mapped = mapCells({ ...row, ...cells }, { fields, steps, ...parts });
    return mapped.state === 'events' ? mapped.events.map(({ id }) => id) : [];
  };
  const [received, ended] = ids({});
  expect(ids({ note: 'y', way: ' DESK', no: 'A\u00A0' })).toEqual([received, ended]);
  expect(ids({ out: '2026-03-06' })).toEqual([received, expect.not.stringMatching(`^${ended}$`)]);
  for (const cells of [{ due: '2026-12-31' }, { way: 'Internet' }, { no: 'B' }]) {
    expect(ids(cells)).not.toContain(received);
    expect(ids(cells)).not.toContain(ended);
  }
  expect(ids({ in: '2026-03-03' })).toEqual([expect.not.stringMatching(`^${received}$`), ended]);
  expect(ids({}, { salt: 'ours' })).not.toContain(received);
  expect(ids({}, { steps: [{ status: 2, at: 'in', fields: { id: { template: 's-{no}' } } }] })).toEqual([
    's-A',
  ]);
});

test('steps of one instant stay in the order of the mapping', () => {
  const steps = [
    { status: 2, at: 'in' },
    { status: 5, at: 'in' },
    { status: 4, at: 'in' },
  ];
  expect(summarise([mapCells({ no: 'A', way: 'Desk', in: '2026-03-02T00:00Z' }, { steps })])).toEqual([
    ['A 2 2026-03-02T00:00:00.000Z', 'A 5 2026-03-02T00:00:00.000Z', 'A 4 2026-03-02T00:00:00.000Z'],
  ]);
});

test('units come from columns, an empty tier is passed over, and one code never stands for two', () => {
  const parts = {
    fields: { ...FIELDS, receiver: { unit: 'department' }, resolver: { unit: 'deepest' } },
    units: {
      root: { code: 'NL0001', name: 'Town', level: 'province' },
      levels: [
        { code: 'dept', level: 'department' },
        { code: 'group', name: 'title', level: 'office' },
      ],
    },
  };
  const units = createUnitCollector();
  const mapped = [
    { dept: 'General', group: 'Group 5', title: 'Permits' },
    { dept: ' general', group: '', title: '' },
    { dept: '', group: 'Phòng Một cửa', title: '' },
  ].map((cells) => mapCells({ no: 'A', way: 'Desk', in: '2026-03-02', ...cells }, parts));
  for (const row of mapped) if (row.state === 'events') units.add(row.units, 1);
  expect(mapped.map((row) => row.state === 'events' && row.events[0])).toMatchObject([
    { receiver: 'NL0001.GENERAL', resolver: 'NL0001.GENERAL.GROUP-5' },
    { receiver: 'NL0001.GENERAL', resolver: 'NL0001.GENERAL' },
    { receiver: 'NL0001', resolver: 'NL0001.PHONG-MOT-CUA' },
  ]);
  expect(units.list().map(({ code, name, level, parent }) => [code, name.vi, level, parent])).toEqual([
    ['NL0001', 'Town', 'province', null],
    ['NL0001.GENERAL', 'General', 'department', 'NL0001'],
    ['NL0001.GENERAL.GROUP-5', 'Permits', 'office', 'NL0001.GENERAL'],
    ['NL0001.PHONG-MOT-CUA', 'Phòng Một cửa', 'office', 'NL0001'],
  ]);
  const clash = mapCells({ no: 'A', way: 'Desk', in: '2026-03-02', dept: '', group: 'Phòng Mọt của' }, parts);
  expect(() => clash.state === 'events' && units.add(clash.units, 9)).toThrow(
    'two different units would get the code NL0001.PHONG-MOT-CUA',
  );
  expect(makeCode('Sở Đất đai & Nhà ở')).toBe('SO-DAT-DAI-NHA-O');
  expect(shortenCode('X'.repeat(50))).toHaveLength(40);
});

test('a mapping that is wrong says which key and why', () => {
  const refusal = (parts: object) => {
    try {
      mappingOf(parts);
    } catch (error) {
      return error instanceof Error
        ? error.message
            .split('\n')
            .slice(1)
            .map((line) => line.trim())
        : [];
    }
    return [];
  };
  expect(refusal({})).toEqual([]);
  expect(refusal({ zome: 'UTC' })).toEqual(['nobody knows the key zome']);
  expect(refusal({ zone: 'Mars' })).toEqual(['zone: Mars is no time zone']);
  expect(refusal({ steps: [{ status: 2 }] })).toEqual(['steps[0].at: is missing']);
  expect(refusal({ fields: { ...FIELDS, citizen: 'name' } })).toEqual([
    'fields.citizen: a dossier has no such field',
  ]);
  expect(refusal({ fields: {} })[0]).toBe('steps[0]: no source for dossier, here or in fields');
  expect(refusal({ fields: { ...FIELDS, receiver: { unit: 'office' } } })).toEqual([
    'fields.receiver: unit needs the key units',
  ]);
  expect(refusal({ times: ['dd/MM'] })[0]).toContain('times[0]: is no time format');
  expect(refusal({ fields: { ...FIELDS, channel: { latest: ['way'] } } })[0]).toContain(
    'fields.channel: earliest, latest',
  );
  expect(refusal({ steps: [{ status: 2, at: { column: 'in', constant: 'x' } }] })[0]).toContain(
    'steps[0].at: give exactly one of column',
  );
  expect(() => parseMapping('{')).toThrow('the mapping is not JSON');
});
