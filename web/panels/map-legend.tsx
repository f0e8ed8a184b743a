import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import type { Figure, Indicator } from '../../shared/indicator.ts';
import { isCount, SMALL_COUNT, severityOf } from '../../shared/judgement.ts';
import { useAddress } from '../address.ts';
import type { Cells, LegendEntry } from '../chart/cells.ts';
import { type ThresholdBook, useThresholds } from '../thresholds.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { KindSample } from './kind-sample.tsx';
import { Thresholds } from './thresholds.tsx';
import { Tip, useTip } from './tip.tsx';

type LegendProps = { cells: Cells; indicator: Indicator; units: readonly UnitView[] };

/** Stands for the usual unit where there is none. */
const NOWHERE = { id: -1, level: 'commune' } as const;

/** What each colour of a map means, in which unit, and how many cells are critical. */
export function MapLegend({ cells, indicator, units }: LegendProps) {
  const language = useLanguage();
  const { t, say } = language;
  const tip = useTip();
  const critical = cells.legend.find(({ kind }) => kind === 'critical')?.count ?? 0;
  const unit = unitOfLegend(indicator, language);
  const usual = units.find(({ id }) => id === cells.usual);
  const minimum = useThresholds().of(indicator.id, usual ?? NOWHERE)?.minimum ?? SMALL_COUNT;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what explains the colours must be reachable by keyboard
    <ul className="chart-keys" aria-label={t('cells.legend')} tabIndex={0} {...tip.bind}>
      {unit !== null && <li>{unit}</li>}
      {cells.legend.map((entry) => (
        <li key={entry.kind} className="chart-key">
          <KindSample kind={entry.kind} />
          <LegendText {...{ entry, indicator, minimum }} />
        </li>
      ))}
      {critical > 0 && <li>{t('cells.share', { count: critical, total: units.length })}</li>}
      {cells.others > 0 && <li>{t('cells.others', { count: cells.others })}</li>}
      <Tip of={tip}>
        <strong>{say(indicator.words)}</strong>
        {usual && <Thresholds indicator={indicator} unit={usual} />}
      </Tip>
    </ul>
  );
}

/** In what the steps of a legend count, where no sign behind them says it. */
function unitOfLegend(indicator: Indicator, { t, say }: Language): string | null {
  if (isCounted(indicator)) return t('cells.inCases', { noun: say(indicator.noun) });
  if (indicator.unit === 'mean' || indicator.unit === 'points')
    return t('cells.inCases', { noun: say(indicator.noun) });
  return indicator.unit === 'days' ? t('cells.inDays') : null;
}

function isCounted({ hero, denominator }: Indicator): boolean {
  return isCount({ hero, denominator: denominator && 1 });
}

type TextProps = { entry: LegendEntry; indicator: Indicator; minimum: number };

function LegendText({ entry, indicator, minimum }: TextProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { kind, count, share } = entry;
  if (kind === 'none' || kind === 'nothing') return `${t(`cells.${kind}`)} (${count})`;
  if (kind === 'few') return `${t('cells.few', { limit: minimum, noun: say(indicator.noun) })} (${count})`;
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
  if (isCounted(indicator) && Number.isInteger(high)) {
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
  const book = useThresholds();
  const shown = new Set(placed.map(({ id }) => id));
  const absent = Map.groupBy(
    units.filter(({ id }) => !shown.has(id)),
    ({ level }) => level,
  );
  return [...absent].map(([level, group]) => {
    const told = group.flatMap((unit): Told[] => {
      const figure = figures.get(unit.id);
      return figure ? [{ unit, figure }] : [];
    });
    return (
      <Link key={level} className="cells-aside" href={href({ group: level })} replace>
        {t('cells.aside', { units: t(`level.${level}`, { count: group.length }) })}
        {wordSum(told, { indicator, book }, language)}
      </Link>
    );
  });
}

type Told = { unit: UnitView; figure: Figure };

/** What units off the map have of an indicator: the sum of a count, else how many of them are at a high level. */
function wordSum(
  told: readonly Told[],
  { indicator, book }: { indicator: Indicator; book: ThresholdBook },
  { t, say, format }: Language,
): string {
  if (told.length === 0) return '';
  if (isCounted(indicator)) {
    const sum = told.reduce((total, { figure }) => total + figure.numerator, 0);
    return `: ${format.number(sum)} ${say(indicator.words).toLocaleLowerCase()}`;
  }
  const high = told.filter(({ unit, figure }) => {
    const severity = severityOf(indicator, figure, book.of(indicator.id, unit));
    return severity === 'critical' || severity === 'major';
  }).length;
  return high > 0 ? `: ${t('cells.asideHigh', { count: high })}` : '';
}
