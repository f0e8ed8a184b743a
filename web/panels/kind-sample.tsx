import type { CellKind } from '../chart/cells.ts';
import { SEVERITY_SHAPES } from './severity.tsx';

const SHARES: Partial<Record<CellKind, [variable: string, share: number]>> = {
  critical: ['--critical', 100],
  major: ['--major', 78],
  warning: ['--warning', 55],
  normal: ['--normal', 35],
  few: ['--normal', 12],
};

function colourOf(kind: CellKind): string {
  const [variable, share] = SHARES[kind] ?? ['--accent', 14 + 20 * Number(kind.slice(4))];
  return `color-mix(in srgb, var(${variable}) ${share}%, var(--page))`;
}

/** The swatch of a kind of cell, as the map draws it, with the shape of its severity. */
export function KindSample({ kind }: { kind: CellKind }) {
  const shape = kind === 'critical' || kind === 'major' ? SEVERITY_SHAPES[kind] : '';
  return (
    <>
      <svg width="1.1em" height="0.8em" viewBox="0 0 22 16" aria-hidden="true">
        <rect
          x="0.75"
          y="0.75"
          width="20.5"
          height="14.5"
          rx="4"
          fill={kind === 'none' ? 'var(--page)' : colourOf(kind)}
          stroke={kind === 'none' ? 'var(--late)' : 'var(--line-strong)'}
          strokeWidth="1.5"
          strokeDasharray={kind === 'none' ? '4 3' : undefined}
        />
      </svg>
      {shape !== '' && <span aria-hidden="true">{shape}</span>}
    </>
  );
}
