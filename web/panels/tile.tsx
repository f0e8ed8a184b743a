import { useEffect, useId, useRef, useState } from 'react';
import type { FigureView } from '../../shared/answers.ts';
import type { Indicator, Severity } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import { changeOf, wordTerms } from '../figures/change.ts';
import { useFollowing } from '../following.tsx';
import { formatAge, writeFigure } from '../format.ts';
import { lateSinceOf } from '../panel-state.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { LateMark } from './frame.tsx';
import { FewChip, SeverityChip } from './severity.tsx';
import { Spark } from './spark.tsx';

const CHANGED_MS = 10_000;

type TileProps = {
  indicator: Indicator;
  /** Above the number; the indicator's name without it. */
  title?: string;
  /** Null while it is not known yet. */
  figure: FigureView | null;
  spark: readonly (number | null)[];
  /** Below the number; numerator and denominator without it. */
  detail?: string;
  /** Of which instant the figure is, where the period is over and the figure a level; the whole period without it. */
  instant?: string | null;
  /** What the figure is of (unit and period): a change of it is not a change of the figure. */
  subject: string;
  isChosen?: boolean;
  onChoose?: () => void;
};

/** The number people read first; words where there is none. */
export function heroOf(indicator: Indicator, figure: FigureView, { t, format }: Language) {
  const isKnown = figure.value !== null || figure.denominator === 0;
  if (indicator.hero === 'numerator' && isKnown) return { text: format.number(figure.numerator), unit: '' };
  if (figure.value !== null) {
    const unit = indicator.unit === 'count' ? '' : format.unitOf(indicator);
    return { text: writeFigure(indicator, figure, { format }), unit };
  }
  if (figure.denominator === null) return { text: t('tile.nobody'), unit: null };
  return { text: t(figure.denominator === 0 ? 'tile.nothing' : 'tile.uncomputed'), unit: null };
}

/** What is open, and the daily mean it is measured by. */
function detailOfDays(
  { numerator, denominator, value }: FigureView,
  { t, format }: Pick<Language, 't' | 'format'>,
): string {
  const open = format.number(numerator);
  if (denominator !== 0 && value === null) return t('tile.uncomputedWhy');
  if (!value) return t('tile.openNow', { open });
  return t('tile.perDay', { open, mean: writeMean(numerator / value, format) });
}

/** Numerator and denominator of a figure in words; nothing of a unit that nobody answers for. */
export function detailOf(indicator: Indicator, figure: FigureView, { t, say, format }: Language): string {
  const { numerator, denominator, value } = figure;
  if (denominator === null && value === null) return '';
  if (denominator === null || (indicator.hero === 'numerator' && denominator === 0))
    return format.unitOf(indicator);
  const total = format.number(denominator);
  if (value === null && indicator.hero === 'numerator') return t('tile.uncomputedWhy');
  if (indicator.hero === 'numerator') {
    return t('tile.ofTotal', { noun: say(indicator.noun), rate: format.decimal(value ?? 0), total });
  }
  if (indicator.unit === 'days') return detailOfDays(figure, { t, format });
  return t('tile.ratio', { numerator: format.number(numerator), denominator: total });
}

/** A mean in as many digits as leave it a divisor: whole from ten on, never a bare 0. */
function writeMean(mean: number, format: Language['format']): string {
  if (mean >= 9.95) return format.number(Math.round(mean));
  return mean < 0.1 ? format.fine(mean) : format.decimal(mean);
}

/** Whether a text has changed in the last 10 s while its subject stayed. */
function useRecentChange(text: string | null, subject: string): boolean {
  const before = useRef({ text, subject });
  const [isRecent, setIsRecent] = useState(false);
  useEffect(() => {
    const { text: last, subject: lastSubject } = before.current;
    before.current = { text, subject };
    if (lastSubject !== subject || last === null || text === null || last === text) {
      if (lastSubject !== subject) setIsRecent(false);
      return;
    }
    setIsRecent(true);
    const timer = setTimeout(() => setIsRecent(false), CHANGED_MS);
    return () => clearTimeout(timer);
  }, [text, subject]);
  return isRecent;
}

