import { type FormEvent, useEffect, useState } from 'react';
import { ApiError, openSession } from '../api.ts';
import { Choices } from '../panels/choices.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';

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
  entry = openSession(token).then(
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

/** What an unknown visitor sees: where to ask, a field for a token, and nothing of the figures. */
export function EnterPage({ wasRefused, onEntered, preferences }: EnterProps) {
  const { t } = useLanguage();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string | null>(wasRefused ? t('enter.refused') : null);
  const submit = async () => {
    try {
      await openSession(token.trim());
      onEntered();
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status > 0 && error.status < 500;
      setProblem(t(isRefused ? 'enter.refused' : 'enter.unreachable'));
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <main className="enter">
      <div className="enter-choices">
        <Choices preferences={preferences} />
      </div>
      <h1>{t('enter.title')}</h1>
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
      {problem !== null && <p role="alert">{problem}</p>}
    </main>
  );
}
