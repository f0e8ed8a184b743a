import type { Indicator } from '../../shared/indicator.ts';
import type { TargetView } from '../../shared/target.ts';
import type { TargetRow } from '../../shared/target-wire.ts';
import type { Language } from '../words/words.ts';

type Writing = Pick<Language, 't' | 'format'>;

const isPercent = ({ unit, hero }: Indicator) => unit === 'percent' && hero === 'value';

/** A value of an indicator with its unit: `85 %`, `982 dịch vụ`. */
export function writeValue(indicator: Indicator, value: number, { format }: Writing): string {
  const text =
    isPercent(indicator) && !Number.isInteger(value) ? format.decimal(value) : format.number(value);
  return `${text}\u00A0${format.unitOf(indicator)}`;
}

/** Whose a target is, and by whose decision and paper; of the catalogue's own its source. */
export function wordTargetSource(
  { source, unitName, office, paper }: TargetView,
  { t, say }: Pick<Language, 't' | 'say'>,
): string {
  const whose = {
    own: t('targets.source.own'),
    above: t('targets.source.above', { unit: unitName ? say(unitName) : '' }),
    catalogue: t('targets.source.catalogue'),
  }[source];
  return `${whose} · ${office === null ? paper : t('targets.by', { office, paper })}`;
}

/** So many by day, in as few digits as say something: two decimals below ten. */
function writeRate(value: number, { format }: Writing): string {
  return Math.abs(value) < 10 && !Number.isInteger(value)
    ? format.fine(value)
    : format.number(Math.round(value));
}

/** A step of a level by day: of a percentage in points. */
function writeStep(indicator: Indicator, value: number, writing: Writing): string {
  const unit = isPercent(indicator) ? writing.t('targets.points') : writing.format.unitOf(indicator);
  return `${writeRate(value, writing)}\u00A0${unit}`;
}

type Running = Extract<TargetRow['pace'], { state: 'running' }>;
type Told = { indicator: Indicator; row: TargetRow; until: string };

function wordRunning(pace: Running, { indicator, row, until }: Told, writing: Writing): string {
  const { t, format } = writing;
  const facts = { target: writeValue(indicator, row.target?.value ?? 0, writing), until: format.day(until) };
  const isDown = indicator.direction === 'down';
  if (row.motion === 'level') {
    const now = pace.now === null ? t('targets.unknownNow') : writeStep(indicator, pace.now, writing);
    const needs = writeStep(indicator, pace.needs, writing);
    return t(isDown ? 'targets.moveDown' : 'targets.move', { ...facts, needs, now });
  }
  const now = pace.now === null ? t('targets.unknownNow') : writeRate(pace.now, writing);
  const counted = {
    ...facts,
    needs: writeRate(pace.needs, writing),
    noun: format.unitOf({ ...indicator, hero: 'numerator' }),
    now,
  };
  const share = pace.share === null ? '' : ` ${t('targets.share', { share: format.number(pace.share) })}`;
  return t(isDown ? 'targets.perDayMost' : 'targets.perDay', counted) + share;
}

/** The pace of a row in words: what it needs by working day, beside how it goes. */
export function wordPace(told: Told, writing: Writing): string {
  const { indicator, row } = told;
  const { t, format } = writing;
  const { pace } = row;
  switch (pace.state) {
    case 'running': {
      const words = wordRunning(pace, told, writing);
      return pace.isEnough ? `${words} ${t('targets.enough')}` : words;
    }
    case 'reached': {
      if (pace.share === null) return t('targets.reached');
      const share = format.number(pace.share);
      const isDown = indicator.direction === 'down';
      return `${t('targets.reached')} ${t(isDown ? 'targets.keepMost' : 'targets.keep', { share })}`;
    }
    case 'outOfReach':
      return t('targets.outOfReach', { best: writeValue(indicator, pace.best, writing) });
    default:
      return t(`targets.${pace.state}`);
  }
}

/** How bad a pace is, as figures are judged: what is out of reach before what is too slow. */
export function severityOf({ pace }: Pick<TargetRow, 'pace'>): 'critical' | 'warning' | 'normal' {
  if (pace.state === 'outOfReach' || pace.state === 'missed') return 'critical';
  return pace.state === 'running' && !pace.isEnough ? 'warning' : 'normal';
}
