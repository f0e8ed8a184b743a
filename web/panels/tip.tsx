/** The one kind of tooltip: it opens on hover and on focus, stays while either lasts, and Escape sends it away. */
import './tip.css';
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';

const OPEN_MS = 400;
/** Long enough to move the pointer from the thing onto its tip. */
const CLOSE_MS = 200;
const EDGE = 8;
const GAP = 6;
const SMALLEST_PX = 14;

type Box = { left: number; top: number; width: number; height: number };
type Size = { width: number; height: number };

/** Where a tip stands: below what it is about, else above, else where more room is; never beyond an edge of the screen. */
export function placeTip(about: Box, tip: Size, screen: Size): { left: number; top: number } {
  const clamp = (value: number, most: number) => Math.max(EDGE, Math.min(value, most - EDGE));
  const left = clamp(about.left, screen.width - tip.width);
  const below = about.top + about.height + GAP;
  if (below + tip.height <= screen.height - EDGE) return { left, top: below };
  const above = about.top - GAP - tip.height;
  if (above >= EDGE) return { left, top: above };
  // Beside it where the screen is wide enough, so that what it is about stays in sight.
  const top = clamp(about.top, screen.height - tip.height);
  const right = about.left + about.width + GAP;
  if (right + tip.width <= screen.width - EDGE) return { left: right, top };
  const before = about.left - GAP - tip.width;
  return before >= EDGE ? { left: before, top } : { left, top };
}

/** What makes an element open a tip, and the tip's own state. */
export type TipState = {
  id: string;
  anchor: HTMLElement | null;
  /** Spread onto the element that is explained. */
  bind: {
    'aria-describedby': string | undefined;
    onPointerEnter: (event: React.PointerEvent<HTMLElement>) => void;
    onPointerLeave: (event: React.PointerEvent<HTMLElement>) => void;
    onFocus: (event: React.FocusEvent<HTMLElement>) => void;
    onBlur: () => void;
  };
  keep: () => void;
  leave: () => void;
};

/** The state of one tip. A finger opens it by resting on the element; a tap elsewhere closes it. */
export function useTip(): TipState {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOver = useRef(false);
  const wait = (act: () => void, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!anchor) return;
    return listenAway(anchor, id, () => {
      clearTimeout(timer.current);
      setAnchor(null);
    });
  }, [anchor, id]);
  const keep = () => {
    isOver.current = true;
    clearTimeout(timer.current);
  };
  const leave = () => {
    isOver.current = false;
    if (!isFocused(anchor)) wait(() => setAnchor(null), CLOSE_MS);
  };
  return {
    ...{ id, anchor, keep, leave },
    bind: {
      'aria-describedby': anchor ? id : undefined,
      onPointerEnter: ({ currentTarget }) => {
        keep();
        wait(() => setAnchor(currentTarget), OPEN_MS);
      },
      onPointerLeave: ({ pointerType }) => {
        // A finger leaves as it is lifted: what it opened stays until a tap elsewhere.
        if (pointerType !== 'touch' || !anchor) leave();
        if (!anchor) clearTimeout(timer.current);
      },
      onFocus: ({ currentTarget }) => {
        if (!isFocused(currentTarget)) return;
        clearTimeout(timer.current);
        setAnchor(currentTarget);
      },
      onBlur: () => {
        if (!isOver.current) wait(() => setAnchor(null), CLOSE_MS);
      },
    },
  };
}

/** Whether an element has the focus, and shows it. */
function isFocused(element: HTMLElement | null): boolean {
  return element !== null && element === document.activeElement && element.matches(':focus-visible');
}

/** Tells when a tip is to close at once: Escape, or a press outside both it and what it is about. */
function listenAway(anchor: HTMLElement, id: string, close: () => void): () => void {
  const press = ({ key }: KeyboardEvent) => key === 'Escape' && close();
  const point = ({ target }: Event) => {
    const isInside =
      target instanceof Node && (anchor.contains(target) || document.getElementById(id)?.contains(target));
    if (!isInside) close();
  };
  document.addEventListener('keydown', press);
  document.addEventListener('pointerdown', point);
  return () => {
    document.removeEventListener('keydown', press);
    document.removeEventListener('pointerdown', point);
  };
}

/** The tip itself, drawn above the page while it is open; its letters are as large as those of what it is about. */
export function Tip({ of: tip, children }: { of: TipState; children: ReactNode }) {
  if (!tip.anchor) return null;
  return createPortal(
    <TipLayer tip={tip} anchor={tip.anchor}>
      {children}
    </TipLayer>,
    document.body,
  );
}

function TipLayer({ tip, anchor, children }: { tip: TipState; anchor: HTMLElement; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const style = usePlace(box, anchor);
  return (
    <div
      ref={box}
      className="tip"
      role="tooltip"
      id={tip.id}
      style={style}
      onPointerEnter={tip.keep}
      onPointerLeave={tip.leave}
    >
      {children}
    </div>
  );
}

/** Letters on a scaled page are larger than its style says. */
function sizeOfLetters(anchor: HTMLElement): number {
  const scale = anchor.offsetWidth > 0 ? anchor.getBoundingClientRect().width / anchor.offsetWidth : 1;
  const size = Number.parseFloat(getComputedStyle(anchor).fontSize) || 16;
  return Math.max(SMALLEST_PX, size * scale);
}

/** Where a box over the page stands beside what it is about, in letters as large; it follows it as the page scrolls. */
export function usePlace(box: RefObject<HTMLDivElement | null>, anchor: HTMLElement): CSSProperties {
  const [style, setStyle] = useState<CSSProperties>({ fontSize: sizeOfLetters(anchor), left: 0, top: 0 });
  useLayoutEffect(() => {
    const place = () => {
      if (!box.current) return;
      const { width, height } = box.current.getBoundingClientRect();
      const screen = { width: document.documentElement.clientWidth, height: innerHeight };
      const { left, top } = placeTip(anchor.getBoundingClientRect(), { width, height }, screen);
      setStyle({ fontSize: sizeOfLetters(anchor), left, top });
    };
    place();
    addEventListener('scroll', place, true);
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, true);
      removeEventListener('resize', place);
    };
  }, [box, anchor]);
  return style;
}
