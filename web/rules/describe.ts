/** A rule part by part in words, and what differs between two. Pure. */
import { ALERT_SEVERITIES, type RuleBody } from '../../shared/rule.ts';
import {
  parseSentence,
  type Telling,
  unitOfFigure,
  wordLimit,
  wordSlot,
  wordSpan,
  writeNumber,
} from './sentence.ts';

/** One part of a rule: what it is called, and what it says. */
export type Line = { label: string; text: string };

/** A part that is not the same in two rules. */
export type Difference = { label: string; before: string; after: string };

/** What a rule looks at, without its levels: the sentence up to its threshold. */
function wordCondition(body: RuleBody, telling: Telling): string {
  const { t } = telling;
  const pieces = parseSentence(t(`rules.sentence.${body.condition.kind}`)).slice(2);
  const end = pieces.findIndex((piece) => 'slot' in piece && piece.slot === 'direction');
  const told = end < 0 ? pieces.slice(0, -1) : pieces.slice(0, end);
  const text = told
    .map((piece) => ('text' in piece ? piece.text : wordSlot(piece.slot, body, telling)))
    .join('')
    .replace(/[\s,]+$/, '')
    .trim();
  return `${t(`rules.kind.${body.condition.kind}`)}: ${text}`;
}

function describeLevels(body: RuleBody, telling: Telling): Line[] {
  const { t } = telling;
  return ALERT_SEVERITIES.flatMap((severity) => {
    const level = body.levels.find((one) => one.severity === severity);
    const word = t(`alertSeverity.${severity}`);
    return [
      {
        label: t('rules.label.raise', { level: word }),
        text: level ? wordLimit(level, body, telling) : t('rules.empty'),
      },
      {
        label: t('rules.more.levelDelay', { level: word }),
        text: level?.delay ? wordSpan(level.delay, telling) : t('rules.empty'),
      },
    ];
  });
}

/** Every part of a rule, always in the same order. */
export function describeRule(body: RuleBody, telling: Telling): Line[] {
  const { t } = telling;
  const { votes } = body;
  const number = (value: number) => writeNumber(value, telling);
  const unit = unitOfFigure(body.condition, telling);
  const deadband =
    unit === '' ? number(body.deadband) : t('rules.amount', { amount: number(body.deadband), unit });
  return [
    { label: t('rules.nameVi'), text: body.name.vi },
    { label: t('rules.nameEn'), text: body.name.en },
    { label: t('rules.more.condition'), text: wordCondition(body, telling) },
    {
      label: t('rules.more.scope'),
      text: `${wordSlot('levels', body, telling)} · ${wordSlot('unit', body, telling)}`,
    },
    { label: t('rules.label.direction'), text: t(`rules.direction.${body.direction}`) },
    ...describeLevels(body, telling),
    { label: t('rules.label.delay'), text: wordSpan(body.delay, telling) },
    { label: t('rules.label.minimum'), text: number(body.minimum) },
    { label: t('rules.more.deadband'), text: deadband },
    { label: t('rules.more.clearDelay'), text: wordSpan(body.clearDelay, telling) },
    { label: t('rules.more.votes'), text: `${votes.raise}/${votes.of} · ${votes.clear}` },
    { label: t('rules.more.cadence'), text: t(`rules.cadence.${body.cadence}`) },
    { label: t('rules.more.outside'), text: t(`rules.outside.${body.outside}`) },
    { label: t('rules.more.partialBelow'), text: `${number(body.partialBelow * 100)} %` },
    { label: t('rules.more.inherit'), text: t(`rules.inherit.${body.inherit}`) },
    { label: t('rules.more.consequenceVi'), text: body.consequence.vi },
    { label: t('rules.more.consequenceEn'), text: body.consequence.en },
    { label: t('rules.more.actionVi'), text: body.action.vi },
    { label: t('rules.more.actionEn'), text: body.action.en },
    { label: t('rules.more.isEnabled'), text: t(body.isEnabled ? 'rules.yes' : 'rules.no') },
  ];
}

/** What differs between two rules, in words. */
export function listDifferences(before: RuleBody, after: RuleBody, telling: Telling): Difference[] {
  const [old, next] = [describeRule(before, telling), describeRule(after, telling)];
  return next.flatMap(({ label, text }, index) => {
    const was = old[index]?.text ?? '';
    return was === text ? [] : [{ label, before: was, after: text }];
  });
}
