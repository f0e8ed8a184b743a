/** What this browser knows of the screen it is shown on, and how legible the wall is there. */
import { useState } from 'react';
import { useSearch } from 'wouter';
import {
  formatScreen,
  judgeLegibility,
  type Legibility,
  parseScreen,
  pitchOf,
  type ScreenProfile,
} from '../shared/legibility.ts';
import { putInAddress, store, stored } from './preferences.ts';

const KEY = 'screen';

/** The screen that the address names (`?screen=55x4`), else the one entered in this browser, else null. */
export function findScreen(search: string): ScreenProfile | null {
  return parseScreen(new URLSearchParams(search).get(KEY)) ?? parseScreen(stored(KEY));
}

/**
 * Millimetres to a CSS px of this page. Zoom changes a CSS px and not the screen: the window's outer width tells how much. A
 * window over several screens is taken for one screen of its size.
 */
function pitchHere(diagonalIn: number): number {
  const zoom = outerWidth > 0 ? outerWidth / innerWidth : 1;
  const width = Math.max(screen.width, innerWidth * zoom);
  const height = Math.max(screen.height, innerHeight * zoom);
  return pitchOf(diagonalIn, { width, height }) * zoom;
}

/** The screen's profile, how legible the smallest text is on it (both null without one), and the way to change it. */
export type ScreenState = {
  profile: ScreenProfile | null;
  legibility: Legibility | null;
  choose: (profile: ScreenProfile | null) => void;
};

/** The screen as state; `textPx`: the smallest text in CSS px. */
export function useScreen({ textPx }: { textPx: number }): ScreenState {
  const search = useSearch();
  const [, renew] = useState(0);
  const profile = findScreen(search);
  const choose = (chosen: ScreenProfile | null) => {
    const text = chosen && formatScreen(chosen);
    store(KEY, text);
    putInAddress(KEY, text);
    renew((count) => count + 1);
  };
  const legibility = profile && judgeLegibility(profile, { textPx, pitchMm: pitchHere(profile.diagonalIn) });
  return { profile, legibility, choose };
}
