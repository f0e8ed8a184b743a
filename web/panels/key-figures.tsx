import type { CSSProperties } from 'react';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import type { Tile } from '../../shared/board.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import { titlesOf } from '../../shared/titles.ts';
import type { Words } from '../../shared/words.ts';
import { useAddress } from '../address.ts';
import { useFigureAlerts } from '../alerts/use-unit-marks.ts';
import { toldOf } from '../board-view.ts';
import { useExplain } from '../explain/address.ts';
import { TileExplain } from '../explain/tile-explain.tsx';
import { stockDay, titleOf } from '../figures/stock.ts';
import { type FiguresView, useSparks } from '../figures.ts';
import { hasFigures, usePanelState } from '../panel-state.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { PanelStead } from './frame.tsx';
import { FigureTile } from './tile.tsx';

/** `figures` of the chosen period, `today` of the current day, `month` of the current month. */
type Views = { figures: FiguresView; today: FiguresView; month: FiguresView };

type Shown = {
  indicator: Indicator;
  unit: UnitView | null;
  title: string;
  figure: FigureView | null;
  period: Period;
  instant: string | null;
  detail?: string;
};

/** Of which view a tile tells, by which indicator, and under which title of its own. */
type Choice = { figures: FiguresView; id: string; title?: Words | undefined };

function chooseView({ indicator, title, over, past, onDay }: Tile, views: Views): Choice {
  const { figures, today, month } = views;
  if (over === 'today' && figures.isCurrent) return { figures: today, id: indicator, title };
  if (over === 'today') return { figures, id: past ?? indicator };
  const isToday = figures.isCurrent && figures.period.grain === 'day';
  return onDay && isToday
    ? { figures: month, id: indicator, title: onDay.title ?? title }
    : { figures, id: indicator, title };
}

function nameTile(indicator: Indicator, { figures, title }: Choice, language: Language): string {
  const own = title ?? titlesOf(indicator.id).over?.[figures.period.grain];
  return own ? language.say(own) : titleOf(indicator, !figures.isProvisional, language);
}

/** What stands below a count: the part of it people ask for next; nothing of a unit that was not there then. */
function wordPart(tile: Tile, { figures, id }: Choice, { t, say, format }: Language): string | null {
  const { part, indicator } = tile;
  const noun = findIndicator(indicator)?.noun;
  const share = part && id === indicator && figures.unit && figures.figureOf(figures.unit.id, part.indicator);
  if (!share || share.denominator === null || !noun) return null;
  const count = part.reads === 'rest' ? share.denominator - share.numerator : share.numerator;
  return t('tile.part', { noun: say(noun), count: format.number(count), part: say(part.words) });
}

function showTile(tile: Tile, views: Views, language: Language): Shown | null {
  const choice = chooseView(tile, views);
  const indicator = findIndicator(choice.id);
  if (!indicator) return null;
  const { figures } = choice;
  const teller = figures.territory ? null : figures.unit;
  const when = { period: figures.period, unit: teller, isOver: !figures.isProvisional };
  const detail = wordPart(tile, choice, language);
  return {
    indicator,
    unit: figures.unit,
    title: nameTile(indicator, choice, language),
    figure: figures.unit ? figures.figureOf(figures.unit.id, indicator.id) : null,
    period: figures.period,
    instant: stockDay(indicator, when, language),
    ...(detail !== null && { detail }),
  };
}

/** How many of a group of tiles stand beside each other where there is room: all, or two rows of many. */
const columnsOf = (count: number): number => (count > 6 ? Math.ceil(count / 2) : count);

type KeyProps = Views & { unit: string; tiles: readonly Tile[]; title?: Words | undefined };

/** Key figures of a unit over a period, as the tiles of the board say; a group of them below its title. */
export function KeyFigures(props: KeyProps) {
  const { unit, figures, tiles, title } = props;
  const { place, go } = useAddress();
  const { open } = useExplain();
  const language = useLanguage();
  // What no series and no ranking can show opens its story instead.
  const choose = ({ id, basis }: Indicator) =>
    basis === 'sums' ? go({ indicator: id }) : open({ indicator: id });
  const sparks = useSparks(unit, figures, [
    ...new Set(tiles.flatMap(({ indicator, past }) => (past ? [indicator, past] : [indicator]))),
  ]);
  const alertsOf = useFigureAlerts(figures);
  const state = usePanelState(toldOf(figures));
  if (!hasFigures(state) && state.kind !== 'loading') {
    return <PanelStead state={state} retry={figures.retry} />;
  }
  const name = title ? language.say(title) : language.t('unit.key');
  return (
    <section
      className="key-figures"
      aria-label={name}
      data-titled={title !== undefined || undefined}
      style={{ '--columns': columnsOf(tiles.length) } as CSSProperties}
    >
      {title && <h2 className="panel-title">{name}</h2>}
      {tiles.map((tile) => {
        const shown = showTile(tile, props, language);
        if (!shown) return null;
        return (
          <FigureTile
            key={`${tile.over ?? ''}${tile.indicator}`}
            {...shown}
            alerts={alertsOf(shown.indicator.id)}
            spark={sparks.get(shown.indicator.id) ?? []}
            subject={`${unit}|${figures.period.key}`}
            isChosen={tile.over === undefined && place.indicator === shown.indicator.id}
            onChoose={() => choose(shown.indicator)}
            story={<TileExplain indicator={shown.indicator} period={shown.period} title={shown.title} />}
          />
        );
      })}
    </section>
  );
}
