import type { Words } from './words.ts';

const STEPS: readonly [seconds: number, name: Words][] = [
  [86_400, { vi: 'ngày', en: 'd' }],
  [3600, { vi: 'giờ', en: 'h' }],
  [60, { vi: 'phút', en: 'min' }],
  [1, { vi: 'giây', en: 's' }],
];

/** A stretch of time in its two largest whole units: `29 ngày 13 giờ`, `1 phút 5 giây`, `40 giây`. */
export function writeSpan(ms: number, lang: keyof Words): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const largest = STEPS.findIndex(([size]) => seconds >= size);
  if (largest < 0) return `0 ${STEPS.at(-1)?.[1][lang]}`;
  const [size, name] = STEPS[largest] ?? [1, { vi: '', en: '' }];
  const next = STEPS[largest + 1];
  const rest = next ? Math.floor((seconds % size) / next[0]) : 0;
  const first = `${Math.floor(seconds / size)} ${name[lang]}`;
  return next && rest > 0 ? `${first} ${rest} ${next[1][lang]}` : first;
}