/** One key figure: number, what it is made of, how it moved, its last 30 days, its age; meaning by shape, word and colour. */
export function FigureTile(props: TileProps) {
  const { indicator, figure, spark, subject, isChosen = false, onChoose } = props;
  const language = useLanguage();
  const about = useId();
  const title = props.title ?? language.say(indicator.words);
  const hero = figure && heroOf(indicator, figure, language);
  const isRecent = useRecentChange(hero?.text ?? null, subject);
  const judgement = figure && judge(indicator, figure);
  const severity: Severity = judgement?.severity ?? 'normal';
  return (
    <article className="tile" data-severity={severity} data-indicator={indicator.id} data-changed={isRecent}>
      <button
        type="button"
        className="tile-face"
        aria-pressed={isChosen}
        aria-describedby={about}
        onClick={onChoose}
      >
        <span className="tile-title">{title}</span>
        <SeverityChip severity={severity} />
        {judgement && <FewChip judgement={judgement} />}
        {figure && hero ? (
          <>
            <span className="tile-hero" key={hero.text} data-words={hero.unit === null}>
              {hero.text}
              {hero.unit && <small> {hero.unit}</small>}
            </span>
            <span className="tile-detail">{props.detail ?? detailOf(indicator, figure, language)}</span>
            <TileChange indicator={indicator} figure={figure} />
            <Spark values={spark} />
            <TileFoot indicator={indicator} figure={figure} instant={props.instant ?? null} />
          </>
        ) : (
          <span className="skeleton" role="status">
            <span className="hidden">{language.t('panel.loading')}</span>
          </span>
        )}
      </button>
      <TileAbout id={about} indicator={indicator} figure={figure} spark={spark} />
    </article>
  );
}

/** Why nothing can be compared: the period before was empty; without a word where it is not known. */
function wordBefore({ previous, value }: FigureView, { t, format }: Pick<Language, 't' | 'format'>): string {
  if (!previous || value === null) return '';
  // Of a time of which nothing is known there is nothing to say.
  if (previous.value === null && previous.denominator === null) return '';
  if (previous.value === null) return t('tile.beforeNothing');
  return t('tile.beforeWas', { value: format.number(previous.value) });
}

function TileChange({ indicator, figure }: { indicator: Indicator; figure: FigureView }) {
  const { t, format } = useLanguage();
  const change = changeOf(indicator, figure);
  if (change.kind === 'unknown') {
    const word = wordBefore(figure, { t, format });
    return word === '' ? null : <span className="tile-change">{word}</span>;
  }
  if (change.kind === 'same') return <span className="tile-change">{t('tile.same')}</span>;
  const amount = change.scale === 'count' ? format.number(change.amount) : format.decimal(change.amount);
  const text = t(`tile.by.${change.scale}`, { amount });
  return (
    <span className="tile-change" data-verdict={change.verdict ?? 'none'}>
      {change.sign === 'up' ? '▲' : '▼'} {text} ·{' '}
      {t(change.verdict ? `tile.${change.verdict}` : 'tile.against')}
    </span>
  );
}

/** How old a figure is; of a period that is over, that it is whole, or of which instant. */
function wordAge(
  { asOf, provisional }: FigureView,
  { now, instant, language }: { now: number; instant: string | null; language: Language },
): string {
  const { t, format } = language;
  if (instant !== null) return instant;
  if (!provisional) return t('tile.whole');
  return asOf === null
    ? t('tile.asOfNever')
    : t('tile.asOf', { moment: format.shortMoment(Date.parse(asOf), now) });
}

type FootProps = { indicator: Indicator; figure: FigureView; instant: string | null };

function TileFoot({ indicator, figure, instant }: FootProps) {
  const language = useLanguage();
  const { t, format, lang } = language;
  const { state, serverNow } = useFollowing();
  const now = serverNow();
  const lateSince = lateSinceOf(figure, { feeds: state?.feeds ?? [], now });
  const target =
    indicator.target === null ? '' : t('tile.target', { target: format.number(indicator.target) });
  return (
    <span className="tile-foot">
      <span>{target}</span>
      {lateSince === null ? (
        <span>{wordAge(figure, { now, instant, language })}</span>
      ) : (
        <LateMark text={formatAge(now - lateSince, lang)} />
      )}
    </span>
  );
}

type AboutProps = {
  id: string;
  indicator: Indicator;
  figure: FigureView | null;
  spark: readonly (number | null)[];
};

function wordFormula({ numerator, denominator, unit }: Indicator, { t, lang }: Language): string {
  const top = wordTerms(numerator, lang);
  if (denominator === null) return top;
  if (unit === 'days') return t('formula.days', { numerator: top });
  return t('formula.percent', { numerator: top, denominator: wordTerms(denominator, lang) });
}

/** What the figure means: definition, version, source, and what its marks compare with. */
function TileAbout({ id, indicator, figure, spark }: AboutProps) {
  const language = useLanguage();
  const { t, format, say } = language;
  const known = spark.filter((value) => value !== null);
  const write = (value: number) => format.figure(indicator, value);
  const change = figure ? changeOf(indicator, figure) : null;
  return (
    <div className="tile-about" role="tooltip" id={id}>
      <strong>
        {say(indicator.words)} · {indicator.id}, {t('tile.version', { version: indicator.version })}
      </strong>
      <span>
        {t('tile.formula')}: {wordFormula(indicator, language)}
      </span>
      <span>
        {t('tile.source')}: {indicator.source}
      </span>
      {change && change.kind !== 'unknown' && (
        <span>{t('tile.comparedWith', { value: write(change.before) })}</span>
      )}
      {known.length > 1 && (
        <span>{t('tile.spark', { low: write(Math.min(...known)), high: write(Math.max(...known)) })}</span>
      )}
    </div>
  );
}
