import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { FigureView } from '../../shared/answers.ts';
import type { Indicator, Severity } from '../../shared/indicator.ts';
import { type Judgement, judge, type Thresholds as Limits } from '../../shared/judgement.ts';
import type { Period } from '../../shared/period.ts';
import type { OfUnit } from '../../shared/thresholds.ts';
import { AlertMarkView, RollUpView } from '../alerts/unit-mark.tsx';
import type { FigureAlerts } from '../alerts/use-unit-marks.ts';
import { changeOf, wordTerms } from '../figures/change.ts';
import { type Compared, wordCompared } from '../figures/compare.ts';
import { wordUnreported } from '../figures/unreported.ts';
import { useFollowing, useToday } from '../following.tsx';
import { writeFigure } from '../format.ts';
import { useSession } from '../session.tsx';
import { useThresholds } from '../thresholds.tsx';
import { type Language, type PlainKey, useLanguage } from '../words/words.ts';
import { FewChip, SeverityChip } from './severity.tsx';
import { wordShare } from './silent.tsx';
import { Spark } from './spark.tsx';
import { Thresholds } from './thresholds.tsx';
import { TileFoot } from './tile-foot.tsx';
import { Tip, useTip } from './tip.tsx';

const CHANGED_MS = 10_000;

type TileProps = {
  indicator: Indicator;
  /** Whose figure it is, and by whose thresholds it is judged; null while it is not known. */
  unit: OfUnit | null;
  /** Above the number; the indicator's name without it. */
  title?: string;
  /** Null while it is not known yet. */
  figure: FigureView | null;
  /** Of which period: it says what the figure is compared with. */
  period: Period;
  spark: readonly (number | null)[];
  /** Below the number; numerator and denominator without it. */
  detail?: string;
  /** Of which instant the figure is, where the period is over and the figure a level; the whole period without it. */
  instant?: string | null;
  /** What the figure is of (unit and period): a change of it is not a change of the figure. */
  subject: string;
  isChosen?: boolean;
  onChoose?: () => void;
  /** What of the figure is in alert; nothing without it. */
  alerts?: FigureAlerts;
  /** The way to the figure's story, at the end of its foot. */
  story?: ReactNode;
};

/** The number people read first; words where there is none. */
export function heroOf(
  indicator: Indicator,
  figure: FigureView,
  { language: { t, format }, thresholds }: { language: Language; thresholds: Limits | null },
) {
  const isKnown = figure.value !== null || figure.denominator === 0;
  if (indicator.hero === 'numerator' && isKnown) return { text: format.number(figure.numerator), unit: '' };
  if (figure.value !== null) {
    const unit = indicator.unit === 'count' ? '' : format.unitOf(indicator);
    return { text: writeFigure(indicator, figure, { format, thresholds }), unit };
  }
  if (figure.unreported) return { text: t('tile.unreported'), unit: null };
  // Of an index nothing is out of 0 points: it is not that nothing occurred, but that nothing was told.
  if (indicator.basis !== 'sums') return { text: t('tile.unknown'), unit: null };
  if (figure.denominator === null) return { text: t('tile.nobody'), unit: null };
  return { text: t(figure.denominator === 0 ? 'tile.nothing' : 'tile.uncomputed'), unit: null };
}

/** What is open, and the daily mean it is measured by. */
function detailOfDays(
  indicator: Indicator,
  { numerator, denominator, value }: FigureView,
  { t, say, format }: Language,
): string {
  const open = format.number(numerator);
  if (denominator !== 0 && value === null) return t('tile.uncomputedWhy');
  if (!value) return t('tile.openNow', { open });
  const noun = say(indicator.noun);
  return t('tile.perDay', { open, noun, mean: writeMean(numerator / value, format) });
}

