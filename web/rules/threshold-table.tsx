import { Link } from 'wouter';
import type { Provenance } from '../../shared/alert.ts';
import { findIndicator, INDICATORS } from '../../shared/catalogue.ts';
import { dayOf } from '../../shared/period.ts';
import type { OverrideField, RuleBody } from '../../shared/rule.ts';
import type { RuleView, ThresholdView } from '../../shared/rule-view.ts';
import { findThreshold, type OfUnit } from '../../shared/thresholds.ts';
import { wordWhy } from '../figures/thresholds.ts';
import { useUnitChoice } from '../people/grant-fields.tsx';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { useFieldWords } from './field-words.ts';
import { casesOf, type Telling, wordLimit, writeCount, writeThreshold } from './sentence.ts';
import { AlertShape } from './shape.tsx';

type TableProps = {
  thresholds: readonly ThresholdView[];
  rules: readonly RuleView[];
  telling: Telling;
  /** The unit that is shown; the other units of `thresholds` lie below it. */
  unit: OfUnit;
};

/** The thresholds that hold for a unit, one of each indicator that is judged there, in the order of the catalogue. */
export function listOwn(thresholds: readonly ThresholdView[], unit: OfUnit): ThresholdView[] {
  return INDICATORS.flatMap(({ id }) => findThreshold(thresholds, id, unit) ?? []);
}

/** Every indicator's effective thresholds of a unit, and of units below that have others, with where they come from. */
export function EffectiveTable({ thresholds, rules, telling, unit }: TableProps) {
  const { t } = useLanguage();
  const own = listOwn(thresholds, unit);
  const below = thresholds.filter((one) => one.unit !== null && one.unit !== unit.id);
  if (own.length === 0 && below.length === 0) return <p>{t('thresholds.none')}</p>;
  return (
    <>
      <Rows
        isBelow={false}
        caption={t('thresholds.title')}
        thresholds={own}
        rules={rules}
        telling={telling}
      />
      {below.length > 0 && (
        <>
          <h3>{t('thresholds.below')}</h3>
          <Rows
            isBelow={true}
            caption={t('thresholds.below')}
            thresholds={below}
            rules={rules}
            telling={telling}
          />
        </>
      )}
    </>
  );
}

/** `isBelow`: each row is of a unit of its own, which it names. */
type RowsProps = Omit<TableProps, 'unit'> & { caption: string; isBelow: boolean };

