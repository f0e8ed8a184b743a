import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { RuleBody } from '../../shared/rule.ts';
import { LINE_ROOM } from '../chart/line-drawing.ts';
import { useLanguage } from '../words/words.ts';
import { boundsOf, changeLevel } from './draft.ts';
import { useDraft } from './drafting.ts';
import { depthOf, holdBetween, keyStep, type Range, roundStep, valueAt } from './line.ts';
import { stepNumber } from './numbers.ts';
import { writeThreshold } from './sentence.ts';
import { AlertShape } from './shape.tsx';

type LinesProps = {
  range: Range;
  height: string;
  /** A hand has taken hold of a line, and let go of it. */
  onHold: () => void;
  onRelease: () => void;
};

/** The thresholds of the draft over its chart: sliders that a pointer drags and arrow keys step. */
export function ThresholdLines({ range, height, onHold, onRelease }: LinesProps) {
  const { draft } = useDraft();
  const style = {
    height,
    '--room-left': `${LINE_ROOM.left}px`,
    '--room-right': `${LINE_ROOM.right}px`,
    '--room-top': `${LINE_ROOM.top}px`,
    '--room-bottom': `${LINE_ROOM.bottom}px`,
  } as CSSProperties;
  return (
    <div className="threshold-lines" style={style}>
      <div className="threshold-room">
        {draft.levels.map(({ severity, raise }, place) =>
          raise === null || Number.isNaN(raise) ? null : (
            <ThresholdLine
              isCrowded={place % 2 === 1 && isNear(draft.levels, place, range)}
              key={severity}
              place={place}
              value={raise}
              range={range}
              onHold={onHold}
              onRelease={onRelease}
            />
          ),
        )}
      </div>
    </div>
  );
}

const KEYS: Record<string, number> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
};

/** So near to another threshold that their tags would lie upon each other. */
function isNear(levels: RuleBody['levels'], place: number, range: Range): boolean {
  const own = levels[place]?.raise ?? null;
  return levels.some(({ raise }, index) => {
    if (index === place || raise === null || own === null) return false;
    return Math.abs(depthOf(raise, range) - depthOf(own, range)) < 0.09;
  });
}

type LineProps = Omit<LinesProps, 'height'> & {
  place: number;
  value: number;
  /** Its tag steps aside for those above and below. */
  isCrowded: boolean;
};

function ThresholdLine({ place, value, range, isCrowded, onHold, onRelease }: LineProps) {
  const { draft, change, telling } = useDraft();
  const { t } = useLanguage();
  const isHeld = useRef(false);
  const severity = draft.levels[place]?.severity ?? 'warning';
  const bounds = boundsOf(draft, { place, key: 'raise' });
  const set = (next: number, step: number) => {
    const raise = holdBetween(next, { ...bounds, step });
    if (raise !== value) change({ levels: changeLevel(draft.levels, place, { raise }) });
  };
  const press = (event: KeyboardEvent) => {
    const steps = KEYS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const step = keyStep(draft);
    set(stepNumber(value, steps * step), step / 10);
  };
  const take = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    event.currentTarget.focus();
    isHeld.current = true;
    onHold();
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const room = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!isHeld.current || !room || room.height === 0) return;
    set(valueAt((event.clientY - room.top) / room.height, range), roundStep(range.max - range.min, 200));
  };
  const release = () => {
    isHeld.current = false;
    onRelease();
  };
  const word = t(`alertSeverity.${severity}`);
  return (
    <div
      className="threshold-line"
      role="slider"
      tabIndex={0}
      data-severity={severity}
      aria-orientation="vertical"
      aria-label={t('preview.handle', { level: word })}
      aria-valuenow={value}
      aria-valuemin={Number.isFinite(bounds.least) ? bounds.least : range.min}
      aria-valuemax={Number.isFinite(bounds.most) ? bounds.most : range.max}
      aria-valuetext={writeThreshold(value, draft.condition, telling)}
      style={{ top: `${depthOf(value, range) * 100}%` }}
      onKeyDown={press}
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <span className="threshold-tag" data-aside={isCrowded || undefined}>
        <AlertShape severity={severity} /> {writeThreshold(value, draft.condition, telling)}
      </span>
    </div>
  );
}
