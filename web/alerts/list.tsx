import { memo, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { AlertBrief } from '../../shared/alert.ts';
import { formatAge } from '../format.ts';
import { useServerClock } from '../panels/connection.tsx';
import { usePrinting } from '../printing.ts';
import { useLanguage } from '../words/words.ts';
import { writeAlertFigure } from './figure.ts';
import { AlertChip, ExplanationMark, LabelMark, QualityMarks, RecoveringMark } from './marks.tsx';
import { alertPath, FROM_CENTRE } from './place.ts';

/** Rows beyond the edge of what is seen that are there all the same. */
const BEYOND = 8;
/** Where nothing can be measured yet, px. */
const ROW_PX = 60;
const BOX_PX = 900;

type ListProps = {
  alerts: readonly AlertBrief[];
  label: string;
  /** The one the keys are on. */
  at: number | null;
  /** Another number than before: the one the keys are on is to get the focus. */
  focusWish: number;
  onFocus: (id: number) => void;
  /** null: none can be chosen. */
  selected: ReadonlySet<number> | null;
  onSelect?: (id: number) => void;
  seenSeq: number | null;
  /** One is about to be opened. */
  onOpen?: (id: number) => void;
};

/** Episodes row by row, of which only those in sight are drawn: thousands are as quick as ten. */
export function AlertList(props: ListProps) {
  const { alerts, label, at, selected } = props;
  const { t } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const index = at === null ? -1 : alerts.findIndex(({ id }) => id === at);
  const { first, last, rowPx } = useWindow(box, { count: alerts.length, index });
  const now = useServerClock();
  useFocusedRow(box, props);
  const heads = ['severity', 'what', 'unit', 'figure', 'age', 'state', 'who'] as const;
  return (
    <div ref={box} className="alert-scroll">
      <table
        className="alert-list"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose rows take keys
        role="grid"
        aria-label={label}
        aria-rowcount={alerts.length + 1}
        aria-multiselectable="true"
      >
        <thead>
          <tr className="alert-row alert-heads" aria-rowindex={1}>
            <th scope="col">
              <span className="hidden">{t('alerts.select')}</span>
            </th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`alerts.head.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ paddingTop: first * rowPx, paddingBottom: (alerts.length - last) * rowPx }}>
          {alerts.slice(first, last).map((alert, offset) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              place={first + offset}
              isAt={first + offset === Math.max(0, index)}
              isSelected={selected?.has(alert.id) ?? null}
              isChanged={props.seenSeq !== null && alert.seq > props.seenSeq}
              age={ageOf(alert, now)}
              now={now - (now % 60_000)}
              onFocus={props.onFocus}
              {...(props.onSelect && { onSelect: props.onSelect })}
              {...(props.onOpen && { onOpen: props.onOpen })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** For how long an episode has been open, or was, in whole seconds. */
function ageOf({ openedAt, closedAt }: AlertBrief, now: number): number {
  const end = closedAt === null ? now : Date.parse(closedAt);
  return Math.max(0, Math.floor((end - Date.parse(openedAt)) / 1000));
}

type Window = { first: number; last: number; rowPx: number };

/** Which rows are in sight; all of them on paper. */
function useWindow(
  box: RefObject<HTMLDivElement | null>,
  { count, index }: { count: number; index: number },
): Window {
  const isPrinting = usePrinting();
  const [sight, see] = useState({ top: 0, height: BOX_PX, rowPx: ROW_PX });
  const look = useRef(() => {});
  look.current = () => {
    const element = box.current;
    if (!element) return;
    const row = element.querySelector<HTMLElement>('.alert-row:not(.alert-heads)')?.offsetHeight || ROW_PX;
    const next = { top: element.scrollTop, height: element.clientHeight || BOX_PX, rowPx: row };
    see((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  };
  useLayoutEffect(() => look.current());
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const again = () => look.current();
    element.addEventListener('scroll', again, { passive: true });
    addEventListener('resize', again);
    // A form that comes below takes from the height.
    const sized = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(again);
    sized?.observe(element);
    return () => {
      sized?.disconnect();
      element.removeEventListener('scroll', again);
      removeEventListener('resize', again);
    };
  }, [box]);
  // The one the keys are on is in sight, wherever it went.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || index < 0) return;
    const heads = element.querySelector<HTMLElement>('.alert-heads')?.offsetHeight ?? 0;
    const [top, bottom] = [index * sight.rowPx, (index + 1) * sight.rowPx + heads];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + sight.height) element.scrollTop = bottom - sight.height;
    look.current();
  }, [box, index, sight.rowPx, sight.height]);
  if (isPrinting) return { first: 0, last: count, rowPx: 0 };
  const first = Math.min(count, Math.max(0, Math.floor(sight.top / sight.rowPx) - BEYOND));
  const last = Math.min(count, Math.ceil((sight.top + sight.height) / sight.rowPx) + BEYOND);
  return { first, last: Math.max(first, last), rowPx: sight.rowPx };
}

/** Gives the focus to the row that the keys came to, once, as soon as it is drawn: what is typed into elsewhere keeps it. */
function useFocusedRow(
  box: RefObject<HTMLDivElement | null>,
  { at, focusWish }: Pick<ListProps, 'at' | 'focusWish'>,
): void {
  const served = useRef(0);
  useLayoutEffect(() => {
    if (served.current === focusWish) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-alert="${at}"]`);
    if (!row) return;
    served.current = focusWish;
    row.focus({ preventScroll: true });
  });
}

