import { useEffect, useRef } from 'react';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { probeBell, useBell } from './listening.ts';

/** Switches the wall's sound. */
const KEY = 's';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

/** Whether the wall sounds for alerts: said at all times, also that the browser refuses; a press or the key S changes it. */
export function WallSound() {
  const { t } = useLanguage();
  const { session } = useSession();
  const { isOn, isRefused, turn, test } = useBell('wall', session?.caller ?? null);
  const state = !isOn ? 'off' : isRefused ? 'refused' : 'on';
  const change = () => (state === 'refused' ? test() : turn(state === 'on' ? 'off' : 'on'));
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => {
    if (isOn) void probeBell();
  }, [isOn]);
  useEffect(() => {
    const press = ({ key, ctrlKey, altKey, metaKey, target }: KeyboardEvent) => {
      if (key.toLowerCase() !== KEY || ctrlKey || altKey || metaKey || isTyping(target)) return;
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <button
      type="button"
      className="wall-sound"
      data-state={state}
      aria-keyshortcuts="s"
      title={t(`wallSound.${state}Why`)}
      onClick={change}
    >
      <span aria-hidden="true">{state === 'on' ? '♪' : '∅'}</span> {t(`wallSound.${state}`)}
    </button>
  );
}
