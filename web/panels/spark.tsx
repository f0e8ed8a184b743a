const WIDTH = 240;
const HEIGHT = 40;
const INSET = 4;

type Point = { x: number; y: number };

/** The unbroken stretches of a line through values, oldest first; a null breaks it. Coordinates in a 240 x 40 box. */
export function sparkStretches(values: readonly (number | null)[]): Point[][] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const stretches: Point[][] = [];
  let open: Point[] | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = null;
      continue;
    }
    if (!open) {
      open = [];
      stretches.push(open);
    }
    const x = values.length > 1 ? (index / (values.length - 1)) * WIDTH : WIDTH;
    const share = span > 0 ? (value - low) / span : 0.5;
    open.push({ x, y: HEIGHT - INSET - share * (HEIGHT - 2 * INSET) });
  }
  return stretches;
}

function writePoints(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
}

/** The last days of a figure as a line, the newest marked; dotted over days without any. For the shape only: no scale. */
export function Spark({ values }: { values: readonly (number | null)[] }) {
  const stretches = sparkStretches(values);
  const end = stretches.at(-1)?.at(-1);
  if (!end || stretches.flat().length < 2) return <span className="spark" />;
  return (
    <span className="spark" aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" focusable="false">
        <polyline className="spark-bridge" points={writePoints(stretches.flat())} />
        {stretches.map((stretch) => (
          <polyline key={stretch[0]?.x} points={writePoints(stretch)} />
        ))}
      </svg>
      <i
        className="spark-end"
        style={{ left: `${(100 * end.x) / WIDTH}%`, top: `${(100 * end.y) / HEIGHT}%` }}
      />
    </span>
  );
}
