/** The language a page begins in. */
import { afterEach, expect, it, vi } from 'vitest';
import { findLang } from '../../web/preferences.ts';

const speak = (language: string) => vi.stubGlobal('navigator', { language });
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

it('is that of the address, else the one chosen, else English where the browser speaks it, else Vietnamese', () => {
  for (const [language, lang] of [
    ['en-US', 'en'],
    ['en', 'en'],
    ['vi-VN', 'vi'],
    ['fr-FR', 'vi'],
  ] as const) {
    speak(language);
    expect([language, findLang('')]).toEqual([language, lang]);
  }
  speak('en-GB');
  localStorage.setItem('lang', 'vi');
  expect(findLang('')).toBe('vi');
  expect(findLang('?lang=en')).toBe('en');
});
