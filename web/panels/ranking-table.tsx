import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { useAddress } from '../address.ts';
import { type AlertMark, findFlashing } from '../alerts/unit-marks.ts';
import { matchesSearch, type RankList, type RankRow, type Sorting, sortRows } from '../figures/rank.ts';
import { useLanguage } from '../words/words.ts';
import { moveFocus, RankedFigure, UnitMark, wordRank, writeCases } from './ranking-rows.tsx';
import { shapeOf, wordLevel } from './severity.tsx';

type Entry = { unit: UnitView; figure: FigureView };
type Row = RankRow<Entry>;

type TableProps = {
  list: RankList<Entry>;
  indicator: Indicator;
  about: string;
  /** By unit, those in alert. */
  marks: ReadonlyMap<number, AlertMark>;
};

/** All units of a ranking, to be sorted by their headings and searched by name; nothing is left out. */
export function RankingTable({ list, indicator, about, marks }: TableProps) {
  const { t, say, lang } = useLanguage();
  const [sorting, sort] = useState<Sorting>({ key: 'figure', order: 'worst' });
  const [search, setSearch] = useState('');
  const rows = useMemo(() => {
    const found = list.rows.filter(({ unit }) =>
      matchesSearch([unit.name.vi, unit.name.en, unit.code], search),
    );
    return sortRows(found, sorting, indicator, (a, b) =>
      say(a.unit.name).localeCompare(say(b.unit.name), lang),
    );
  }, [list, search, sorting, indicator, say, lang]);
  const flashing = findFlashing(
    rows.map(({ unit }) => unit),
    marks,
  );
  return (
    <>
      <div className="ranking-tools">
        <input
          type="search"
          aria-label={t('ranking.search')}
          placeholder={t('ranking.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <p className="ranking-about" aria-live="polite">
          {search.trim() === '' ? about : t('ranking.found', { count: rows.length, total: list.rows.length })}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="ranking-box" tabIndex={0} aria-label={t('ranking.list')} onKeyDown={moveFocus}>
        <table className="ranking-table">
          <RankingHead indicator={indicator} sorting={sorting} onSort={sort} />
          <tbody>
            {rows.map((row) => (
              <TableRow
                key={row.unit.id}
                row={row}
                indicator={indicator}
                mark={marks.get(row.unit.id)}
                flashes={row.unit.id === flashing}
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="ranking-about">{t('ranking.noneFound', { search })}</p>}
      </section>
    </>
  );
}

type HeadProps = { indicator: Indicator; sorting: Sorting; onSort: (sorting: Sorting) => void };

/** What pressing a heading sorts by: the worst, the most, or the first in the alphabet, and the other way round the next time. */
function nextSorting(key: Sorting['key'], before: Sorting): Sorting {
  if (key === 'figure')
    return { key, order: before.key === key && before.order === 'worst' ? 'best' : 'worst' };
  const first = key === 'name' ? 'ascending' : 'descending';
  const second = key === 'name' ? 'descending' : 'ascending';
  return { key, order: before.key === key && before.order === first ? second : first };
}

/** How the numbers or names of the sorted column run. */
function runOf(sorting: Sorting, { direction }: Indicator): 'ascending' | 'descending' {
  if (sorting.key !== 'figure') return sorting.order;
  return (sorting.order === 'worst') === (direction === 'up') ? 'ascending' : 'descending';
}

function RankingHead({ indicator, sorting, onSort }: HeadProps) {
  const { t, say, format } = useLanguage();
  const cases =
    indicator.hero === 'numerator' ? t('ranking.share') : t('ranking.cases', { noun: say(indicator.noun) });
  const columns: { key: Sorting['key']; word: string }[] = [
    { key: 'name', word: t('chart.unit') },
    { key: 'figure', word: format.unitOf(indicator) },
    ...(indicator.denominator === null ? [] : [{ key: 'cases' as const, word: cases }]),
  ];
  return (
    <thead>
      <tr>
        <th scope="col">{t('ranking.rankHead')}</th>
        {columns.map(({ key, word }) => {
          const run = sorting.key === key ? runOf(sorting, indicator) : undefined;
          return (
            <th key={key} scope="col" data-column={key} aria-sort={run ?? 'none'}>
              <button type="button" onClick={() => onSort(nextSorting(key, sorting))}>
                {word} <span aria-hidden="true">{run ? (run === 'ascending' ? '▲' : '▼') : '↕'}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

type TableRowProps = { row: Row; indicator: Indicator; mark: AlertMark | undefined; flashes: boolean };

function TableRow({ row, indicator, mark, flashes }: TableRowProps) {
  const { t, say, format } = useLanguage();
  const { href } = useAddress();
  const { unit, judgement, rank, equals } = row;
  const level = wordLevel(judgement, t);
  return (
    <tr data-severity={judgement.severity} data-standing={judgement.standing}>
      <td className="ranking-rank" data-shared={equals > 0 || undefined}>
        {rank}
        {equals > 0 && <span className="ranking-equal">{t('ranking.rankEqual', { count: equals })}</span>}
        {rank === null && <span className="hidden">{wordRank(row, t)}</span>}
      </td>
      <th scope="row">
        <Link href={href({ page: 'unit', unit: unit.ref })}>{say(unit.name)}</Link>
        <UnitMark unit={unit} mark={mark} flashes={flashes} />
        {level !== '' && (
          <span className="ranking-level">
            <span aria-hidden="true">{shapeOf(judgement)}</span> {level}
          </span>
        )}
      </th>
      <td className="ranking-value">
        <RankedFigure row={row} indicator={indicator} />
      </td>
      {indicator.denominator !== null && (
        <td className="ranking-cases">{writeCases(row, indicator, format)}</td>
      )}
    </tr>
  );
}
