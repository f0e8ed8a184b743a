import { type KeyboardEvent, useState } from 'react';
import { Link } from 'wouter';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import { type Indicator, SMALL_COUNT, severityOf } from '../../shared/indicator.ts';
import { rankUnits } from '../../shared/ranking.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { useAddress } from '../address.ts';
import { bareName } from '../figures/names.ts';
import { cutMiddle } from '../figures/rank.ts';
import { stockDay } from '../figures/stock.ts';
import type { FiguresView } from '../figures.ts';
import { writeFigure } from '../format.ts';
import { useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';
import { SEVERITY_SHAPES } from './severity.tsx';

type Entry = { unit: UnitView; figure: FigureView };

const FIRST = 5;
const LAST = 9;
const ROWS = FIRST + LAST + 1;
/** Where no direction is better there is no worst end to show. */
const LARGEST = { first: ROWS - 1, last: 0 };
const LEVELS: readonly UnitLevel[] = ['province', 'district', 'commune', 'department', 'office'];

/** The levels that units are of, the territorial ones first. */
export function levelsOf(units: readonly UnitView[]): UnitLevel[] {
  return LEVELS.filter((level) => units.some((unit) => unit.level === level));
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const focused = document.activeElement;
  const next = rows[(focused instanceof HTMLElement ? rows.indexOf(focused) : -1) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Units below one by an indicator: the best and the worst, small counts apart, each a way to its page. */
export function RankingPanel({ figures, indicator }: { figures: FiguresView; indicator: Indicator }) {
  const { t, say, format } = useLanguage();
  const levels = levelsOf(figures.children);
  const [wanted, setWanted] = useState<UnitLevel | null>(null);
  const level = levels.find((known) => known === wanted) ?? levels[0];
  const units = figures.children.filter((unit) => unit.level === level);
  const told = figures.figuresOf(indicator.id);
  const entries = units.flatMap((unit): Entry[] => {
    const figure = told.get(unit.id);
    return figure ? [{ unit, figure }] : [];
  });
  const unit = indicator.unit === 'percent' ? '%' : format.unitOf(indicator);
  const marked = indicator.unit === 'percent' && indicator.target !== null && indicator.target > 0;
  const instant = stockDay(
    indicator,
    { period: figures.period, unit: figures.territory ? null : figures.unit, isOver: !figures.isProvisional },
    { t, format },
  );
  const note = [
    unit,
    ...(indicator.denominator === null ? [] : [t('ranking.cases')]),
    ...(instant === null ? [] : [instant]),
    ...(marked ? [t('ranking.target', { target: format.number(indicator.target ?? 0) })] : []),
  ];
  return (
    <PanelFrame
      className="ranking"
      title={t('ranking.title')}
      note={`${say(indicator.words)} · ${note.join(' · ')}`}
      aside={levels.length > 1 && <LevelSwitch levels={levels} chosen={level} onChoose={setWanted} />}
      status={figures.status === 'ready' && isNothing(entries) ? 'empty' : figures.status}
      error={figures.error}
      retry={figures.retry}
    >
      <RankingList entries={entries} indicator={indicator} />
    </PanelFrame>
  );
}

/** Whether nothing at all was counted anywhere. */
function isNothing(entries: Entry[]): boolean {
  return entries.every(({ figure }) => figure.numerator === 0 && !figure.denominator);
}

type SwitchProps = {
  levels: UnitLevel[];
  chosen: UnitLevel | undefined;
  onChoose: (level: UnitLevel) => void;
};

function LevelSwitch({ levels, chosen, onChoose }: SwitchProps) {
  const { t } = useLanguage();
  return (
    <div className="switch">
      {levels.map((level) => (
        <button key={level} type="button" aria-pressed={level === chosen} onClick={() => onChoose(level)}>
          {t(`group.${level}`)}
        </button>
      ))}
    </div>
  );
}

function RankingList({ entries, indicator }: { entries: Entry[]; indicator: Indicator }) {
  const { t } = useLanguage();
  const { ranked, guarded } = rankUnits(entries, indicator);
  const { head, between, tail } = cutMiddle(
    ranked,
    indicator.direction === 'none' ? LARGEST : { first: FIRST, last: LAST },
  );
  const top =
    indicator.unit === 'percent' ? 100 : Math.max(1, ...ranked.map(({ figure }) => figure.value ?? 0));
  const room = guarded.length > 0 ? ROWS - Math.min(ranked.length, ROWS) : 0;
  const row = (entry: Row) => (
    <RankingRow key={entry.unit.id} entry={entry} indicator={indicator} top={top} />
  );
  return (
    <nav aria-label={t('ranking.list')} onKeyDown={moveFocus}>
      <ol className="ranking-rows" data-level={entries[0]?.unit.level}>
        {head.map(row)}
        {between > 0 && <li className="ranking-between">{t('ranking.between', { count: between })}</li>}
        {tail.map(row)}
      </ol>
      {guarded.length > 0 && (
        <p className="ranking-guarded">
          {t('ranking.guarded', { count: guarded.length, limit: SMALL_COUNT })}
        </p>
      )}
      {room > 0 && (
        <ol className="ranking-rows ranking-few" data-level={entries[0]?.unit.level}>
          {sortByCases(guarded)
            .slice(0, room)
            .map((entry) => row({ ...entry, rank: null }))}
        </ol>
      )}
    </nav>
  );
}

/** Those with the most cases first: which of them are shown where there is not room for all. */
function sortByCases(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => (b.figure.denominator ?? 0) - (a.figure.denominator ?? 0));
}

/** `rank` is null for a unit with too few cases: shown, not ranked. */
type Row = Entry & { rank: number | null };
type RowProps = { entry: Row; indicator: Indicator; top: number };

function RankingRow({ entry: { rank, unit, figure }, indicator, top }: RowProps) {
  const { t, say, format, lang } = useLanguage();
  const { href } = useAddress();
  // An English name ends with its kind, which the level above the list says already.
  const name = lang === 'en' ? bareName(say(unit.name)) : say(unit.name);
  const severity = severityOf(indicator, figure);
  const share = Math.max(0, Math.min(100, (100 * (figure.value ?? 0)) / top));
  const cases = indicator.hero === 'numerator' ? figure.numerator : figure.denominator;
  const hasMark = indicator.unit === 'percent' && indicator.target !== null && indicator.target > 0;
  const value = figure.value === null ? '–' : writeFigure(indicator, figure, { format });
  return (
    <li>
      <Link className="ranking-row" data-severity={severity} href={href({ page: 'unit', unit: unit.ref })}>
        <span className="ranking-rank">{rank}</span>
        <span className="ranking-name" title={say(unit.name)}>
          {name}
        </span>
        <span className="ranking-shape" aria-hidden="true">
          {SEVERITY_SHAPES[severity]}
        </span>
        {severity !== 'normal' && <span className="hidden">{t(`severity.${severity}`)}</span>}
        <span className="ranking-bar" aria-hidden="true">
          <i style={{ width: `${share}%` }} />
          {hasMark && rank !== null && <b style={{ left: `${indicator.target}%` }} />}
        </span>
        <span className="ranking-value">{value}</span>
        <span className="ranking-cases">{cases === null ? '' : format.number(cases)}</span>
      </Link>
    </li>
  );
}
