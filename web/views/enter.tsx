import { type FormEvent, useEffect, useState } from 'react';
import { ApiError, act } from '../api.ts';
import { Choices } from '../panels/choices.tsx';
import { useAct, wordRefusal } from '../people/asking.tsx';
import { SignInForm } from '../people/sign-in.tsx';
import type { Preferences } from '../preferences.ts';
import { usePageTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import '../people/people.css';

/** Takes `token` out of the address (query or fragment), so that it is in no history, bookmark or picture of the screen. */
export function takeToken(): string | null {
  const url = new URL(location.href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const token = url.searchParams.get('token') ?? fragment.get('token');
  if (token === null) return null;
  url.searchParams.delete('token');
  if (fragment.has('token')) url.hash = '';
  history.replaceState(history.state, '', url);
  return token;
}

let entry: Promise<'entered' | 'refused'> | null = null;

function enterOnce(): Promise<'entered' | 'refused'> | null {
  const token = takeToken();
  if (token === null) return entry;
  entry = act('openSession', { token }).then(
    () => 'entered',
    () => 'refused',
  );
  return entry;
}

/** Enters by a token in the address, if there is one, before anything else is asked. */
export function useTokenInAddress(): 'none' | 'trying' | 'entered' | 'refused' {
  const [attempt] = useState(enterOnce);
  const [state, setState] = useState<'none' | 'trying' | 'entered' | 'refused'>(attempt ? 'trying' : 'none');
  useEffect(() => {
    void attempt?.then(setState);
  }, [attempt]);
  return state;
}

type EnterProps = { wasRefused: boolean; onEntered: () => void; preferences: Preferences };

/** What a stranger sees: a way in for people, one for screens, and nothing of the figures. */
export function EnterPage({ wasRefused, onEntered, preferences }: EnterProps) {
  const { t } = useLanguage();
  usePageTitle(t('signIn.title'));
  return (
    <main className="enter">
      <div className="enter-choices">
        <Choices preferences={preferences} />
      </div>
      <h1>{t('signIn.title')}</h1>
      <SignInForm onEntered={onEntered} />
      <p>{t('signIn.forgot')}</p>
      <details className="enter-screen" open={wasRefused}>
        <summary>{t('signIn.screen')}</summary>
        <TokenForm wasRefused={wasRefused} onEntered={onEntered} />
      </details>
      <details className="enter-screen">
        <summary>{t('signIn.first')}</summary>
        <p>
          <code>npm run -s ioc -- user add --login … --role administrator --unit …</code>
        </p>
      </details>
    </main>
  );
}

function TokenForm({ wasRefused, onEntered }: Omit<EnterProps, 'preferences'>) {
  const { t } = useLanguage();
  const [token, setToken] = useState('');
  const open = useAct('openSession', { after: onEntered });
  const { error } = open;
  const isRefused =
    error instanceof ApiError && error.status > 0 && error.status < 500 && error.status !== 429;
  const problem = error ? (isRefused ? t('enter.refused') : wordRefusal(error, { t })) : null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate({ token: token.trim() });
  };
  return (
    <>
      <p>{t('enter.how')}</p>
      <p>
        <code>npm run -s ioc -- token --kind display --unit …</code>
      </p>
      <form onSubmit={onSubmit}>
        <label htmlFor="token">{t('enter.token')}</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          required={true}
          maxLength={200}
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        <button type="submit" className="button">
          {t('enter.open')}
        </button>
      </form>
      {(problem !== null || wasRefused) && <p role="alert">{problem ?? t('enter.refused')}</p>}
    </>
  );
}
