import { onlineManager, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type Ref, useEffect, useState } from 'react';
import type { AnswerOf, RouteName } from '../../shared/wire.ts';
import type { ActName } from '../api/addresses.ts';
import { type ActInput, ApiError, act } from '../api.ts';
import { type Language, useLanguage } from '../words/words.ts';

const UNSENT = 'unsent';

type ActOptions<N extends ActName> = {
  id?: number | undefined;
  renews?: readonly RouteName[];
  after?: (answer: AnswerOf<N>) => void;
};

/** Not sent: there is no connection. Nothing is kept to be sent later, since what it is about may have changed by then. */
function refuseOffline(): void {
  if (!onlineManager.isOnline()) throw new ApiError({ status: 0, title: UNSENT, detail: '' });
}

/** An act that a form asks for, on what has the `id` where its path names one. `after` hears the answer; what the page shows of reads named in `renews` is read again. */
export function useAct<N extends ActName>(name: N, { id, renews = [], after }: ActOptions<N> = {}) {
  const client = useQueryClient();
  const renew = () => Promise.all(renews.map((read) => client.invalidateQueries({ queryKey: [read] })));
  return useMutation({
    mutationFn: async (input: ActInput<N>) => {
      refuseOffline();
      return act(name, input, id);
    },
    retry: false,
    // Never paused, and so never sent by itself when the connection is back.
    networkMode: 'always',
    async onError(error) {
      // Somebody was quicker: the page shows what they did.
      if (error instanceof ApiError && error.status === 409) await renew();
    },
    async onSuccess(answer) {
      after?.(answer);
      await renew();
    },
  });
}

/** Why an act was refused, in our words where we have them; the server's own reasons behind them. */
export function wordRefusal(error: Error, { t }: Pick<Language, 't'>): string {
  if (error instanceof ApiError && error.title === UNSENT) return t('act.unsent');
  if (!(error instanceof ApiError) || error.status === 0) return t('signIn.unreachable');
  if (error.status === 429) return t('signIn.later', { seconds: error.retryAfter ?? 1 });
  if (error.status >= 500) return t('signIn.failed');
  const reasons = error.errors.map(({ field, reason }) => `${field}: ${reason}`);
  return [error.detail || error.title, ...reasons].join(' · ');
}

/** The words of a refusal, spoken at once by screen readers; nothing while there is none. */
export function Refusal({ error, words }: { error: Error | null; words?: string | null }) {
  const language = useLanguage();
  if (!error) return null;
  return (
    <p className="refusal" role="alert">
      {words ?? wordRefusal(error, language)}
    </p>
  );
}

type FieldProps = {
  id: string;
  label: string;
  rule?: string;
  children: ReactNode;
};

/** A labelled field with its rule below. The control inside carries the `id`, and `aria-describedby` of `id-rule`. */
export function Field({ id, label, rule, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {rule !== undefined && (
        <small id={`${id}-rule`} className="field-rule">
          {rule}
        </small>
      )}
    </div>
  );
}

/** Whose password a form asks for, told to the programs that keep passwords; met by nobody else. */
export function KeptLogin({ login }: { login: string | null }) {
  return (
    <input
      className="hidden"
      autoComplete="username"
      aria-hidden="true"
      tabIndex={-1}
      value={login ?? ''}
      readOnly={true}
    />
  );
}

type PasswordProps = {
  id: string;
  label: string;
  rule?: string;
  about?: string;
  kind?: 'current' | 'new';
  isShown?: boolean;
  value: string;
  onChange: (text: string) => void;
  ref?: Ref<HTMLInputElement>;
};

/** A field for a password, present or new; `about` names further elements that describe it. */
export function PasswordField(props: PasswordProps) {
  const { id, label, rule, about, kind = 'current', isShown = false, value, onChange, ref } = props;
  const described = [...(rule === undefined ? [] : [`${id}-rule`]), ...(about === undefined ? [] : [about])];
  return (
    <Field id={id} label={label} {...(rule !== undefined && { rule })}>
      <input
        id={id}
        ref={ref}
        type={isShown ? 'text' : 'password'}
        autoComplete={`${kind}-password`}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        required={true}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

const SURE_MS = 5_000;

/** A button whose act takes something away: the first press asks, the second within five seconds does it. */
export function SureButton(props: { label: string; about?: string; isBusy: boolean; onSure: () => void }) {
  const { label, about, isBusy, onSure } = props;
  const { t } = useLanguage();
  const [isAsking, ask] = useState(false);
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => ask(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [isAsking]);
  const press = () => {
    if (isAsking) onSure();
    ask(!isAsking);
  };
  return (
    <button
      type="button"
      className="button"
      data-asking={isAsking}
      disabled={isBusy}
      aria-label={isAsking ? `${t('office.sure')} ${about ?? label}` : about}
      onClick={press}
    >
      {isAsking ? t('office.sure') : label}
    </button>
  );
}

/** A text that is shown once, with a button that copies it. */
export function OneTimeText({ title, how, text }: { title: string; how: string; text: string }) {
  const { t } = useLanguage();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className="one-time" aria-label={title} role="status">
      <h2>{title}</h2>
      <p>{how}</p>
      <p className="one-time-text">
        <code>{text}</code>
        {navigator.clipboard && (
          <button type="button" className="button" onClick={copy}>
            {t(isCopied ? 'office.copied' : 'office.copy')}
          </button>
        )}
      </p>
    </section>
  );
}
