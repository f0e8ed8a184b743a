import {
  GOOD_ARC_MINUTES,
  LEAST_ARC_MINUTES,
  type Legibility,
  type ScreenProfile,
} from '../../shared/legibility.ts';
import type { ScreenState } from '../screen.ts';
import { type Language, useLanguage } from '../words/words.ts';

/** How legible the smallest text is from the farthest place, and what helps where it is not. */
export function wordLegibility(
  { verdict, arcMinutes, within }: Legibility,
  { distanceM }: ScreenProfile,
  { t, format }: Pick<Language, 't' | 'format'>,
): string {
  return t(`screen.${verdict}`, {
    // Rounded down: what is a little too small is never called large enough.
    arc: format.number(Math.floor(arcMinutes * 10) / 10),
    distance: format.number(distanceM),
    good: GOOD_ARC_MINUTES,
    least: LEAST_ARC_MINUTES,
    near: format.number(within.distanceM),
    large: format.number(within.diagonalIn),
  });
}

/** At the foot of the wall: a warning where its text is too small for this screen, a note where it is just large enough. */
export function LegibilityLine({ screen: { profile, legibility } }: { screen: ScreenState }) {
  const language = useLanguage();
  if (!profile || !legibility || legibility.verdict === 'good') return null;
  const text = wordLegibility(legibility, profile, language);
  return (
    <p
      className="wall-legibility"
      data-verdict={legibility.verdict}
      role={legibility.verdict === 'poor' ? 'alert' : undefined}
      title={text}
    >
      {legibility.verdict === 'poor' && <span aria-hidden="true">▲ </span>}
      {text}
    </p>
  );
}
