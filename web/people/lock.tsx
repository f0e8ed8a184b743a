import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Session } from '../../shared/people.ts';
import { ApiError, act, sessionQuery } from '../api.ts';
import { useLanguage } from '../words/words.ts';
import { KeptLogin, PasswordField, Refusal, useAct } from './asking.tsx';
import './people.css';

/** How often a hand at the keyboard is told to the server, at most. */
const TELL_MS = 30_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'pointermove'] as const;

/**
 * Tells the server that somebody is there, while somebody is; and asks it, once nobody was for as long as it waits, whether
 * it has locked the session. The server decides: another window may have been used meanwhile.
 */
function useSignsOfLife({ lock }: Session): void {
  const client = useQueryClient();
  const { idleMs, isLocked } = lock;
  useEffect(() => {
    if (idleMs === null || isLocked) return;
    const ask = () => void client.invalidateQueries({ queryKey: sessionQuery().queryKey });
    let toldAt = Number.NEGATIVE_INFINITY;
    let timer = setTimeout(ask, idleMs + 1000);
    const note = () => {
      const now = performance.now();
      if (now - toldAt < Math.min(TELL_MS, idleMs / 4)) return;
      toldAt = now;
      clearTimeout(timer);
      timer = setTimeout(ask, idleMs + 1000);
      act('touchSession', {}).catch(ask);
    };
    for (const sign of SIGNS) addEventListener(sign, note, { passive: true, capture: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) removeEventListener(sign, note, { capture: true });
    };
  }, [client, idleMs, isLocked]);
}

/** The page, and over it, while the session is locked, the question for the password. The page below is kept as it is. */
export function Lockable({ session, children }: { session: Session; children: ReactNode }) {
  useSignsOfLife(session);
  const { isLocked } = session.lock;
  const client = useQueryClient();
  const wasLocked = useRef(isLocked);
  // A session that was locked when the page was opened has nothing below it yet: whatever it asked for would be refused.
  const [wasOpen, setWasOpen] = useState(!isLocked);
  useEffect(() => {
    if (wasLocked.current && !isLocked) void client.invalidateQueries();
    wasLocked.current = isLocked;
    if (!isLocked) setWasOpen(true);
  }, [client, isLocked]);
  return (
    <>
      <div className="lockable" data-locked={isLocked} inert={isLocked} aria-hidden={isLocked || undefined}>
        {wasOpen && children}
      </div>
      {isLocked && <LockScreen session={session} />}
    </>
  );
}

function LockScreen({ session: { caller } }: { session: Session }) {
  const { t } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const renews = ['getSession'] as const;
  const unlock = useAct('unlockSession', { renews });
  const leave = useAct('closeSession', { renews });
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate({ password }, { onError: () => setPassword('') });
  };
  const isWrong = unlock.error instanceof ApiError && unlock.error.status === 401;
  return (
    <div className="lock-screen" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form className="lock-box" onSubmit={submit} aria-busy={unlock.isPending}>
        <h1 id="lock-title">{t('lock.title')}</h1>
        <p>{t('lock.why')}</p>
        <p>{t('lock.who', { title: caller.title ?? '', login: caller.login ?? '' })}</p>
        <KeptLogin login={caller.login} />
        <PasswordField
          id="lock-password"
          ref={field}
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
        />
        <Refusal error={unlock.error} words={isWrong ? t('signIn.wrong') : null} />
        <div className="lock-ways">
          <button type="submit" className="button primary" disabled={unlock.isPending}>
            {t(unlock.isPending ? 'signIn.busy' : 'lock.submit')}
          </button>
          <button type="button" className="button" onClick={() => leave.mutate({})}>
            {t('lock.other')}
          </button>
        </div>
      </form>
    </div>
  );
}
