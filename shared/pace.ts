/** How the way to a target goes. Pure: the rules that watch a pace and the page of targets share this arithmetic. */
import type { Figure, Indicator } from './indicator.ts';
import { MEASURES, type MeasureId } from './measure.ts';

/** A way from what a figure was before it began to a target, of which a share (0..1) of the time is gone. */
export type Way = { now: number; base: number; target: number; share: number };

const round = (value: number): number => Math.round(value * 100) / 100;

/** Percent of the way that should be gone by now and is; null where there is no way, or none of it should be gone. */
export function percentOfWay({ now, base, target, share }: Way): number | null {
  const way = target - base;
  if (way === 0 || share === 0) return null;
  return round((100 * (now - base)) / (way * share));
}

/** Where a figure should be by now that goes evenly to its target. */
export function plannedBy({ base, target, share }: Omit<Way, 'now'>): number {
  return round(base + (target - base) * share);
}

/**
 * How an indicator moves. `flow`: it counts up from nothing each year. `rate`: cases that succeed out of all cases. `level`: what
 * stands at an instant, which is a way from where it began. Null where no pace can be told of it.
 */
export type Motion = 'flow' | 'rate' | 'level';

/** How an indicator moves. */
export function motionOf({ basis, unit, hero, direction, numerator, denominator }: Indicator): Motion | null {
  if (direction === 'none' || unit === 'days') return null;
  if (basis === 'index') return 'level';
  if (basis !== 'sums') return null;
  const ids = Object.keys({ ...numerator, ...denominator }) as MeasureId[];
  if (ids.some((id) => MEASURES[id].kind === 'stock')) return 'level';
  return denominator === null || hero === 'numerator' ? 'flow' : 'rate';
}

/** What a target is compared with: the numerator of an indicator that is read as a count, else the value. */
export function figureOf({ hero }: Pick<Indicator, 'hero'>, { value, numerator }: Figure): number | null {
  return hero === 'numerator' && value !== null ? numerator : value;
}

/** What is known of a year when its pace is told. `base`: the figure before the year, of a level. Days are working days. */
export type PaceFacts = {
  figure: Figure;
  base: number | null;
  target: number;
  daysGone: number;
  daysLeft: number;
};

/**
 * How the way to a target goes on. `needs` and `now` are by working day: cases that succeed, or by how much a level moves the right way;
 * of a downward flow or rate `needs` is the most there may be. `share`: which percent of the cases to come must succeed at the pace
 * so far (may fail, of a downward one). `best`: what is reached if all that is to come succeeds.
 */
export type Pace =
  | { state: 'unknown' }
  | { state: 'ahead' }
  | { state: 'reached'; share: number | null }
  | { state: 'missed' }
  | { state: 'outOfReach'; best: number }
  | { state: 'running'; needs: number; now: number | null; share: number | null; isEnough: boolean };

type Told = PaceFacts & { isUp: boolean; scale: number; most: number };

const isThere = (isUp: boolean, value: number, target: number) => (isUp ? value >= target : value <= target);

function tellFlow({ figure, target, daysGone, daysLeft, isUp }: Told): Pace {
  const { numerator } = figure;
  if (isUp && numerator >= target) return { state: 'reached', share: null };
  if (!isUp && numerator > target) return { state: 'outOfReach', best: numerator };
  const needs = round((target - numerator) / daysLeft);
  const now = daysGone > 0 ? round(numerator / daysGone) : null;
  return { state: 'running', needs, now, share: null, isEnough: now !== null && isThere(isUp, now, needs) };
}

/** Cases go on as they came so far; how many of those to come must succeed (may fail, of a downward rate)? */
function tellRate({ figure, target, daysGone, daysLeft, isUp, scale, most }: Told): Pace {
  const { numerator, denominator, value } = figure;
  if (value === null || !denominator || daysGone === 0) return { state: 'unknown' };
  const coming = (denominator / daysGone) * daysLeft;
  const wanted = (target / scale) * (denominator + coming) - numerator;
  const share = round((scale * wanted) / coming);
  if (isThere(isUp, value, target)) return { state: 'reached', share: Math.max(0, Math.min(share, most)) };
  const best = round((scale * (numerator + (isUp ? coming : 0))) / (denominator + coming));
  if (isUp ? wanted > coming * (most / scale) : wanted < 0) return { state: 'outOfReach', best };
  const [needs, now] = [round(wanted / daysLeft), round(numerator / daysGone)];
  return { state: 'running', needs, now, share, isEnough: false };
}

function tellLevel({ base, target, daysGone, daysLeft, isUp }: Told, value: number): Pace {
  if (isThere(isUp, value, target)) return { state: 'reached', share: null };
  const sign = isUp ? 1 : -1;
  const needs = round((sign * (target - value)) / daysLeft);
  const now = base === null || daysGone === 0 ? null : round((sign * (value - base)) / daysGone);
  return { state: 'running', needs, now, share: null, isEnough: now !== null && now >= needs };
}

/** How the way to a target goes on from a year's figure so far. */
export function tellPace(indicator: Indicator, facts: PaceFacts): Pace {
  const motion = motionOf(indicator);
  const value = figureOf(indicator, facts.figure);
  if (motion === null || value === null) return { state: 'unknown' };
  const isUp = indicator.direction === 'up';
  if (facts.daysLeft <= 0)
    return isThere(isUp, value, facts.target) ? { state: 'reached', share: null } : { state: 'missed' };
  const isPercent = indicator.unit === 'percent';
  const told = {
    ...facts,
    isUp,
    scale: isPercent ? 100 : 1,
    most: isPercent ? 100 : Number.POSITIVE_INFINITY,
  };
  if (motion === 'flow') return tellFlow(told);
  return motion === 'rate' ? tellRate(told) : tellLevel(told, value);
}
