import { Suspense } from 'react';
import { laterPart } from '../part.ts';
import { useExplain, useGlimpse } from './address.ts';

const ExplainPanel = laterPart(async () => (await import('./explain-panel.tsx')).ExplainPanel);
const ExplainFoot = laterPart(async () => (await import('./explain-foot.tsx')).ExplainFoot);

/** Where stories of figures open: on a desk a panel beside the page, on a wall a short foot. */
export function ExplainHost({ standing }: { standing: 'desk' | 'wall' }) {
  const { target } = useExplain();
  const glimpse = useGlimpse();
  const shown = standing === 'wall' ? (glimpse ?? target) : target;
  if (!shown) return null;
  return (
    <Suspense fallback={null}>
      {standing === 'wall' ? <ExplainFoot target={shown} /> : <ExplainPanel target={shown} />}
    </Suspense>
  );
}
