/** Marks of units in alert on a map: the shape of the severity in a ring. Pure. */
import type { AlertSeverity } from '../../shared/rule.ts';
import type { DrawnMap } from '../outline.ts';
import { type Look, mix } from './look.ts';

/** By unit the severity of its mark, the worst first, and whether it waits for somebody to acknowledge it. */
export type AlertCells = ReadonlyMap<number, { severity: AlertSeverity; isNew: boolean }>;

export const NO_ALERTS: AlertCells = new Map();

/** The series whose marks lead to alerts. */
export const ALERT_SERIES = 'alerts';

/** Size of a mark in sizes of the text around; many are smaller, so that cells stay in sight. */
export function alertSize({ size }: Pick<AlertCells, 'size'>): number {
  return size > 24 ? 0.8 : 1.3;
}

const SYMBOLS: Record<AlertSeverity, string> = {
  ...{ critical: 'diamond', major: 'triangle', warning: 'circle', advisory: 'emptyCircle' },
};

type MarkedMap = { drawn: Pick<DrawnMap, 'labels'>; alerts: AlertCells };

const MARKS = { type: 'scatter' as const, coordinateSystem: 'geo' as const };

/** Rings, which can be pressed, and the shapes in them; the worst lie above the others. */
export function drawAlerts({ drawn, alerts }: MarkedMap, look: Look) {
  // On a light page the milder colours alone would be too pale for a ring.
  const colourOf = (severity: AlertSeverity) =>
    mix(severity === 'advisory' ? look.accent : look[severity], look.text, 0.25);
  const size = look.size * alertSize(alerts);
  const marks = [...alerts].reverse().flatMap(([unit, { severity, isNew }]) => {
    const at = drawn.labels.get(unit);
    return at
      ? [{ name: String(unit), value: [at[0], at[1]], colour: colourOf(severity), severity, isNew }]
      : [];
  });
  return [
    {
      ...MARKS,
      ...{ id: ALERT_SERIES, z: 9, symbol: 'circle', symbolSize: size, cursor: 'pointer' },
      data: marks.map(({ name, value, colour, isNew }) => ({
        ...{ name, value },
        itemStyle: { color: look.page, borderColor: colour, borderWidth: (isNew ? 0.13 : 0.055) * size },
      })),
    },
    {
      ...MARKS,
      ...{ id: 'alert-shapes', z: 10, silent: true },
      data: marks.map(({ name, value, colour, severity }) => ({
        ...{ name, value, symbol: SYMBOLS[severity], symbolSize: size * 0.54 },
        itemStyle: { color: colour, borderColor: look.text, borderWidth: 0.8 },
      })),
    },
  ];
}
