import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { isCount, judge, SMALL_COUNT } from '../../shared/judgement.ts';
import { useAddress } from '../address.ts';
import type { Cells, LegendEntry } from '../chart/cells.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { KindSample } from './kind-sample.tsx';
import { Thresholds } from './thresholds.tsx';
import { Tip, useTip } from './tip.tsx';

type LegendProps = { cells: Cells; indicator: Indicator; total: number };

/** What each colour of a map means, in which unit, and how many cells are critical. */
export function MapLegend({ cells, indicator, total }: LegendProps) {
  const language = useLanguage();
  const { t, say } = language;
  const tip = useTip();
  const critical = cells.legend.find(({ kind }) => kind === 'critical')?.count ?? 0;
  const unit = unitOfLegend(indicator, language);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what explains the colours must be reachable by keyboard
    <ul className="chart-keys" aria-label={t('cells.legend')} tabIndex={0} {...tip.bind}>
      {unit !== null && <li>{unit}</li>}
      {cells.legend.map((entry) => (
        <li key={entry.kind} className="chart-key">
          <KindSample kind={entry.kind} />
          <LegendText entry={entry} indicator={indicator} />
        </li>
      ))}
      {critical > 0 && <li>{t('cells.share', { count: critical, total })}</li>}
      <Tip of={tip}>
        <strong>{say(indicator.words)}</strong>
        <Thresholds indicator={indicator} />
      </Tip>
    </ul>
  );
}

/** In what the steps of a legend count, where no sign behind them says it. */
function unitOfLegend(indicator: Indicator, { t, say }: Language): string | null {
  if (isCounted(indicator)) return t('cells.inCases', { noun: say(indicator.noun) });
  return indicator.unit === 'days' ? t('cells.inDays') : null;
}

function isCounted({ hero, denominator }: Indicator): boolean {
  return isCount({ hero, denominator: denominator && 1 });
}

function LegendText({ entry, indicator }: { entry: LegendEntry; indicator: Indicator }) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { kind, count, share } = entry;
  if (kind === 'none' || kind === 'nothing') return `${t(`cells.${kind}`)} (${count})`;
  if (kind === 'few')
    return `${t('cells.few', { limit: SMALL_COUNT, noun: say(indicator.noun) })} (${count})`;
  const bounds = wordBounds(entry, indicator, language);
  // A share that one case makes says no more than the case.
  if (share === null || share < 0.05) return bounds;
  return t('cells.orShare', { bounds, share: format.number(share) });
}

/** From where to where the figures of a kind go: `từ 90 %`, `80 – 90 %`, `3 – 4`. */
function wordBounds({ low, high }: LegendEntry, indicator: Indicator, { t, format }: Language): string {
  const isRate = indicator.unit === 'percent' && !isCounted(indicator);
  const write = (value: number) => format.number(Math.round(value * 10) / 10);
  const sign = isRate ? ' %' : '';
  const isZero = (value: number | null) => value === null || value < 0.05;
  if (high === null) return t('cells.from', { value: `${write(low ?? 0)}${sign}` });
  if (!isRate && indicator.unit !== 'days' && Number.isInteger(high)) {
    return writeWhole(low ?? 0, high - 1, format);
  }
  if (isZero(high)) return `0${sign}`;
  if (isZero(low)) return t('cells.under', { value: `${write(high)}${sign}` });
  return t('cells.between', { low: write(low ?? 0), high: `${write(high)}${sign}` });
}

/** Whole cases from one number up to another, both included: `0`, `3 – 4`. */
function writeWhole(low: number, high: number, format: Language['format']): string {
  return high <= low ? format.number(low) : `${format.number(low)} – ${format.number(high)}`;
}

type OffMapProps = {
  units: readonly UnitView[];
  placed: readonly UnitView[];
  indicator: Indicator;
  figures: ReadonlyMap<number, Figure>;
};

/** Departments and offices have no place on a map: it says how much lies with them, and leads to them in the ranking. */
export function OffMap({ units, placed, indicator, figures }: OffMapProps) {
  const language = useLanguage();
  const { t } = language;
  const { href } = useAddress();
  const shown = new Set(placed.map(({ id }) => id));
  const absent = Map.groupBy(
    units.filter(({ id }) => !shown.has(id)),
    ({ level }) => level,
  );
  return [...absent].map(([level, group]) => {
    const told = group.flatMap(({ id }) => figures.get(id) ?? []);
    return (
      <Link key={level} className="cells-aside" href={href({ group: level })} replace>
        {t('cells.aside', { units: t(`level.${level}`, { count: group.length }) })}
        {wordSum(told, indicator, language)}
      </Link>
    );
  });
}

/** What units off the map have of an indicator: the sum of a count, else how many of them are at a high level. */
function wordSum(figures: readonly Figure[], indicator: Indicator, { t, say, format }: Language): string {
  if (figures.length === 0) return '';
  if (isCounted(indicator)) {
    const sum = figures.reduce((total, { numerator }) => total + numerator, 0);
    return `: ${format.number(sum)} ${say(indicator.words).toLocaleLowerCase()}`;
  }
  const high = figures.filter((figure) => {
    const { severity } = judge(indicator, figure);
    return severity === 'critical' || severity === 'major';
  }).length;
  return high > 0 ? `: ${t('cells.asideHigh', { count: high })}` : '';
}
