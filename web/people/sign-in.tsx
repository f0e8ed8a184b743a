import { type FormEvent, useState } from 'react';
import { ApiError } from '../api.ts';
import { useLanguage } from '../words/words.ts';
import { Field, PasswordField, Refusal, useAct } from './asking.tsx';

/** Login and password; `onEntered` when the server let them in. */
export function SignInForm({ onEntered }: { onEntered: () => void }) {
  const { t } = useLanguage();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useAct('openSession', { after: onEntered });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ login: login.trim().toLowerCase(), password });
  };
  const isWrong = error instanceof ApiError && (error.status === 401 || error.status === 422);
  return (
    <form className="sign-in" onSubmit={submit} aria-busy={isPending}>
      <Field id="login" label={t('signIn.login')}>
        <input
          id="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required={true}
          maxLength={40}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      </Field>
      <PasswordField id="password" label={t('signIn.password')} value={password} onChange={setPassword} />
      <button type="submit" className="button primary" disabled={isPending}>
        {t(isPending ? 'signIn.busy' : 'signIn.submit')}
      </button>
      <Refusal error={error} words={isWrong ? t('signIn.wrong') : null} />
    </form>
  );
}
