/** The language a page begins in. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Provenance } from '../../shared/alert.ts';
import { wordWhy } from '../../web/figures/thresholds.ts';
import { createFormat } from '../../web/format.ts';
import { findLang } from '../../web/preferences.ts';

const speak = (language: string) => vi.stubGlobal('navigator', { language });
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

it('is that of the address, else the one chosen, else Vietnamese, whatever the browser speaks', () => {
  for (const language of ['en-US', 'vi-VN', 'fr-FR']) {
    speak(language);
    expect([language, findLang('')]).toEqual([language, 'vi']);
  }
  localStorage.setItem('lang', 'en');
  expect(findLang('')).toBe('en');
  expect(findLang('?lang=vi')).toBe('vi');
});

it('is also that of the paper a threshold was shipped by', () => {
  const told = { source: 'shipped', rule: 'TT02', reason: 'QĐ 766/QĐ-TTg, 2.1: chỉ tiêu 90 %' } as Provenance;
  expect(wordWhy(told, createFormat('en', 'Asia/Ho_Chi_Minh'))).toContain(
    'Decision 766/QĐ-TTg, 2.1: target 90 %',
  );
  expect(wordWhy(told, createFormat('vi', 'Asia/Ho_Chi_Minh'))).toContain('chỉ tiêu 90 %');
  const set = { ...told, source: 'rule', reason: 'theo tờ trình' } as Provenance;
  expect(wordWhy(set, createFormat('en', 'Asia/Ho_Chi_Minh'))).toBe('theo tờ trình');
});
