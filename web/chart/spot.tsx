import type { ReactNode } from 'react';
import type { Size } from './paper-picture.tsx';

/** Something of the page that stands over a point of a drawing, as what moves there and nowhere else. */
export type Spot = { at: (sheet: Size) => { x: number; y: number }; mark: ReactNode };

/** The spot in its place; hidden from those who have the table, and from the pointer. */
export function SpotView({ spot, size }: { spot: Spot; size: Size }) {
  if (size.width === 0 || size.height === 0) return null;
  const { x, y } = spot.at(size);
  return (
    <span className="chart-spot" style={{ left: x, top: y }} aria-hidden="true">
      {spot.mark}
    </span>
  );
}
