import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, isSameText, isStorableText, keyOfText } from '../shared/text.ts';

const PAIRS = [
  ['hoà', 'hòa'],
  ['Thuý', 'thúy'],
  ['KHOẺ', 'khỏe'],
  ['Uỷ ban', 'Ủy ban'],
  ['đoạ', 'đọa'],
  ['loã', 'lõa'],
  ['xoè', 'xòe'],
  ['Hộ tịch', 'Hộ tịch'.normalize('NFD')],
  ['Trực\u00A0tuyến', 'trực tuyến'],
  ['Trực\u3000\u202F tuyến\u200B', 'TRỰC TUYẾN'],
  ['\uFEFFMã', 'mã'],
  ['Đất', 'đất'],
  ['\u00D0ất', 'Đất'],
  ['soft\u00ADhyphen', 'softhyphen'],
  ['\u202Eabc\u202C', 'abc'],
  ['ΟΔΟΣ', 'οδος'],
  ['STRASSE', 'straße'],
] as const;
const DIFFERENT = [
  ['ma', 'má'],
  ['da', 'đa'],
  ['hoà', 'hoá'],
  ['hoa', 'hoà'],
  ['của', 'cuả'],
  ['mùa', 'muà'],
  ['u', 'ư'],
  ['hòâ', 'hoà\u0302'],
  ['Phòng A', 'PhòngA'],
] as const;
/** Texts made of what makes trouble: marks, letters that fold, spaces, invisible characters, and anything at all. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'oaeuyOAEUYđĐqơưâ \u0300\u0301\u0303\u0309\u0323\u0302\u031B\u034F\u200B\u00A0\u00AD\uFEFF',
    ),
    fc.constantFrom(
      'ß',
      'İ',
      'ı',
      'Σ',
      'ς',
      'ΐ',
      'ᾳ',
      'ŉ',
      '\u2000',
      '\u2800',
      '\u0085',
      'ﬃ',
      '\u1FED',
      '\u0345',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
const SEED = { seed: 20261125, numRuns: 5000 };

test('texts that read the same have one key', () => {
  for (const [left, right] of PAIRS) expect([left, keyOfText(left)]).toEqual([left, keyOfText(right)]);
});

test('texts that read differently have different keys', () => {
  for (const [left, right] of DIFFERENT)
    expect([left, right, isSameText(left, right)]).toEqual([left, right, false]);
});

test('the tone of oa, oe, uy goes to the second vowel and stays where it must be', () => {
  expect(
    ['Hòa', 'quý', 'qúy', 'hoàn', 'ngoài', 'khuỷu', 'huỳnh', 'cửa', 'thuở', 'họa sĩ'].map(keyOfText),
  ).toEqual(['hoà', 'quý', 'quý', 'hoàn', 'ngoài', 'khuỷu', 'huỳnh', 'cửa', 'thuở', 'hoạ sĩ']);
});

test('a clean text is composed, without what shows nothing, with single plain spaces, and keeps its capitals and tones', () => {
  expect(cleanText(`\u200B\t Hộ\u00A0\u2003 tịch\r\n ${'Hòa'.normalize('NFD')}\u0000\uFEFF`)).toBe(
    'Hộ tịch Hòa\u0000',
  );
});

test('cleaning and folding twice is doing it once, and spelling a text in NFC or NFD changes nothing', () => {
  fc.assert(
    fc.property(text, (given) => {
      for (const fold of [cleanText, keyOfText]) {
        const once = fold(given);
        expect(fold(once)).toBe(once);
        expect(fold(given.normalize('NFD'))).toBe(fold(given.normalize('NFC')));
      }
      expect(keyOfText(cleanText(given))).toBe(keyOfText(given));
    }),
    SEED,
  );
});

test('every single character of Unicode folds to a key of its own capital and small form, at once', () => {
  for (let code = 0; code <= 0x1ffff; code += 1) {
    const one = `a${String.fromCodePoint(code)}`;
    const key = keyOfText(one);
    if (keyOfText(key) !== key || keyOfText(one.toUpperCase()) !== key) expect.fail(code.toString(16));
  }
});

test('halves of surrogate pairs and control characters cannot be stored; line ends and every whole character can', () => {
  expect(['a\uD800', '\uDC00b', 'a\u0000', 'a\u001B[31m', '\u007F', 'a\u0090'].map(isStorableText)).toEqual(
    Array(6).fill(false),
  );
  expect(['', 'Hồ sơ\tdòng\r\nhai', '😀', '\uFFFD'].map(isStorableText)).toEqual(Array(4).fill(true));
});
