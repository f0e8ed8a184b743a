/** Numbers as people type them. Pure. */
import type { Lang } from '../format.ts';

/** A number as it stands in a field: never grouped, a comma for decimals in Vietnamese; empty of none. */
export function typeNumber(value: number | null, lang: Lang): string {
  if (value === null || Number.isNaN(value)) return '';
  return lang === 'vi' ? String(value).replace('.', ',') : String(value);
}

const GROUPED: Record<Lang, RegExp> = {
  vi: /^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/,
  en: /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/,
};

/** What a typed text says, with thousands grouped or not; null of nothing, NaN of what is no number. */
export function readNumber(text: string, lang: Lang): number | null {
  const typed = text.trim().replace('−', '-');
  if (typed === '') return null;
  const plain = GROUPED[lang].test(typed) ? typed.replaceAll(lang === 'vi' ? '.' : ',', '') : typed;
  return /^-?\d*[.,]?\d+$/.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
}

/** A number one step on, without the dust of binary fractions. */
export function stepNumber(value: number, by: number): number {
  return Math.round((value + by) * 1e6) / 1e6;
}
