import { type KeyboardEvent, useRef } from 'react';
import { Link, useSearch } from 'wouter';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { useAddress } from '../address.ts';
import { AlertMarkLink } from '../alerts/unit-mark.tsx';
import { type AlertMark, findFlashing, hrefOfMark } from '../alerts/unit-marks.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { bareName } from '../figures/names.ts';
import { casesOf, type RankList, type RankRow } from '../figures/rank.ts';
import { writeFigure } from '../format.ts';
import { type ThresholdBook, useThresholds } from '../thresholds.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { useFittingRows } from './fitting-rows.ts';
import { shapeOf, wordLevel } from './severity.tsx';
import { FigureAbout } from './thresholds.tsx';
import { Tip, useTip } from './tip.tsx';

type Row = RankRow<{ unit: UnitView; figure: FigureView }>;

type RowsProps = {
  list: RankList<{ unit: UnitView; figure: FigureView }>;
  indicator: Indicator;
  rows: number;
  hasBars: boolean;
  /** Where the whole list stands. */
  whole: string;
  about: string;
  /** By unit, those in alert. */
  marks: ReadonlyMap<number, AlertMark>;
};

/** Moves the focus to the link before or after by the arrow keys. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const focused = document.activeElement;
  const next = links[(focused instanceof HTMLElement ? links.indexOf(focused) : -1) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The figure of a row as it is read: a count, or a rate in as few digits as are true; a dash where there is none. */
function writeJudged(
  { unit, figure, judgement }: Row,
  indicator: Indicator,
  { format, book }: { format: Language['format']; book: ThresholdBook },
): string {
  if (judgement.figure === null) return '–';
  if (indicator.hero === 'numerator') return format.number(judgement.figure);
  return writeFigure(indicator, figure, { format, thresholds: book.of(indicator.id, unit) });
}

/** The figure of a row, and the way to its story. */
export function RankedFigure({ row, indicator }: { row: Row; indicator: Indicator }) {
  const { say, format } = useLanguage();
  const book = useThresholds();
  const { unit } = row;
  return (
    <ExplainButton
      indicator={indicator.id}
      unit={unit.ref}
      label={`${say(indicator.words)}, ${say(unit.name)}`}
    >
      {writeJudged(row, indicator, { format, book })}
    </ExplainButton>
  );
}

/** Of how many cases a rate is; of a count, its share. */
export function writeCases(row: Row, indicator: Indicator, format: Language['format']): string {
  const cases = casesOf(indicator, row);
  if (cases === null) return '';
  return indicator.hero === 'numerator' ? `${format.decimal(cases)} %` : format.number(cases);
}

/** The rank in words: with how many others it is shared; why there is none. */
export function wordRank({ rank, equals, judgement }: Row, t: Language['t']): string {
  if (rank !== null) return t(equals > 0 ? 'ranking.rankShared' : 'ranking.rank', { rank, count: equals });
  if (judgement.standing === 'few') return t('severity.few');
  return judgement.standing === 'nothing' ? t('tile.nothing') : '';
}

/** The worst that there is room for above the words of the foot, and the way to all the others. */
export function RankingRows({ list, indicator, rows, hasBars, whole, about, marks }: RowsProps) {
  const { t, lang } = useLanguage();
  const box = useRef<HTMLElement>(null);
  const fit = useFittingRows(box, rows, `${lang} ${indicator.id} ${list.rows.length} ${about}`);
  const shown = list.rows.slice(0, list.rows.length <= fit ? fit : Math.max(1, fit - 1));
  const more = list.rows.length - shown.length;
  const flashing = findFlashing(
    shown.map(({ unit }) => unit),
    marks,
  );
  const top =
    indicator.unit === 'percent' && indicator.hero === 'value'
      ? 100
      : Math.max(1, ...list.rows.map(({ judgement }) => judgement.figure ?? 0));
  return (
    <nav ref={box} aria-label={t('ranking.list')} onKeyDown={moveFocus}>
      <ol className="ranking-rows" data-bars={hasBars || undefined} data-alerts={marks.size > 0 || undefined}>
        {shown.map((row) => (
          <RankingRow
            key={row.unit.id}
            row={row}
            indicator={indicator}
            top={top}
            mark={marks.get(row.unit.id)}
            flashes={row.unit.id === flashing}
          />
        ))}
      </ol>
      {more > 0 && (
        <Link className="ranking-more" href={whole}>
          {t('ranking.more', { count: more })}
        </Link>
      )}
      <p className="ranking-about">{about}</p>
    </nav>
  );
}

