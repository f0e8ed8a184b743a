import type { ReactNode } from 'react';
import type { FigureView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { wordTarget } from '../figures/aim.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { lateSinceOf } from '../panel-state.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { LateMark } from './frame.tsx';

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

type AgeProps = { indicator: Indicator; figure: FigureView; instant: string | null };
type FootProps = Omit<AgeProps, 'figure'> & { figure: FigureView | null; children: ReactNode };

/** The foot of a tile: target and age of its figure, then ways of its own that are given. */
export function TileFoot({ figure, children, ...of }: FootProps) {
  return (
    <div className="tile-foot">
      {figure && <TileAge figure={figure} {...of} />}
      {children}
    </div>
  );
}

/** Its target, and how old the figure is. */
function TileAge({ indicator, figure, instant }: AgeProps) {
  const language = useLanguage();
  const { t, format, lang } = language;
  const { state, serverNow } = useFollowing();
  const now = serverNow();
  const lateSince = lateSinceOf(figure, { feeds: state?.feeds ?? [], now });
  const target = wordTarget(indicator, figure, { t, format });
  return (
    <>
      <span className="tile-target">{target}</span>
      {lateSince === null ? (
        <span className="tile-age" data-never={(instant === null && figure.asOf === null) || undefined}>
          {wordAge(figure, { now, instant, language })}
        </span>
      ) : (
        <LateMark text={formatAge(now - lateSince, lang)} />
      )}
    </>
  );
}
