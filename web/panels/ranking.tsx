import './ranking.css';
import { useEffect, useMemo } from 'react';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { SMALL_COUNT } from '../../shared/judgement.ts';
import type { UnitLevel } from '../../shared/unit.ts';
import { useAddress } from '../address.ts';
import { RollUpView } from '../alerts/unit-mark.tsx';
import { useFigureAlerts, useMarksBelow } from '../alerts/use-unit-marks.ts';
import { useFiguresState } from '../board-view.ts';
import { levelsOf } from '../figures/levels.ts';
import { listRanks, type RankList } from '../figures/rank.ts';
import { stockDay } from '../figures/stock.ts';
import { wordUnreportedOf } from '../figures/unreported.ts';
import type { FiguresView } from '../figures.ts';
import { type ThresholdBook, useThresholds } from '../thresholds.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';
import { hasMark, RankingRows } from './ranking-rows.tsx';
import { RankingTable } from './ranking-table.tsx';
import { ShortShare } from './silent.tsx';

type Entry = { unit: UnitView; figure: FigureView };

/** Where the whole ranking stands on a desk's page. */
const PLACE = 'part-ranking';

type RankingProps = {
  figures: FiguresView;
  indicator: Indicator;
  /** How many rows there is room for; without it the whole list, which can be sorted and searched. */
  rows?: number;
};

/** Units below one by an indicator, the worst first, all levels together or one; each a way to its page. */
export function RankingPanel({ figures, indicator, rows }: RankingProps) {
  const language = useLanguage();
  const { place, href } = useAddress();
  const { t } = language;
  const levels = levelsOf(figures.children);
  const group = levels.find((level) => level === place.group) ?? null;
  const told = figures.figuresOf(indicator.id);
  const entries = figures.children.flatMap((unit): Entry[] => {
    const figure = told.get(unit.id);
    return figure && (group === null || unit.level === group) ? [{ unit, figure }] : [];
  });
  const book = useThresholds();
  const list = listRanks(entries, { indicator, thresholdsOf: ({ unit }) => book.of(indicator.id, unit) });
  const about = wordRanked(list, { indicator, book }, language);
  const units = useMemo(
    () => figures.children.filter(({ level }) => group === null || level === group),
    [figures.children, group],
  );
  const { below } = useFigureAlerts(figures, units)(indicator.id);
  const marks = useMarksBelow(figures);
  const isReady = figures.status === 'ready';
  const unreported = wordUnreportedOf(figures, indicator, language);
  const state = useFiguresState(figures, indicator.id, isNothing(entries) ? 'nothing' : 'figures');
  useArrival(isReady && rows === undefined);
  return (
    <PanelFrame
      className="ranking"
      {...(rows === undefined && { id: PLACE })}
      title={t('ranking.title')}
      note={
        <>
          {below && <RollUpView of={below} isShort={false} />}
          {below && ' · '}
          {noteOf(figures, indicator, language)}
          {unreported !== null && ` · ${unreported}`}{' '}
          {rows === undefined && <ToldBy figures={figures} indicator={indicator} />}
        </>
      }
      aside={levels.length > 1 && <GroupSwitch levels={levels} chosen={group} />}
      state={state}
      retry={figures.retry}
    >
      {rows === undefined ? (
        <RankingTable list={list} indicator={indicator} marks={marks} about={about} />
      ) : (
        <RankingRows
          list={list}
          indicator={indicator}
          marks={marks}
          rows={rows}
          hasBars={group !== null ? isTerritorial(group) : levels.every(isTerritorial)}
          whole={`${href({ page: 'unit', unit: figures.unit?.ref ?? null })}#${PLACE}`}
          about={about}
        />
      )}
    </PanelFrame>
  );
}

/** That fewer units than report stand behind the ranking; on a wall its head says so. */
function ToldBy({
  figures: { unit, period, figureOf },
  indicator,
}: Pick<RankingProps, 'figures' | 'indicator'>) {
  if (!unit) return null;
  return (
    <ShortShare unit={unit} period={period} share={figureOf(unit.id, indicator.id)?.completeness ?? null} />
  );
}

/** Names of departments and offices are long: they take the room of the bars. */
function isTerritorial(level: UnitLevel): boolean {
  return level !== 'department' && level !== 'office';
}

/** Shows the whole ranking to whoever comes for it, once it is there. */
function useArrival(isThere: boolean): void {
  useEffect(() => {
    if (isThere && location.hash === `#${PLACE}`) document.getElementById(PLACE)?.scrollIntoView?.();
  }, [isThere]);
}

/** Whether nothing at all was counted anywhere. */
function isNothing(entries: Entry[]): boolean {
  return entries.every(({ figure }) => figure.numerator === 0 && !figure.denominator);
}

/** What stands in the columns, in which order, and of which instant. */
function noteOf(figures: FiguresView, indicator: Indicator, { t, say, format }: Language): string {
  const instant = stockDay(
    indicator,
    { period: figures.period, unit: figures.territory ? null : figures.unit, isOver: !figures.isProvisional },
    { t, format },
  );
  const cases = indicator.hero === 'numerator' ? 'ranking.share' : 'ranking.cases';
  return [
    say(indicator.words),
    format.unitOf(indicator),
    ...(indicator.denominator === null ? [] : [t(cases, { noun: say(indicator.noun) })]),
    ...(instant === null ? [] : [instant]),
    ...(hasMark(indicator) ? [t('ranking.target', { target: format.number(indicator.target ?? 0) })] : []),
    t(indicator.direction === 'none' ? 'ranking.largest' : 'ranking.worst'),
  ].join(' · ');
}

/** Among how many a rank counts, and why the others have none. */
function wordRanked(
  { rows, ranked, isSparse, apart }: RankList<Entry>,
  { indicator: { id, noun }, book }: { indicator: Indicator; book: ThresholdBook },
  { t, say }: Language,
): string {
  const few = rows.filter(({ judgement }) => judgement.standing === 'few');
  const limit = Math.max(0, ...few.map(({ unit }) => book.of(id, unit)?.minimum ?? SMALL_COUNT));
  const words = [
    ranked === 0 ? t('ranking.nobody') : t(isSparse ? 'ranking.sparse' : 'ranking.ranked', { count: ranked }),
  ];
  if (apart.few > 0) words.push(t('ranking.few', { count: apart.few, limit, noun: say(noun) }));
  if (apart.nothing > 0) words.push(t('ranking.nothing', { count: apart.nothing }));
  if (apart.unknown > 0) words.push(t('ranking.unknown', { count: apart.unknown }));
  return words.join(' · ');
}

function GroupSwitch({ levels, chosen }: { levels: UnitLevel[]; chosen: UnitLevel | null }) {
  const { go } = useAddress();
  const { t } = useLanguage();
  return (
    <fieldset className="switch" aria-label={t('group.label')}>
      {[null, ...levels].map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={level === chosen}
          onClick={() => go({ group: level }, { replace: true })}
        >
          {t(level === null ? 'group.all' : `group.${level}`)}
        </button>
      ))}
    </fieldset>
  );
}
