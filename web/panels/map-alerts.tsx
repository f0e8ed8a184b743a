import { useMemo } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { compareAlerts } from '../alerts/counts.ts';
import { MarkShape } from '../alerts/unit-mark.tsx';
import { type AlertMark, findFlashing, hrefOfAlerts, hrefOfMark } from '../alerts/unit-marks.ts';
import { ALERT_SERIES, type AlertCells } from '../chart/map-alerts.ts';
import { projectionOf } from '../chart/projection.ts';
import type { Spot } from '../chart/spot.tsx';
import type { DrawnMap } from '../outline.ts';
import { useLanguage } from '../words/words.ts';

type Marked = { placed: readonly UnitView[]; marks: ReadonlyMap<number, AlertMark> };

/** The marks of a map, the worst first, and the one of them that flashes, over the drawing. */
export function useMapAlerts({ placed, marks, drawn }: Marked & { drawn: DrawnMap }): {
  alerts: AlertCells;
  spot: Spot | null;
} {
  return useMemo(() => {
    const shown = placed.flatMap(({ id }) => {
      const mark = marks.get(id);
      return mark ? [{ id, mark }] : [];
    });
    shown.sort((a, b) => compareAlerts(a.mark.worst, b.mark.worst));
    const alerts: AlertCells = new Map(
      shown.map(({ id, mark: { worst, isNew } }) => [id, { severity: worst.severity, isNew }]),
    );
    const flashing = findFlashing(placed, marks);
    const at = flashing === null ? undefined : drawn.labels.get(flashing);
    const severity = flashing === null ? undefined : alerts.get(flashing)?.severity;
    if (!at || !severity) return { alerts, spot: null };
    return {
      alerts,
      spot: {
        at: (sheet) => projectionOf(drawn.shapes, sheet)(at),
        mark: <MarkShape severity={severity} isNew flashes />,
      },
    };
  }, [placed, marks, drawn]);
}

/** What a press on a map does: the mark of a unit leads to its alerts, the cell to the unit. */
export function useMapPick({
  placed,
  marks,
  onPick,
}: Marked & { onPick: (unit: UnitView) => void }): (name: string, series: string) => void {
  const [, navigate] = useLocation();
  const search = useSearch();
  return (name, series) => {
    const unit = placed.find(({ id }) => String(id) === name);
    const mark = unit && marks.get(unit.id);
    if (!unit) return;
    if (mark && series === ALERT_SERIES) navigate(hrefOfMark(mark, { ref: unit.ref, search }));
    else onPick(unit);
  };
}

type LegendProps = { unit: UnitView; units: readonly UnitView[]; marks: ReadonlyMap<number, AlertMark> };

/** What a ring on the map means, how many there are, and the way to all of their alerts. */
export function AlertLegend({ unit, units, marks }: LegendProps) {
  const { t } = useLanguage();
  const search = useSearch();
  const shown = units.flatMap(({ id }) => marks.get(id) ?? []);
  const [worst] = shown.map((mark) => mark.worst).toSorted(compareAlerts);
  if (!worst) return null;
  const isAnyNew = shown.some(({ isNew }) => isNew);
  return (
    <Link className="alert-legend" href={hrefOfAlerts(unit.ref, search)}>
      <MarkShape severity={worst.severity} isNew={isAnyNew} flashes={false} />{' '}
      {t('warn.legend', { count: shown.length })}
      {isAnyNew && ` · ${t('warn.legendNew')}`}
    </Link>
  );
}
