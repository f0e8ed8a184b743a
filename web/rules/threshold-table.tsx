import { Link } from 'wouter';
import type { Provenance } from '../../shared/alert.ts';
import { findIndicator } from '../../shared/indicator.ts';
import type { RuleBody } from '../../shared/rule.ts';
import type { RuleView, ThresholdView } from '../../shared/rule-view.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { type Telling, wordLimit, writeThreshold } from './sentence.ts';
import { AlertShape } from './shape.tsx';

const COLOURED = ['critical', 'major', 'warning'] as const;

type TableProps = {
  thresholds: readonly ThresholdView[];
  rules: readonly RuleView[];
  telling: Telling;
  /** The id of the unit that is shown; the other units of `thresholds` lie below it. */
  unit: number;
};

/** The thresholds that hold for a unit: of each indicator its own where it has some, else those of everyone. */
export function thresholdsOf(thresholds: readonly ThresholdView[], unit: number): ThresholdView[] {
  const general = thresholds.filter((one) => one.unit === null);
  const own = thresholds.filter((one) => one.unit === unit);
  const rest = own.filter(({ indicator }) => !general.some((one) => one.indicator === indicator));
  return [...general.map((one) => own.find(({ indicator }) => indicator === one.indicator) ?? one), ...rest];
}

/** Every indicator's effective thresholds of a unit, and of units below that have others, with where they come from. */
export function EffectiveTable({ thresholds, rules, telling, unit }: TableProps) {
  const { t } = useLanguage();
  const own = thresholdsOf(thresholds, unit);
  const below = thresholds.filter((one) => one.unit !== null && one.unit !== unit);
  if (own.length === 0 && below.length === 0) return <p>{t('thresholds.none')}</p>;
  return (
    <>
      <Rows caption={t('thresholds.title')} thresholds={own} rules={rules} telling={telling} />
      {below.length > 0 && (
        <>
          <h3>{t('thresholds.below')}</h3>
          <Rows caption={t('thresholds.below')} thresholds={below} rules={rules} telling={telling} />
        </>
      )}
    </>
  );
}

type RowsProps = Omit<TableProps, 'unit'> & { caption: string };

function Rows({ caption, thresholds, rules, telling }: RowsProps) {
  const { t } = useLanguage();
  return (
    <div className="office-scroll">
      <table className="office-table thresholds-table">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('thresholds.indicator')}</th>
            <th scope="col">{t('thresholds.values')}</th>
            <th scope="col">{t('thresholds.from')}</th>
            <th scope="col">{t('thresholds.seeRule')}</th>
          </tr>
        </thead>
        <tbody>
          {thresholds.map((one) => (
            <Row key={`${one.indicator} ${one.unit}`} threshold={one} rules={rules} telling={telling} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a threshold of an indicator is written like: that of a rule that looks at its level. */
function judgedLike({ indicator, direction }: ThresholdView): Pick<RuleBody, 'condition' | 'direction'> {
  return { condition: { kind: 'level', indicator, window: 'month' }, direction };
}

type RowProps = { threshold: ThresholdView; rules: readonly RuleView[]; telling: Telling };

function Row({ threshold, rules, telling }: RowProps) {
  const { t, say, format } = useLanguage();
  const { indicator, bands, countBands, minimum, source } = threshold;
  const known = findIndicator(indicator);
  const like = judgedLike(threshold);
  const name = telling.nameRule(threshold.rule);
  const levels = COLOURED.flatMap((severity) => {
    const [raise, count] = [bands?.[severity] ?? null, countBands?.[severity] ?? null];
    return raise === null && count === null ? [] : [{ severity, raise, count }];
  });
  const isKnown = rules.some(({ id }) => id === threshold.rule);
  return (
    <tr>
      <th scope="row">
        {known ? say(known.words) : indicator}
        {threshold.unit !== null && source.unitName && <small>{say(source.unitName)}</small>}
      </th>
      <td>
        <ul className="rule-levels">
          {levels.map((level) => (
            <li key={level.severity}>
              <AlertShape severity={level.severity} /> {t(`rules.severity.${level.severity}`)}{' '}
              {wordLimit(level, like, telling)}
            </li>
          ))}
          {levels.length === 0 && <li>{t('thresholds.notJudged')}</li>}
        </ul>
        {minimum > 0 && <small>{t('thresholds.minimum', { minimum: format.number(minimum) })}</small>}
      </td>
      <td>
        <Source source={source} like={like} telling={telling} />
      </td>
      <td>
        {isKnown ? (
          <Link
            href={`/rules/${encodeURIComponent(threshold.rule)}`}
            aria-label={t('thresholds.ruleOf', { name })}
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </td>
    </tr>
  );
}

type SourceProps = { source: Provenance; like: Pick<RuleBody, 'condition' | 'direction'>; telling: Telling };

/** Where a threshold comes from, since and until when, by whom, why, and what it stands in the place of. */
export function Source({ source, like, telling }: SourceProps) {
  const { t, say, format } = useLanguage();
  const now = useAskedAt();
  const { since, until, by, reason, hides } = source;
  const rule = telling.nameRule(source.rule);
  const words = {
    shipped: t('thresholds.source.shipped'),
    rule: t('thresholds.source.rule', { rule, version: source.version }),
    override: t('thresholds.source.override', { unit: source.unitName ? say(source.unitName) : '' }),
  };
  const write = (value: number | null) =>
    value === null ? t('thresholds.notJudged') : writeThreshold(value, like.condition, telling);
  const facts = [
    since === null ? '' : t('thresholds.since', { since: format.moment(Date.parse(since), now) }),
    until === null ? '' : t('thresholds.until', { until: format.day(until) }),
    by === null ? '' : t('thresholds.by', { by }),
  ].filter((fact) => fact !== '');
  return (
    <div className="source" data-source={source.source}>
      <span>{words[source.source]}</span>
      {facts.length > 0 && <small>{facts.join(' · ')}</small>}
      {reason !== null && <small>“{reason}”</small>}
      {hides.map(({ unit, unitName, value }) => (
        <small key={`${unit} ${value}`}>
          {unitName
            ? t('thresholds.hides', { value: write(value), unit: say(unitName) })
            : t('thresholds.hidesAll', { value: write(value) })}
        </small>
      ))}
    </div>
  );
}
