import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Field, Refusal } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';

type ReasonProps = {
  submit: string;
  isBusy: boolean;
  error: Error | null;
  /** Our words for the refusal, where we have them. */
  words?: string | null;
  isDisabled?: boolean;
  onSubmit: (reason: string) => void;
  /** Stands beside the button. */
  children?: ReactNode;
};

/** A reason and the button that needs it: nothing here is done without saying why. */
export function ReasonForm({
  submit,
  isBusy,
  error,
  words,
  isDisabled = false,
  onSubmit,
  children,
}: ReasonProps) {
  const { t } = useLanguage();
  const id = useId();
  const [reason, setReason] = useState('');
  const isShort = reason.trim().length < 3;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isShort && !isDisabled) onSubmit(reason.trim());
  };
  return (
    <form className="reason-form" onSubmit={send} aria-busy={isBusy}>
      <Field id={id} label={t('rules.reason')} rule={t('rules.reasonRule')}>
        <input
          id={id}
          aria-describedby={`${id}-rule`}
          autoComplete="off"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div className="office-submit">
        <button type="submit" className="button primary" disabled={isBusy || isShort || isDisabled}>
          {submit}
        </button>
        {children}
        <Refusal error={error} {...(words !== undefined && { words })} />
      </div>
    </form>
  );
}
