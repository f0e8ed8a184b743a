import type { FigureView } from '../../shared/answers.ts';
import { findIndicator, type Indicator } from '../../shared/indicator.ts';
import { useAddress } from '../address.ts';
import { stockDay, titleOf } from '../figures/stock.ts';
import { type FiguresView, useSparks } from '../figures.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { FigureTile } from './tile.tsx';

/** The key figures, in reading order. */
export const KEY_FIGURES = ['HS01', 'ON01', 'TT02', 'TT01', 'HS03', 'TT04', 'TT05', 'TT07'] as const;

/** With today chosen these tell the month: what today received has a tile already, and a day that runs has no pace yet. */
const OF_MONTH: ReadonlySet<string> = new Set(['HS01', 'TT07']);

type Tile = {
  key: string;
  indicator: Indicator;
  title: string;
  figure: FigureView | null;
  instant: string | null;
  detail?: string;
};

function nameTile(indicator: Indicator, figures: FiguresView, language: Language): string {
  if (indicator.id === 'HS01') return language.t(`tile.received.${figures.period.grain}`);
  return titleOf(indicator, !figures.isProvisional, language);
}

/** Whether a share is of a unit that lived then: of one that did not there is no part to tell. */
const isOfSomebody = (share: FigureView | null): share is FigureView =>
  share !== null && share.denominator !== null;

/** What stands below a count: the part of it people ask for next. */
function countDetail(id: string, { figures, language }: { figures: FiguresView; language: Language }) {
  const unit = figures.unit?.id ?? 0;
  const { t, format } = language;
  if (id === 'HS01') {
    const online = figures.figureOf(unit, 'ON01');
    return isOfSomebody(online)
      ? { detail: t('tile.online', { count: format.number(online.numerator) }) }
      : {};
  }
  const overdue = id === 'HS03' ? figures.figureOf(unit, 'TT04') : null;
  if (!isOfSomebody(overdue)) return {};
  return {
    detail: t('tile.inTime', { count: format.number((overdue.denominator ?? 0) - overdue.numerator) }),
  };
}

function makeTile(
  id: string,
  source: { figures: FiguresView; language: Language },
  key: string = id,
): Tile[] {
  const indicator = findIndicator(id);
  if (!indicator) return [];
  const { figures, language } = source;
  const figure = figures.unit ? figures.figureOf(figures.unit.id, id) : null;
  const teller = figures.territory ? null : figures.unit;
  const when = { period: figures.period, unit: teller, isOver: !figures.isProvisional };
  return [
    {
      key,
      indicator,
      title: nameTile(indicator, figures, language),
      figure,
      instant: stockDay(indicator, when, language),
      ...countDetail(id, source),
    },
  ];
}

/** A tile that tells the month beside tiles that tell today: its title says so. */
function monthTile(id: string, source: { figures: FiguresView; language: Language }): Tile[] {
  const tiles = makeTile(id, source);
  return id === 'TT07'
    ? tiles.map((tile) => ({ ...tile, title: source.language.t('short.TT07Month') }))
    : tiles;
}

/** The first tile: received today while time runs; of a past period, what was resolved in it. */
function firstTile(view: { figures: FiguresView; today: FiguresView; language: Language }): Tile[] {
  const { figures, today, language } = view;
  if (!figures.isCurrent) return makeTile('HS02', { figures, language }, 'first');
  const tiles = makeTile('HS01', { figures: today, language }, 'first');
  return tiles.map((tile) => ({ ...tile, title: language.t('tile.today') }));
}

/**
 * Nine key figures of a unit over a period. `today` are its figures of the current day, `month` of the current month:
 * with today chosen, what was received and the pace are told of the month.
 */
export function KeyFigures(props: {
  unit: string;
  figures: FiguresView;
  today: FiguresView;
  month: FiguresView;
}) {
  const { unit, figures, today, month } = props;
  const { place, go } = useAddress();
  const language = useLanguage();
  const isToday = figures.isCurrent && figures.period.grain === 'day';
  const tiles = [
    ...firstTile({ figures, today, language }),
    ...KEY_FIGURES.flatMap((id) =>
      isToday && OF_MONTH.has(id)
        ? monthTile(id, { figures: month, language })
        : makeTile(id, { figures, language }),
    ),
  ];
  const sparks = useSparks(unit, figures, ['HS02', ...KEY_FIGURES]);
  return (
    <div className="key-figures">
      {tiles.map(({ key, indicator, ...tile }) => (
        <FigureTile
          key={key}
          indicator={indicator}
          spark={sparks.get(indicator.id) ?? []}
          subject={`${unit}|${figures.period.key}`}
          isChosen={key !== 'first' && place.indicator === indicator.id}
          onChoose={() => go({ indicator: indicator.id })}
          {...tile}
        />
      ))}
    </div>
  );
}
