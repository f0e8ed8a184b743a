// How large the text of a wall is for its farthest viewer, against the table that the walls were planned by.
import { describe, expect, it } from 'vitest';
import {
  arcMinutesOf,
  formatScreen,
  judgeLegibility,
  parseScreen,
  pitchOf,
  textPxOf,
} from '../shared/legibility.ts';

const PITCH = { 'uhd 55': 0.317, 'fhd 55': 0.634, 'led 1.25': 1.25 } as const;

describe('the size of a text', () => {
  it.each<[number, number, Record<keyof typeof PITCH, number>]>([
    [3, 16, { 'uhd 55': 63, 'fhd 55': 31, 'led 1.25': 16 }],
    [3, 22, { 'uhd 55': 86, 'fhd 55': 43, 'led 1.25': 22 }],
    [4, 16, { 'uhd 55': 84, 'fhd 55': 42, 'led 1.25': 21 }],
    [4, 22, { 'uhd 55': 115, 'fhd 55': 58, 'led 1.25': 29 }],
    [6, 16, { 'uhd 55': 126, 'fhd 55': 63, 'led 1.25': 32 }],
    [6, 22, { 'uhd 55': 173, 'fhd 55': 87, 'led 1.25': 44 }],
    [8, 16, { 'uhd 55': 168, 'fhd 55': 84, 'led 1.25': 43 }],
    [8, 22, { 'uhd 55': 231, 'fhd 55': 115, 'led 1.25': 59 }],
    [10, 16, { 'uhd 55': 210, 'fhd 55': 105, 'led 1.25': 53 }],
    [10, 22, { 'uhd 55': 288, 'fhd 55': 144, 'led 1.25': 73 }],
  ])('from %d m, for %d arc minutes', (distanceM, arcMinutes, sizes) => {
    for (const screen of ['uhd 55', 'fhd 55', 'led 1.25'] as const) {
      const pitchMm = PITCH[screen];
      expect(Math.abs(textPxOf(arcMinutes, { pitchMm, distanceM }) - sizes[screen])).toBeLessThan(0.6);
      expect(arcMinutesOf(sizes[screen], { pitchMm, distanceM })).toBeCloseTo(arcMinutes, -0.3);
    }
  });

  it('comes from the diagonal and the pixels of a screen', () => {
    expect(pitchOf(55, { width: 3840, height: 2160 })).toBeCloseTo(0.317, 3);
    expect(pitchOf(55, { width: 1920, height: 1080 })).toBeCloseTo(0.634, 3);
  });
});

describe('a wall', () => {
  const at = (diagonalIn: number, distanceM: number) => {
    const pitchMm = pitchOf(diagonalIn, { width: 1920, height: 1080 });
    return judgeLegibility({ diagonalIn, distanceM }, { textPx: 18, pitchMm });
  };

  it.each<[string, number, number, 'good' | 'fair' | 'poor']>([
    ['on one 55 inch screen at a desk', 55, 1.3, 'good'],
    ['on it from a step away', 55, 1.6, 'fair'],
    ['on it from the back of a room', 55, 4, 'poor'],
    ['on nine of them from there', 165, 4, 'good'],
    ['on nine of them from 5 m', 165, 5, 'fair'],
    ['on nine of them from 6 m', 165, 6, 'poor'],
  ])('%s', (_, diagonalIn, distanceM, verdict) => {
    expect(at(diagonalIn, distanceM).verdict).toBe(verdict);
  });

  it('says what would help, and that it would', () => {
    const { within, arcMinutes } = at(55, 4);
    expect(arcMinutes).toBeCloseTo(6.87, 1);
    expect(within).toEqual({ distanceM: 1.7, diagonalIn: 129 });
    expect(at(55, within.distanceM).verdict).toBe('fair');
    expect(at(within.diagonalIn, 4).verdict).toBe('fair');
    expect(at(within.diagonalIn - 1, 4).verdict).toBe('poor');
  });
});

describe('a screen in words', () => {
  it.each<[string | null, ReturnType<typeof parseScreen>]>([
    ['55x4', { diagonalIn: 55, distanceM: 4 }],
    ['165x5.5', { diagonalIn: 165, distanceM: 5.5 }],
    ['49,5x3,2', { diagonalIn: 49.5, distanceM: 3.2 }],
    ['', null],
    [null, null],
    ['55', null],
    ['55x', null],
    ['4x4', null],
    ['55x0', null],
    ['-55x4', null],
    ['55x4x2', null],
    ['1e3x4', null],
  ])('%s', (text, profile) => {
    expect(parseScreen(text)).toEqual(profile);
    if (profile) expect(parseScreen(formatScreen(profile))).toEqual(profile);
  });
});
