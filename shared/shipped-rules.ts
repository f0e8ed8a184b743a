import { INDICATORS, type Indicator } from './indicator.ts';
import type { Level, RuleBody, RuleVersion } from './rule.ts';
import type { Words } from './words.ts';

/** The rules a province is warned by from the first day. An office changes them in the browser: a version 1 takes the place of 0. */

type Draft = Pick<RuleBody, 'condition' | 'direction' | 'levels' | 'consequence' | 'action'> &
  Partial<RuleBody> & { id: string; name: Words };

/** A rule of every unit, judged at each change; a level clears one unit of its figure back, after a working day. */
function ship({ id, ...draft }: Draft): RuleVersion {
  const body: RuleBody = {
    ...{ scope: { unit: null, levels: [] }, minimum: 30, deadband: 1, isEnabled: true },
    delay: { amount: 0, unit: 'minutes' },
    clearDelay: { amount: 4, unit: 'workingHours' },
    votes: { of: 1, raise: 1, clear: 1 },
    ...{ cadence: 'change', outside: 'judge', partialBelow: 0, inherit: 'free' },
    ...draft,
  };
  return { id, version: 0, unit: null, body };
}

/** The levels that the bands of an indicator state. */
function levelsOf({ bands, countBands }: Pick<Indicator, 'bands' | 'countBands'>): Level[] {
  return (['critical', 'major', 'warning'] as const).flatMap((severity) => {
    const raise = bands?.[severity] ?? null;
    const count = countBands?.[severity] ?? null;
    return raise === null && count === null ? [] : [{ severity, raise, count }];
  });
}

const CONSEQUENCE: Words = {
  vi: 'Chỉ tiêu của đơn vị không đạt; người dân, doanh nghiệp phải chờ lâu hơn.',
  en: 'The unit misses its target; people and businesses wait longer.',
};
const ACTION: Words = {
  vi: 'Xem hồ sơ đứng sau con số, gọi bộ phận một cửa của đơn vị; nếu kéo dài thì yêu cầu giải trình.',
  en: 'Look at the dossiers behind the figure and call the unit; if it lasts, ask for an explanation.',
};

const LEVEL_RULES = INDICATORS.filter(({ bands, countBands }) => bands ?? countBands).map((indicator) =>
  ship({
    id: indicator.id,
    name: indicator.words,
    condition: { kind: 'level', indicator: indicator.id, window: 'month' },
    direction: indicator.direction === 'up' ? 'below' : 'above',
    levels: levelsOf(indicator),
    deadband: indicator.unit === 'percent' ? 1 : 0,
    consequence: CONSEQUENCE,
    action: ACTION,
  }),
);

/** Every rule as shipped, version 0. */
export const SHIPPED_RULES: readonly RuleVersion[] = [
  ...LEVEL_RULES,
  ship({
    id: 'feed',
    name: { vi: 'Nguồn dữ liệu im lặng', en: 'A feed is silent' },
    condition: { kind: 'silence' },
    direction: 'above',
    levels: [
      { severity: 'major', raise: 2, count: null },
      { severity: 'warning', raise: 1, count: null },
    ],
    ...{ minimum: 0, deadband: 0, partialBelow: 0 },
    clearDelay: { amount: 0, unit: 'minutes' },
    consequence: {
      vi: 'Số liệu trên màn hình đứng yên; cảnh báo khác của các đơn vị này bị treo.',
      en: 'Figures stand still; other alerts of these units are frozen.',
    },
    action: {
      vi: 'Gọi đơn vị quản lý nguồn; kiểm tra kết nối, mã truy cập và lịch gửi.',
      en: 'Call whoever runs the feed; check the link, its token and its schedule.',
    },
  }),
];

/** The shipped rule with an id. */
export function findShippedRule(id: string): RuleVersion | undefined {
  return SHIPPED_RULES.find((rule) => rule.id === id);
}
