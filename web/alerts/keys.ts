import { useEffect, useRef } from 'react';

/** Keys of a page by name in small letters (`a`, `shift+a`, `arrowdown`), and what each does. */
export type Keys = Readonly<Record<string, () => void>>;

const TYPED_INTO = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';
/** Where Enter and the space bar have a meaning of their own. */
const PRESSED = 'a, button, input, summary';

/** The name of the key that was pressed; null where it belongs to what has the focus, or to the browser. */
export function nameKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'target'>,
): string | null {
  const { key, ctrlKey, altKey, metaKey, shiftKey, target } = event;
  if (ctrlKey || altKey || metaKey) return null;
  const isElement = target instanceof Element;
  if (isElement && target.matches(TYPED_INTO)) return null;
  if (isElement && (key === 'Enter' || key === ' ') && target.matches(PRESSED)) return null;
  const name = key.toLowerCase();
  return shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name;
}

/** Has keys do things while the page is open, wherever the focus is but in a field. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const name = nameKey(event);
      const deed = name === null ? undefined : current.current[name];
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
