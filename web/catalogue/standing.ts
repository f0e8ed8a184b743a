/** What a source is worth: a paper of the state, a plan, published practice, the software's own, or recalled. Pure. */
import type { Indicator } from '../../shared/indicator.ts';

/** The grounds on which an indicator stands, the firmest first. */
export const STANDINGS = ['paper', 'plan', 'practice', 'own', 'recalled'] as const;
export type Standing = (typeof STANDINGS)[number];

const SIGNS: readonly [Standing, RegExp][] = [
  ['recalled', /theo trí nhớ/],
  ['own', /^Mặc định của phần mềm/],
  ['paper', /^(?:QĐ|NĐ|TT|NQ|Công văn|Quyết định) /],
  ['plan', /^(?:KH|Kế hoạch|Mục tiêu|Đề án) /],
];

/** On what ground an indicator stands, by the words in which its source is cited. */
export function standingOf({ source }: Pick<Indicator, 'source'>): Standing {
  return SIGNS.find(([, sign]) => sign.test(source))?.[0] ?? 'practice';
}

/** Whether a source names a paper and the software sets a limit of its own beside it. */
export function hasOwnLimit({ source }: Pick<Indicator, 'source'>): boolean {
  return standingOf({ source }) !== 'own' && source.includes('mặc định của phần mềm');
}