type RowProps = {
  row: Row;
  indicator: Indicator;
  top: number;
  mark: AlertMark | undefined;
  flashes: boolean;
};

function RankingRow({ row, indicator, top, mark, flashes }: RowProps) {
  const { t, say, format, lang } = useLanguage();
  const { href } = useAddress();
  const { unit, figure, judgement, rank, equals } = row;
  const tip = useTip();
  // An English name ends with its kind, which takes room and tells little.
  const name = lang === 'en' ? bareName(say(unit.name)) : say(unit.name);
  const isFew = judgement.standing === 'few';
  return (
    <li>
      <div className="ranking-row" data-severity={judgement.severity} data-standing={judgement.standing}>
        <span className="ranking-rank">
          {rank}
          {equals > 0 && <span aria-hidden="true">=</span>}
        </span>
        <Link className="ranking-way" href={href({ page: 'unit', unit: unit.ref })} {...tip.bind}>
          <span className="ranking-name">{name}</span>
          {equals > 0 && <span className="hidden"> {wordRank(row, t)}</span>}
          {!isFew && (
            <span className="hidden"> {wordLevel(judgement, t) || (rank === null && wordRank(row, t))}</span>
          )}
        </Link>
        <span className="ranking-shape" aria-hidden="true">
          {shapeOf(judgement)}
        </span>
        {isFew ? (
          <span className="ranking-few">{t('severity.fewShort')}</span>
        ) : (
          <RankingBar row={row} indicator={indicator} top={top} />
        )}
        <span className="ranking-value">
          <RankedFigure row={row} indicator={indicator} />
        </span>
        <span className="ranking-cases">{writeCases(row, indicator, format)}</span>
      </div>
      <UnitMark unit={unit} mark={mark} flashes={flashes} />
      <Tip of={tip}>
        <FigureAbout name={say(unit.name)} unit={unit} indicator={indicator} figure={figure} />
        <span>{wordRank(row, t)}</span>
      </Tip>
    </li>
  );
}

type UnitMarkProps = { unit: UnitView; mark: AlertMark | undefined; flashes: boolean };

/** The mark of a unit in alert, and the way to its alerts. */
export function UnitMark({ unit, mark, flashes }: UnitMarkProps) {
  const { say } = useLanguage();
  const search = useSearch();
  if (!mark) return null;
  const href = hrefOfMark(mark, { ref: unit.ref, search });
  return <AlertMarkLink mark={mark} flashes={flashes} href={href} name={say(unit.name)} />;
}

function RankingBar({ row, indicator, top }: { row: Row; indicator: Indicator; top: number }) {
  if (row.judgement.standing !== 'judged') return <span />;
  const share = Math.max(0, Math.min(100, (100 * (row.judgement.figure ?? 0)) / top));
  return (
    <span className="ranking-bar" aria-hidden="true">
      <i style={{ width: `${share}%` }} />
      {hasMark(indicator) && row.rank !== null && <b style={{ left: `${indicator.target}%` }} />}
    </span>
  );
}

/** Whether the target can stand as a mark on a bar. */
export function hasMark({ unit, hero, target }: Indicator): boolean {
  return unit === 'percent' && hero === 'value' && target !== null && target > 0;
}