/** Numerator and denominator of a figure in words; nothing of a unit that nobody answers for. */
export function detailOf(indicator: Indicator, figure: FigureView, language: Language): string {
  const { t, say, format } = language;
  const { numerator, denominator, value } = figure;
  if (denominator === null && value === null) return '';
  if (denominator === null || (indicator.hero === 'numerator' && denominator === 0))
    return format.unitOf(indicator);
  const total = format.number(denominator);
  if (value === null && indicator.hero === 'numerator') return t('tile.uncomputedWhy');
  if (indicator.hero === 'numerator') {
    return t('tile.ofTotal', { noun: say(indicator.noun), rate: format.decimal(value ?? 0), total });
  }
  if (indicator.unit === 'days') return detailOfDays(indicator, figure, language);
  if (indicator.unit === 'mean')
    return t('tile.meanOf', { numerator: format.number(numerator), noun: say(indicator.noun), count: total });
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
  const { indicator, unit, figure, spark, subject, isChosen = false, onChoose } = props;
  const language = useLanguage();
  const book = useThresholds();
  const thresholds = unit && book.of(indicator.id, unit);
  const tip = useTip();
  const compared = useCompared(indicator, props.period);
  const title = props.title ?? language.say(indicator.words);
  const hero = figure && heroOf(indicator, figure, { language, thresholds });
  const isRecent = useRecentChange(hero?.text ?? null, subject);
  const judgement = figure && judge(indicator, figure, thresholds);
  const severity: Severity = judgement?.severity ?? 'normal';
  return (
    <article className="tile" data-severity={severity} data-indicator={indicator.id} data-changed={isRecent}>
      <button type="button" className="tile-face" aria-pressed={isChosen} onClick={onChoose} {...tip.bind}>
        <span className="tile-title">{title}</span>
        <TileMarks judgement={judgement} own={props.alerts?.own ?? null} />
        {figure && hero ? (
          <>
            <span className="tile-hero" key={hero.text} data-words={hero.unit === null}>
              {hero.text}
              {hero.unit && <small> {hero.unit}</small>}
            </span>
            <span className="tile-detail">
              {wordUnreported(figure, props.period, language) ??
                props.detail ??
                detailOf(indicator, figure, language)}
            </span>
            <TileChange indicator={indicator} figure={figure} compared={compared} />
            <TileCourse spark={spark} below={props.alerts?.below ?? null} />
          </>
        ) : (
          <span className="skeleton" role="status">
            <span className="hidden">{language.t('panel.loading')}</span>
          </span>
        )}
      </button>
      <TileFoot {...{ indicator, figure, instant: props.instant ?? null }}>{props.story}</TileFoot>
      <Tip of={tip}>
        <TileAbout {...{ indicator, figure, spark, compared }}>
          {unit && <Thresholds indicator={indicator} unit={unit} now={judgement?.severity ?? null} />}
        </TileAbout>
      </Tip>
    </article>
  );
}

/** How the figure was judged, behind the mark of its alert where it has one. */
function TileMarks({ judgement, own }: { judgement: Judgement | null; own: FigureAlerts['own'] }) {
  const chips = (
    <>
      <SeverityChip severity={judgement?.severity ?? 'normal'} />
      {judgement && <FewChip judgement={judgement} />}
    </>
  );
  if (!own) return chips;
  return (
    <span className="tile-marks">
      <AlertMarkView mark={own} flashes />
      {chips}
    </span>
  );
}

/** The last days, and beside them how many units below are in alert. */
function TileCourse({ spark, below }: { spark: TileProps['spark']; below: FigureAlerts['below'] }) {
  if (!below) return <Spark values={spark} />;
  return (
    <span className="tile-course">
      <Spark values={spark} />
      <RollUpView of={below} isShort />
    </span>
  );
}

/** What a figure is compared with now, in words. */
function useCompared(indicator: Indicator, period: Period): Compared {
  const language = useLanguage();
  const { serverNow } = useFollowing();
  const { zone } = useSession();
  const today = useToday();
  return wordCompared(indicator, { period, moment: { today, now: serverNow(), zone } }, language);
}

