import { useEffect, useRef } from 'react';
import { type PlainKey, useLanguage } from '../words/words.ts';

const HELP: readonly (readonly [keys: string, words: PlainKey])[] = [
  ['j / k, ↓ / ↑', 'keys.move'],
  ['Enter', 'keys.open'],
  ['x', 'keys.select'],
  ['Shift + A', 'keys.selectAll'],
  ['a', 'keys.acknowledge'],
  ['s', 'keys.shelve'],
  ['c', 'keys.comment'],
  ['o', 'keys.takeOut'],
  ['Ctrl + Enter', 'keys.send'],
  ['Esc', 'keys.back'],
  ['?', 'keys.help'],
];

/** The keys of the alert centre and what each does. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <section className="key-help" aria-label={t('keys.title')}>
      <h2>{t('keys.title')}</h2>
      <dl>
        {HELP.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <button ref={close} type="button" className="button" onClick={onClose}>
        {t('keys.close')}
      </button>
    </section>
  );
}
