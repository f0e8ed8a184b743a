import { type CellKind, FILL_SHARES, isStep, shareOfStep } from '../chart/cells.ts';
import { SEVERITY_SHAPES } from './severity.tsx';

function colourOf(kind: Exclude<CellKind, 'none'>): string {
  const share = isStep(kind) ? shareOfStep(kind) : FILL_SHARES[kind];
  const variable = isStep(kind) ? 'accent' : kind === 'few' || kind === 'nothing' ? 'normal' : kind;
  return `color-mix(in srgb, var(--${variable}) ${Math.round(share * 100)}%, var(--page))`;
}

/** The swatch of a kind of cell, as the map draws it, with the shape of its severity. */
export function KindSample({ kind }: { kind: CellKind }) {
  const shape = kind === 'critical' || kind === 'major' ? SEVERITY_SHAPES[kind] : '';
  const isFew = kind === 'few';
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
        {isFew && (
          <path d="M5 8h12" stroke="var(--text)" strokeWidth="1.6" strokeDasharray="1.6 3.6" fill="none" />
        )}
      </svg>
      {shape !== '' && <span aria-hidden="true">{shape}</span>}
    </>
  );
}
