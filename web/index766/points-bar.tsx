import './points-bar.css';
import type { GroupLine } from '../../shared/index766-wire.ts';

/** Points of a group as a bar of all that it could bring: reached, lost, and what has no figures. */
export function PointsBar({ group: { points, outOf, max } }: { group: GroupLine }) {
  const part = (of: number) => `${max === 0 ? 0 : (100 * of) / max}%`;
  return (
    <span className="index-bar" aria-hidden="true">
      <span style={{ width: part(points) }} />
      <span data-part="lost" style={{ width: part(outOf - points) }} />
      <span data-part="unknown" style={{ width: part(max - outOf) }} />
    </span>
  );
}