type RowProps = {
  alert: AlertBrief;
  place: number;
  isAt: boolean;
  isSelected: boolean | null;
  isChanged: boolean;
  /** In whole seconds; `now` in whole minutes: what does not change is not drawn again. */
  age: number;
  now: number;
  onFocus: (id: number) => void;
  onSelect?: (id: number) => void;
  onOpen?: (id: number) => void;
};

const AlertRow = memo(function AlertRow(props: RowProps) {
  const { alert, place, isAt, isSelected, isChanged, age, now, onFocus, onSelect, onOpen } = props;
  const { t, say, format, lang } = useLanguage();
  const { id, severity, label, figure, threshold } = alert;
  const name = say(alert.name);
  const figureOf = (value: number | null, beside: number | null) =>
    writeAlertFigure(alert, value, { t, format, beside });
  const opened = Date.parse(alert.openedAt);
  return (
    <tr
      className="alert-row"
      aria-rowindex={place + 2}
      aria-selected={isSelected ?? undefined}
      tabIndex={isAt ? 0 : -1}
      data-alert={id}
      data-severity={severity}
      data-label={label}
      data-changed={isChanged || undefined}
      onFocus={() => onFocus(id)}
    >
      <td className="alert-check">
        {isSelected !== null && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('alerts.selectOne', { name, unit: say(alert.unitName) })}
            checked={isSelected}
            onChange={() => onSelect?.(id)}
          />
        )}
      </td>
      <td className="alert-severity">
        <AlertChip severity={severity} label={label} />
        {isChanged && <span className="alert-changed">{t('alerts.changed')}</span>}
      </td>
      <td className="alert-what">
        <Link href={alertPath(id)} state={FROM_CENTRE} tabIndex={-1} onClick={() => onOpen?.(id)}>
          {name}
        </Link>
      </td>
      <td className="alert-unit">{alert.subject ?? say(alert.unitName)}</td>
      <td className="alert-figure">
        <strong>{figureOf(figure, threshold)}</strong>
        <small>{t('alert.threshold', { threshold: figureOf(threshold, null) })}</small>
      </td>
      <td className="alert-age">
        <time dateTime={alert.openedAt} title={format.moment(opened, now)}>
          {formatAge(age * 1000, lang)}
        </time>
        <small>{t('alert.since', { moment: format.moment(opened, now) })}</small>
      </td>
      <td className="alert-state">
        <LabelMark alert={alert} />
        <RecoveringMark alert={alert} />
        <QualityMarks alert={alert} />
      </td>
      <td className="alert-who">
        {alert.assignee !== null && <span>{alert.assignee}</span>}
        <ExplanationMark state={alert.explanation} />
      </td>
    </tr>
  );
});
