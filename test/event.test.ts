/** Texts of events: what no database could keep is refused by field, what people write is cleaned. */
import { describe, expect, test } from 'vitest';
import { OpsEvent } from '../shared/event.ts';
import { step } from './server/world.ts';

const at = '2026-11-20T09:12:00+07:00';
const common = { id: 'e', at };
const EVENTS: Record<string, unknown>[] = [
  { ...step({ ...common, status: 2 }), field: 'Hộ tịch' },
  { ...common, kind: 'document', unit: 'A', direction: 'in', electronic: true, signed: true },
  { ...common, kind: 'petition', petition: 'p', unit: 'A', state: 'received' },
  { ...common, kind: 'rating', unit: 'A', dossier: 'd', score: 4 },
  { ...common, kind: 'probe', system: 'LGSP', up: true },
  { ...common, kind: 'report', unit: 'A', measure: 'insured', period: '2026-08', value: 1 },
  {
    ...{ ...common, kind: 'task', task: 't', unit: 'A', state: 'blocked', due: at, reason: 'vì' },
    title: { vi: 'Việc', en: 'Task' },
  },
];

/** Every place of a text in an event, but those of a closed list. */
function listTexts(event: object, path: string[] = []): string[][] {
  return Object.entries(event).flatMap(([key, value]) => {
    if (['kind', 'channel', 'level', 'direction', 'state'].includes(key)) return [];
    if (typeof value === 'string') return [[...path, key]];
    return typeof value === 'object' && value !== null ? listTexts(value, [...path, key]) : [];
  });
}

function replaceAt(event: Record<string, unknown>, [key = '', ...rest]: string[], text: string): object {
  const value = event[key];
  if (rest.length === 0) return { ...event, [key]: text };
  return { ...event, [key]: replaceAt(value as Record<string, unknown>, rest, text) };
}

describe.each(EVENTS)('an event of kind $kind', (event) => {
  test('is taken as it is', () => {
    expect(OpsEvent.parse(event)).toEqual(event);
  });

  test.each([
    ['NUL', 'a\u0000b'],
    ['a control character', 'a\u001fb'],
    ['a later control character', 'a\u0085b\u009f'],
    ['half a character', 'a\ud83d'],
  ])('is refused with %s in any of its texts, by field', (_words, text) => {
    for (const path of listTexts(event)) {
      const { error } = OpsEvent.safeParse(replaceAt(event, path, text));
      expect([path, error?.issues[0]?.path]).toEqual([path, path]);
    }
  });
});

test('an area of work is kept as people read it', () => {
  const [dossier] = EVENTS;
  const fieldOf = (field: string) => OpsEvent.safeParse({ ...dossier, field }).data;
  expect(fieldOf('  Hòa giải \u200b cơ\tsở ')).toMatchObject({ field: 'Hòa giải cơ sở' });
  expect(fieldOf('Hòa'.normalize('NFD'))).toMatchObject({ field: 'Hòa' });
  expect(fieldOf(' '.repeat(90) + 'x'.repeat(80))).toMatchObject({ field: 'x'.repeat(80) });
  expect([fieldOf(' \u200b'), fieldOf('x'.repeat(81))]).toEqual([undefined, undefined]);
});

describe('what another office publishes', () => {
  const tell = (measure: string, value: number) =>
    OpsEvent.safeParse({ ...common, kind: 'report', unit: 'A', period: '2026-08', measure, value });

  test.each([
    ['portalReceived', -5, 'is less than 0'],
    ['portalProgressPoints', -0.1, 'is less than 0'],
    ['portalProgressPoints', 20.5, 'is more than 20, the most it can be'],
    ['portalCertifiedRate', 100.1, 'is more than 100, the most it can be'],
  ])('%s of %d is refused: %s', (measure, value, reason) => {
    expect(tell(measure, value).error?.issues).toMatchObject([{ path: ['value'], message: reason }]);
  });

  test.each([
    ['portalReceived', 0],
    ['portalProgressPoints', 20],
    ['portalCertifiedRate', 62.5],
  ])('%s of %d is taken', (measure, value) => {
    expect(tell(measure, value).success).toBe(true);
  });
});

test.each(EVENTS)('an event of kind $kind did not happen before 2000', (event) => {
  const { error } = OpsEvent.safeParse({ ...event, at: '1990-11-20T09:12:00+07:00' });
  expect(error?.issues).toMatchObject([{ path: ['at'], message: 'lies outside the years 2000 to 9997' }]);
  expect(OpsEvent.safeParse({ ...event, at: '2000-01-01T00:00:00+07:00' }).success).toBe(true);
});

describe('a reading', () => {
  const read = (counts: object) =>
    OpsEvent.safeParse({ ...common, kind: 'probe', system: 'LGSP', up: true, ...counts });

  test.each([{ calls: 10, failed: 11 }, { failed: 1 }])(
    'of which more failed than were made is refused: %o',
    (counts) => {
      const issues = read(counts).error?.issues;
      expect(issues).toMatchObject([{ path: ['failed'], message: 'is more than the calls told' }]);
    },
  );

  test.each([{ calls: 10, failed: 10 }, { failed: 0 }, { calls: 5 }])('is taken: %o', (counts) => {
    expect(read(counts).success).toBe(true);
  });
});
