import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import { useLanguage } from '../words/words.ts';

type CellsListProps = {
  units: readonly UnitView[];
  /** The unit under the keyboard, null when the list is left. */
  onChoose: (unit: number | null) => void;
  onPick: (unit: UnitView) => void;
};

/** A map for the keyboard: seen when it has the focus, it moves through units by name; a letter jumps, Enter picks. */
export function CellsList({ units, onChoose, onPick }: CellsListProps) {
  const { t, say, lang } = useLanguage();
  const id = useId();
  const sorted = useMemo(
    () => [...units].sort((a, b) => say(a.name).localeCompare(say(b.name), lang)),
    [units, say, lang],
  );
  const [at, move] = useState(0);
  const current = sorted[Math.min(at, sorted.length - 1)];
  const go = (index: number) => {
    const next = sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    if (!next) return;
    move(sorted.indexOf(next));
    onChoose(next.id);
    document.getElementById(`${id}-${next.id}`)?.scrollIntoView?.({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent) => {
    const target = targetOf(event.key, { at, names: sorted.map((unit) => bareName(say(unit.name))) });
    if (event.key === 'Enter' && current) onPick(current);
    else if (target !== null) go(target);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="cells-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('cells.list')}
      aria-activedescendant={current && `${id}-${current.id}`}
      onKeyDown={press}
      onFocus={() => go(at)}
      onBlur={() => onChoose(null)}
    >
      {sorted.map((unit) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and its keys, an option has none of its own
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={unit.id}
          id={`${id}-${unit.id}`}
          role="option"
          aria-selected={unit === current}
          onClick={() => onPick(unit)}
        >
          {say(unit.name)}
        </div>
      ))}
    </div>
  );
}

function bareName(name: string): string {
  return name.replace(/^(?:Xã|Phường|Thị trấn|Huyện|Thị xã|Thành phố|Tỉnh|Sở|Ban) /, '');
}

type Walk = { at: number; names: readonly string[] };

/** Where a key leads in the list: arrows and ends, or the next name that begins with the letter; null for other keys. */
export function targetOf(key: string, { at, names }: Walk): number | null {
  if (key === 'ArrowDown' || key === 'ArrowRight') return at + 1;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return at - 1;
  if (key === 'PageDown') return at + 10;
  if (key === 'PageUp') return at - 10;
  if (key === 'Home') return 0;
  if (key === 'End') return names.length - 1;
  if (key.length !== 1 || key === ' ') return null;
  const order = names.map((_, step) => (at + 1 + step) % names.length);
  return order.find((index) => foldLetter(names[index] ?? '') === foldLetter(key)) ?? null;
}

/** The first letter without its marks: a plain keyboard finds every name. */
function foldLetter(text: string): string {
  return text.slice(0, 1).normalize('NFD').slice(0, 1).toLowerCase().replace('đ', 'd');
}
