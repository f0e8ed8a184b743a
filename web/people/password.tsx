import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { ApiError } from '../api.ts';
import { Choices } from '../panels/choices.tsx';
import type { Preferences } from '../preferences.ts';
import { usePageTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import { KeptLogin, PasswordField, Refusal, useAct } from './asking.tsx';
import './people.css';

/** The fewest characters where the site says nothing else; the server has the last word. */
const LEAST = 14;

/** The link in the fragment, which no server log and no referrer ever sees; it leaves the address bar with the reading. */
function takeLink(): string | null {
  const link = new URLSearchParams(location.hash.slice(1)).get('link');
  if (link !== null)
    history.replaceState({ ...history.state, link }, '', location.pathname + location.search);
  const kept: unknown = history.state?.link;
  return typeof kept === 'string' ? kept : null;
}

type PasswordProps = { preferences: Preferences; login: string | null };

/** Sets the password of an account by its one-time link; without one, changes that of whoever is signed in. */
export function PasswordPage({ preferences, login: own }: PasswordProps) {
  const { t } = useLanguage();
  const [link] = useState(takeLink);
  const title = t(link === null ? 'password.change' : 'password.title');
  const [login, setLogin] = useState<string | null>(null);
  usePageTitle(title);
  return (
    <main className="enter">
      <div className="enter-choices">
        <Choices preferences={preferences} />
      </div>
      <h1>{title}</h1>
      {login === null ? (
        <PasswordForm link={link} own={own} onSet={setLogin} />
      ) : (
        <div role="status" className="enter-done">
          <p>{t('password.done', { login })}</p>
          <p>
            <Link href="/sign-in">{t('password.enter')}</Link>
          </p>
        </div>
      )}
    </main>
  );
}

function wordRefused(
  error: Error | null,
  isByLink: boolean,
): 'password.deadLink' | 'password.wrong' | 'password.refused' | null {
  if (!(error instanceof ApiError)) return null;
  if (error.errors.some(({ field }) => field === 'password')) return 'password.refused';
  if (error.status !== 401 && error.status !== 404 && error.status !== 403) return null;
  return isByLink ? 'password.deadLink' : 'password.wrong';
}

type FormProps = { link: string | null; own: string | null; onSet: (login: string) => void };

function PasswordForm({ link, own, onSet }: FormProps) {
  const { t } = useLanguage();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isShown, show] = useState(false);
  const set = useAct('setPassword', { renews: ['getSession'], after: ({ login }) => onSet(login) });
  const missing = LEAST - [...password].length;
  const canSubmit = missing <= 0 && password === again && (link !== null || current !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSubmit) set.mutate(link === null ? { current, password } : { link, password });
  };
  const refused = wordRefused(set.error, link !== null);
  return (
    <form className="sign-in" onSubmit={submit} aria-busy={set.isPending}>
      <KeptLogin login={link === null ? own : null} />
      {link === null && (
        <PasswordField id="current" label={t('password.current')} value={current} onChange={setCurrent} />
      )}
      <PasswordField
        id="next"
        kind="new"
        label={t('password.next')}
        rule={t('password.rule', { length: LEAST })}
        about="next-hint"
        isShown={isShown}
        value={password}
        onChange={setPassword}
      />
      <PasswordField
        id="again"
        kind="new"
        label={t('password.again')}
        isShown={isShown}
        value={again}
        onChange={setAgain}
      />
      <label className="tick">
        <input type="checkbox" checked={isShown} onChange={() => show(!isShown)} /> {t('password.show')}
      </label>
      <p id="next-hint" className="field-rule" aria-live="polite">
        {password !== '' && missing > 0 && t('password.short', { count: missing })}
        {missing <= 0 && again !== '' && password !== again && t('password.differ')}
      </p>
      <button type="submit" className="button primary" disabled={!canSubmit || set.isPending}>
        {t(set.isPending ? 'signIn.busy' : 'password.submit')}
      </button>
      <Refusal error={set.error} words={refused && t(refused)} />
    </form>
  );
}
