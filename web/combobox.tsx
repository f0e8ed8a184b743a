/** One of many to choose by typing: a field with a list below it, in groups. The combobox of ARIA 1.2. */
import './combobox.css';
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { matchesSearch } from './figures/rank.ts';
import { usePlace } from './panels/tip.tsx';
import { useLanguage } from './words/words.ts';

/** One that can be chosen: how it is called, and what else a search finds it by. */
export type Choice = { id: string; label: string; also?: readonly string[] };
/** Choices under a heading; without a label they stand for themselves. */
export type ChoiceGroup = { id: string; label: string | null; choices: readonly Choice[] };

type ComboboxProps = {
  groups: readonly ChoiceGroup[];
  value: string;
  onChoose: (id: string) => void;
  /** What it says of a value that is none of the choices. */
  otherwise?: string;
  /** Hears all that is typed; what it knows it may choose at once. */
  onType?: (text: string) => void;
  /** The field has lost the focus, and whatever was typed. */
  onLeave?: () => void;
  id?: string;
  label?: string;
  className?: string;
  describedBy?: string;
  placeholder?: string;
  isWrong?: boolean;
  isRequired?: boolean;
};

/** What is typed, whether the list is open, and which of those found the arrows stand on. */
type Open = { typed: string | null; active: string | null };

const listAll = (groups: readonly ChoiceGroup[]) => groups.flatMap(({ choices }) => choices);

/** The choices that have every word of a search, marks or none; all of them where nothing was typed. */
export function searchChoices(groups: readonly ChoiceGroup[], typed: string | null): ChoiceGroup[] {
  const search = typed?.trim() ?? '';
  if (search === '') return [...groups];
  return groups.flatMap((group) => {
    const choices = group.choices.filter(({ label, also = [] }) => matchesSearch([label, ...also], search));
    return choices.length > 0 ? [{ ...group, choices }] : [];
  });
}

/** The choice so many steps from the active one, going round at the ends. */
function stepFrom(choices: readonly Choice[], active: string | null, step: 1 | -1): string | null {
  const place = choices.findIndex(({ id }) => id === active);
  const next = place < 0 ? (step > 0 ? 0 : choices.length - 1) : place + step;
  return choices.at(next % choices.length)?.id ?? null;
}

type Ways = {
  walk: (step: 1 | -1) => boolean;
  take: () => boolean;
  giveUp: (event: KeyboardEvent) => boolean;
};

/** Does what a key asks for; gives whether it asked for anything. */
function handleKey(event: KeyboardEvent, { walk, take, giveUp }: Ways): boolean {
  switch (event.key) {
    case 'ArrowDown':
      return walk(1);
    case 'ArrowUp':
      return walk(-1);
    case 'Enter':
      return take();
    case 'Escape':
      return giveUp(event);
    default:
      return false;
  }
}

function useCombobox({ groups, value, onChoose, otherwise = '', onType, onLeave }: ComboboxProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const found = useMemo(() => searchChoices(groups, open?.typed ?? null), [groups, open?.typed]);
  const choices = useMemo(() => listAll(found), [found]);
  const all = useMemo(() => listAll(groups), [groups]);
  const chosen = all.find(({ id }) => id === value);
  const show = (search: string | null) => {
    const first = search === null ? value : (listAll(searchChoices(groups, search))[0]?.id ?? null);
    setOpen({ typed: search, active: first });
  };
  const close = () => setOpen(null);
  const choose = (id: string) => {
    close();
    setTyped(null);
    if (id !== value) onChoose(id);
  };
  const type = (text: string) => {
    onType?.(text);
    const whole = all.find(({ label }) => label === text);
    if (whole) return choose(whole.id);
    setTyped(text);
    show(text);
  };
  const leave = () => {
    close();
    setTyped(null);
    onLeave?.();
  };
  const walk = (step: 1 | -1) => {
    if (open) setOpen({ ...open, active: stepFrom(choices, open.active, step) });
    else show(null);
    return true;
  };
  const take = () => {
    if (!open) return false;
    if (open.active !== null) choose(open.active);
    return true;
  };
  const giveUp = (event: KeyboardEvent) => {
    if (!open && typed === null) return false;
    // Nothing around the field closes with its list.
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    close();
    setTyped(null);
    return true;
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (handleKey(event, { walk, take, giveUp })) event.preventDefault();
  };
  const text = typed ?? chosen?.label ?? otherwise;
  return { open, found, count: choices.length, text, show, close, choose, type, leave, press };
}

/** A field that finds one of many: arrows walk the list, Enter chooses, Escape goes back to what was chosen. */
export function Combobox(props: ComboboxProps) {
  const { id: own, label, className, describedBy, placeholder, isWrong, isRequired, value } = props;
  const { t } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { open, found, count, text, show, choose, type, leave, press } = useCombobox(props);
  const select = ({ currentTarget }: FocusEvent<HTMLInputElement>) => currentTarget.select();
  return (
    <>
      <input
        ref={input}
        id={own}
        className={className === undefined ? 'combobox' : `combobox ${className}`}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open !== null}
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={open?.active != null && count > 0 ? `${id}-${open.active}` : undefined}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        required={isRequired}
        autoComplete="off"
        style={{ '--letters': text.length } as CSSProperties}
        spellCheck={false}
        maxLength={120}
        placeholder={placeholder}
        value={text}
        title={text || undefined}
        onFocus={select}
        onClick={() => open ?? show(null)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        onBlur={leave}
      />
      {open && input.current && (
        <ChoiceList anchor={input.current} {...{ id, found, value, choose }} active={open.active} />
      )}
      {open && (
        <span role="status" className="hidden">
          {open.typed !== null && t(count === 0 ? 'choice.none' : 'choice.count', { count })}
        </span>
      )}
    </>
  );
}

type ListProps = {
  anchor: HTMLElement;
  id: string;
  found: readonly ChoiceGroup[];
  value: string;
  active: string | null;
  choose: (id: string) => void;
};

function ChoiceList({ anchor, ...list }: ListProps) {
  return createPortal(<ChoiceLayer anchor={anchor} {...list} />, anchor.closest('dialog') ?? document.body);
}

/** Keeps the active choice in sight as the arrows walk. */
function useInSight(box: RefObject<HTMLDivElement | null>, active: string | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the active choice that is to be seen
  useEffect(() => {
    box.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [box, active]);
}

function ChoiceLayer({ anchor, id, found, value, active, choose }: ListProps) {
  const { t } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const style = usePlace(box, anchor);
  useInSight(box, active);
  return (
    <div
      ref={box}
      id={`${id}-list`}
      className="combobox-list"
      role="listbox"
      tabIndex={-1}
      aria-label={t('choice.list')}
      style={{ ...style, minWidth: anchor.getBoundingClientRect().width }}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {found.length === 0 && <p className="combobox-none">{t('choice.none')}</p>}
      {found.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options within a listbox
        <div
          key={group.id}
          role="group"
          aria-labelledby={group.label === null ? undefined : `${id}-of-${group.id}`}
        >
          {group.label !== null && (
            <span id={`${id}-of-${group.id}`} className="combobox-group">
              {group.label}
            </span>
          )}
          {group.choices.map((choice) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={choice.id}
              id={`${id}-${choice.id}`}
              className="combobox-option"
              role="option"
              tabIndex={-1}
              aria-selected={choice.id === value}
              data-active={choice.id === active || undefined}
              onClick={() => choose(choice.id)}
            >
              {choice.label}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