/** What the figure was, where no difference can be told: nothing, or 0; without a word where it is not known. */
function wordBefore({ previous, value }: FigureView, point: string, { t, format }: Telling): string {
  if (!previous || value === null) return '';
  if (previous.value === null) return previous.denominator === null ? '' : t('tile.beforeNothing', { point });
  return t('tile.beforeWas', { point, value: format.number(previous.value) });
}

type Telling = Pick<Language, 't' | 'format'>;
type ChangeProps = { indicator: Indicator; figure: FigureView; compared: Compared };

/** How the figure moved, better or worse in words, and since when: two lines where they do not fit into one. */
function TileChange({ indicator, figure, compared: { short } }: ChangeProps) {
  const { t, format } = useLanguage();
  const change = changeOf(indicator, figure);
  if (change.kind === 'unknown') {
    const word = wordBefore(figure, short, { t, format });
    return word === '' ? null : <span className="tile-change">{word}</span>;
  }
  const against = <span className="tile-against">{t('tile.against', { point: short })}</span>;
  if (change.kind === 'same')
    return (
      <span className="tile-change">
        <span>{t('tile.same')}</span> {against}
      </span>
    );
  const written = change.scale === 'count' ? format.number(change.amount) : format.decimal(change.amount);
  const amount = change.scale === 'own' ? `${written} ${format.unitOf(indicator)}` : written;
  const text = t(`tile.by.${change.scale}`, { amount });
  const verdict = change.verdict ? ` · ${t(`tile.${change.verdict}`)}` : '';
  return (
    <span className="tile-change" data-verdict={change.verdict ?? 'none'}>
      <span className="tile-moved">
        {change.sign === 'up' ? '▲' : '▼'} {text}
        {verdict}
      </span>{' '}
      {against}
    </span>
  );
}

type AboutProps = {
  indicator: Indicator;
  figure: FigureView | null;
  spark: readonly (number | null)[];
  compared: Compared;
};

function wordFormula({ numerator, denominator, unit }: Indicator, { t, lang }: Language): string {
  const top = wordTerms(numerator, lang);
  if (denominator === null) return top;
  if (unit === 'days') return t('formula.days', { numerator: top });
  if (unit === 'mean')
    return t('formula.mean', { numerator: top, denominator: wordTerms(denominator, lang) });
  return t('formula.percent', { numerator: top, denominator: wordTerms(denominator, lang) });
}

/** What sets a figure apart from another that people hold against it. */
const NOTES: Record<string, PlainKey> = { HS01: 'note.HS01' };

/** The figure at the point it is compared with; empty where there was none. */
function wordCompare(
  { indicator, figure, compared }: Omit<AboutProps, 'spark'>,
  { t, format }: Telling,
): string {
  const point = compared.long;
  const change = figure ? changeOf(indicator, figure) : null;
  if (change && change.kind !== 'unknown')
    return t('tile.comparedWith', { point, value: format.figure(indicator, change.before) });
  const word = figure ? wordBefore(figure, point, { t, format }) : '';
  return word === '' ? '' : t('tile.against', { point: word });
}

/** What the figure means: definition, version, source, levels, and what its marks compare with. */
function TileAbout({ indicator, figure, spark, compared, children }: AboutProps & { children: ReactNode }) {
  const language = useLanguage();
  const { t, format, say } = language;
  const known = spark.filter((value) => value !== null);
  const write = (value: number) => format.figure(indicator, value);
  const note = NOTES[indicator.id];
  const lines = [
    `${t('tile.formula')}: ${wordFormula(indicator, language)}`,
    `${t('tile.source')}: ${indicator.source}`,
    note ? t(note) : '',
    wordShare(figure?.completeness ?? null, language),
    wordCompare({ indicator, figure, compared }, language),
    known.length > 1
      ? t('tile.spark', { low: write(Math.min(...known)), high: write(Math.max(...known)) })
      : '',
  ];
  return (
    <>
      <strong>
        {say(indicator.words)} · {indicator.id}, {t('tile.version', { version: indicator.version })}
      </strong>
      {lines
        .filter((line) => line !== '')
        .map((line) => (
          <span key={line}>{line}</span>
        ))}
      {children}
    </>
  );
}
