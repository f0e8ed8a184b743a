import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { RuleBody } from '../../shared/rule.ts';
import { LINE_ROOM } from '../chart/line-drawing.ts';
import { useLanguage } from '../words/words.ts';
import { boundsOf, boundsOfKey, changeLevel, fitIn, type LimitKey } from './draft.ts';
import { useDraft } from './drafting.ts';
import { depthOf, holdBetween, keyStep, type Range, roundStep, valueAt } from './line.ts';
import { stepNumber } from './numbers.ts';
import { writeLimit } from './sentence.ts';
import { AlertShape } from './shape.tsx';

type LinesProps = {
  /** Which thresholds of the levels. */
  drawn: LimitKey;
  range: Range;
  height: string;
  /** A hand has taken hold of a line, and let go of it. */
  onHold: () => void;
  onRelease: () => void;
};

/** The thresholds of the draft over its chart: sliders that a pointer drags and arrow keys step. */
export function ThresholdLines({ drawn, range, height, onHold, onRelease }: LinesProps) {
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
        {draft.levels.map(({ severity, ...level }, place) => {
          const value = level[drawn];
          return value === null || Number.isNaN(value) ? null : (
            <ThresholdLine
              isCrowded={place % 2 === 1 && isNear(draft.levels, { place, drawn, range })}
              key={`${drawn} ${severity}`}
              {...{ drawn, place, value, range, onHold, onRelease }}
            />
          );
        })}
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
function isNear(
  levels: RuleBody['levels'],
  { place, drawn, range }: { place: number; drawn: LimitKey; range: Range },
): boolean {
  const own = levels[place]?.[drawn] ?? null;
  return levels.some((level, index) => {
    const limit = level[drawn];
    if (index === place || limit === null || own === null) return false;
    return Math.abs(depthOf(limit, range) - depthOf(own, range)) < 0.09;
  });
}

type LineProps = Omit<LinesProps, 'height'> & {
  place: number;
  value: number;
  /** Its tag steps aside for those above and below. */
  isCrowded: boolean;
};

/** How a threshold is moved: between those beside it, and only to what it can be. */
function useMoving({ drawn, place, value }: Pick<LineProps, 'drawn' | 'place' | 'value'>) {
  const { draft, change } = useDraft();
  const beside = boundsOf(draft, { place, key: drawn });
  const own = boundsOfKey(draft.condition, drawn);
  const set = (next: number, fine: number) => {
    const step = own.isWhole ? 1 : fine;
    const limit = fitIn(holdBetween(next, { ...beside, step }), own);
    if (limit !== value) change({ levels: changeLevel(draft.levels, place, { [drawn]: limit }) });
  };
  const least = Math.max(beside.least, own.least ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(beside.most, own.most ?? Number.POSITIVE_INFINITY);
  return { set, least, most };
}

function ThresholdLine({ drawn, place, value, range, isCrowded, onHold, onRelease }: LineProps) {
  const { draft, telling } = useDraft();
  const { t } = useLanguage();
  const isHeld = useRef(false);
  const severity = draft.levels[place]?.severity ?? 'warning';
  const { set, least, most } = useMoving({ drawn, place, value });
  const press = (event: KeyboardEvent) => {
    const steps = KEYS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const step = keyStep({ ...draft, drawn });
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
  const written = writeLimit(value, { ...draft, key: drawn }, telling);
  return (
    <div
      className="threshold-line"
      role="slider"
      tabIndex={0}
      data-severity={severity}
      aria-orientation="vertical"
      aria-label={t(drawn === 'count' ? 'preview.handleCount' : 'preview.handle', { level: word })}
      aria-valuenow={value}
      aria-valuemin={Number.isFinite(least) ? least : range.min}
      aria-valuemax={Number.isFinite(most) ? most : range.max}
      aria-valuetext={written}
      style={{ top: `${depthOf(value, range) * 100}%` }}
      onKeyDown={press}
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <span className="threshold-tag" data-aside={isCrowded || undefined}>
        <AlertShape severity={severity} /> {written}
      </span>
    </div>
  );
}