function Rows({ caption, thresholds, rules, telling, isBelow }: RowsProps) {
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
            <Row
              key={`${one.indicator} ${one.unit}`}
              threshold={one}
              rules={rules}
              telling={telling}
              isBelow={isBelow}
            />
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

type RowProps = { threshold: ThresholdView; rules: readonly RuleView[]; telling: Telling; isBelow: boolean };

/** What a limit hides, and which limit it is. */
type Hidden = Provenance['hides'][number] & { field: OverrideField };

type LimitGroup = { source: Provenance; fields: OverrideField[]; hides: Hidden[]; overruled: Hidden[] };

/** The limits of a threshold by where they come from, with what each hides: most have all of theirs from one place. */
export function groupLimits({ limits, source }: ThresholdView): LimitGroup[] {
  const groups: LimitGroup[] = [];
  for (const { severity, ...limit } of limits) {
    for (const key of ['raise', 'count'] as const) {
      const from = limit[key];
      if (!from) continue;
      const field = `${key}.${severity}` as const;
      const known = groups.find(
        (one) => one.source.source === from.source && one.source.override === from.override,
      );
      const [hides, overruled] = [from.hides, from.overruled].map((all) =>
        all.map((one): Hidden => ({ ...one, field })),
      ) as [Hidden[], Hidden[]];
      if (!known) groups.push({ source: from, fields: [field], hides, overruled });
      else {
        known.fields.push(field);
        known.hides.push(...hides);
        known.overruled.push(...overruled);
      }
    }
  }
  return groups.length === 0 ? [{ source, fields: [], hides: [], overruled: [] }] : groups;
}

function Row({ threshold, rules, telling, isBelow }: RowProps) {
  const { t, say } = useLanguage();
  const { indicator, unit } = threshold;
  const about = useUnitChoice().units.find(({ id }) => id === unit);
  const known = findIndicator(indicator);
  const like = judgedLike(threshold);
  const wordField = useFieldWords();
  const name = telling.nameRule(threshold.rule);
  const groups = groupLimits(threshold);
  return (
    <tr>
      <th scope="row">
        {known ? say(known.words) : indicator}
        {isBelow && about && <small>{say(about.name)}</small>}
      </th>
      <td>
        <Limits threshold={threshold} telling={telling} />
      </td>
      <td>
        {groups.map(({ source: from, fields, ...over }) => (
          <div key={`${from.source} ${from.override}`}>
            {groups.length > 1 && <small>{fields.map(wordField).join(', ')}:</small>}
            <Source source={from} {...over} like={like} telling={telling} />
          </div>
        ))}
      </td>
      <td>
        {rules.some(({ id }) => id === threshold.rule) ? (
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

function Limits({ threshold, telling }: { threshold: ThresholdView; telling: Telling }) {
  const { t, format } = useLanguage();
  const { limits, minimum } = threshold;
  const like = judgedLike(threshold);
  const levels = limits.flatMap(({ severity, ...limit }) => {
    const [raise, count] = [limit.raise?.value ?? null, limit.count?.value ?? null];
    return raise === null && count === null ? [] : [{ severity, raise, count }];
  });
  const cases = casesOf({ condition: like.condition, levels });
  return (
    <>
      <ul className="rule-levels">
        {levels.map((level) => (
          <li key={level.severity}>
            <AlertShape severity={level.severity} /> {t(`alertSeverity.${level.severity}`)}{' '}
            {wordLimit(level, like, telling)}
          </li>
        ))}
        {levels.length === 0 && <li>{t('thresholds.notJudged')}</li>}
      </ul>
      {minimum > 0 && (cases === 'all' || cases === 'share') && (
        <small>{t(`thresholds.minimum.${cases}`, { minimum: format.number(minimum) })}</small>
      )}
    </>
  );
}

type SourceProps = {
  source: Provenance;
  hides: readonly Hidden[];
  overruled: readonly Hidden[];
  like: Pick<RuleBody, 'condition' | 'direction'>;
  telling: Telling;
};

/** Where a threshold comes from, since and until when, by whom, why, and what it stands in the place of. */
function Source({ source, hides, overruled, like, telling }: SourceProps) {
  const { t, say, format } = useLanguage();
  const { zone } = useSession();
  const { since, until, by } = source;
  const wordField = useFieldWords();
  const why = wordWhy(source, { say });
  const rule = telling.nameRule(source.rule);
  const words = {
    shipped: t('thresholds.source.shipped'),
    rule: t('thresholds.source.rule', { rule, version: source.version }),
    override: t('thresholds.source.override', { unit: source.unitName ? say(source.unitName) : '' }),
  };
  const write = ({ value, field }: Hidden) => {
    if (value === null) return t('thresholds.notJudged');
    const writeOne = field.startsWith('count') ? writeCount : writeThreshold;
    return writeOne(value, like.condition, telling);
  };
  const isOfSeveral = new Set([...hides, ...overruled].map(({ field }) => field)).size > 1;
  const facts = [
    since === null ? '' : t('thresholds.since', { since: format.day(dayOf(Date.parse(since), zone)) }),
    until === null ? '' : t('thresholds.until', { until: format.day(until) }),
    by === null ? '' : t('thresholds.by', { by }),
  ].filter((fact) => fact !== '');
  return (
    <div className="source" data-source={source.source}>
      <span>{words[source.source]}</span>
      {facts.length > 0 && <small>{facts.join(' · ')}</small>}
      {why !== null && <small>“{why}”</small>}
      {hides.map((hidden) => (
        <small key={`${hidden.field} ${hidden.unit} ${hidden.value}`}>
          {isOfSeveral && `${wordField(hidden.field)}: `}
          {hidden.unitName
            ? t('thresholds.hides', { value: write(hidden), unit: say(hidden.unitName) })
            : t('thresholds.hidesAll', { value: write(hidden) })}
        </small>
      ))}
      {overruled.map((one) => (
        <small key={`${one.field} ${one.unit} ${one.value}`} className="overruled">
          {isOfSeveral && `${wordField(one.field)}: `}
          {t('thresholds.overruled', { value: write(one), unit: one.unitName ? say(one.unitName) : '' })}
        </small>
      ))}
    </div>
  );
}
