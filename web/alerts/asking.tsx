import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { AlertBrief } from '../../shared/alert.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import { ApiError } from '../api.ts';
import { Field, Refusal, useAct } from '../people/asking.tsx';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { wordWhere } from './figure.ts';
import { shelfCap } from './rights.ts';

/** Whether there is something to acknowledge. */
export const needsAnswer = ({ label }: AlertBrief): boolean => label === 'new' || label === 'gone';

/** Whether somebody has acknowledged an alert, so that acknowledging it again is another matter. */
export const isInHand = ({ label }: AlertBrief): boolean => label === 'inHand';

/** What is asked for in the alert centre, of one episode or of many. */
export type Asking = 'acknowledge' | 'shelve' | 'comment';

type AskProps = { alerts: readonly AlertBrief[]; onDone: () => void; onCancel: () => void };

/** The form of what is asked for; Esc leaves it. What it changes arrives by frames; `renews` is for what does not. */
export function AskForm({ asking, ...props }: AskProps & { asking: Asking }) {
  const Form = FORMS[asking];
  return <Form {...props} />;
}

const RENEWS = ['getAlert'] as const;

type BoxProps = {
  title: string;
  submit: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
  /** What is said where somebody was quicker. */
  conflict?: string;
  /** In the stead of a form: why it may not be. */
  refusal?: string | null;
  children: ReactNode;
};

/** A form that takes the focus when it comes, and that Ctrl+Enter sends. */
export function AskBox(props: BoxProps) {
  const { title, submit, isBusy, error, conflict, onSubmit, onCancel, refusal, children } = props;
  const { t } = useLanguage();
  const id = useId();
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('textarea, input, select, button')?.focus();
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && event.ctrlKey) box.current?.requestSubmit();
  };
  return (
    <form
      ref={box}
      className="ask-box"
      aria-labelledby={id}
      aria-busy={isBusy}
      onSubmit={send}
      onKeyDown={press}
    >
      <h2 id={id}>{title}</h2>
      {refusal ? <p className="refusal">{refusal}</p> : children}
      <div className="ask-ways">
        {!refusal && (
          <button type="submit" className="button primary" disabled={isBusy}>
            {submit}
          </button>
        )}
        <button type="button" className="button" onClick={onCancel}>
          {t('office.cancel')}
        </button>
        <Refusal
          error={error}
          words={error instanceof ApiError && error.status === 409 ? (conflict ?? null) : null}
        />
      </div>
    </form>
  );
}

type NoteProps = {
  id: string;
  label: string;
  rule?: string;
  need: 'required' | 'optional';
  value: string;
  onChange: (text: string) => void;
  rows?: number;
};

/** A field for a text of some lines. */
export function NoteField({ id, label, rule, need, value, onChange, rows = 2 }: NoteProps) {
  return (
    <Field id={id} label={label} {...(rule !== undefined && { rule })}>
      <textarea
        id={id}
        aria-describedby={rule === undefined ? undefined : `${id}-rule`}
        required={need === 'required'}
        minLength={need === 'required' ? 3 : undefined}
        maxLength={2000}
        rows={rows}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function nameOf(alerts: readonly AlertBrief[], { t, say }: ReturnType<typeof useLanguage>): string {
  const [first] = alerts;
  return alerts.length === 1 && first
    ? `${say(first.name)} · ${wordWhere(first, { say })}`
    : t('alerts.selectedCount', { count: alerts.length });
}

function AcknowledgeForm({ alerts, onDone, onCancel }: AskProps) {
  const language = useLanguage();
  const { t } = language;
  const [note, setNote] = useState('');
  const [first] = alerts;
  const one = useAct('acknowledgeAlert', { id: first?.id, renews: RENEWS, after: onDone });
  const many = useAct('acknowledgeAlerts', { renews: RENEWS, after: onDone });
  const isNeeded = alerts.some(({ severity }) => POLICY[severity].isNoteNeeded);
  const text = note.trim();
  // As the form was opened: what changes meanwhile is another matter, and is refused.
  const [isAgain] = useState(() => alerts.every(isInHand));
  const words = { ...(text !== '' && { note: text }), ...(isAgain && { isAgain }) };
  const submit = () =>
    alerts.length === 1 ? one.mutate(words) : many.mutate({ ids: alerts.map(({ id }) => id), ...words });
  return (
    <AskBox
      title={t('ask.acknowledgeTitle', { what: nameOf(alerts, language) })}
      submit={t(isAgain ? 'ask.acknowledgeAgain' : 'ask.acknowledge')}
      isBusy={one.isPending || many.isPending}
      error={one.error ?? many.error}
      conflict={t('ask.inHandSince')}
      onSubmit={submit}
      onCancel={onCancel}
    >
      {isAgain && <p className="alert-soft">{t('ask.againRule')}</p>}
      <NoteField
        id="ask-note"
        label={t('ask.note')}
        rule={t(isNeeded ? 'ask.noteNeeded' : 'office.optional')}
        need={isNeeded ? 'required' : 'optional'}
        value={note}
        onChange={setNote}
      />
    </AskBox>
  );
}

function ShelveForm({ alerts, onDone, onCancel }: AskProps) {
  const language = useLanguage();
  const { t, format } = language;
  const { session } = useSession();
  const cap = shelfCap(
    session?.caller ?? null,
    alerts.map(({ severity }) => severity),
  );
  const [hours, setHours] = useState(String(Math.min(cap ?? 1, 4)));
  const [reason, setReason] = useState('');
  const [isOneShot, setOneShot] = useState(false);
  const [first] = alerts;
  const one = useAct('shelveAlert', { id: first?.id, renews: RENEWS, after: onDone });
  const many = useAct('shelveAlerts', { renews: RENEWS, after: onDone });
  const input = { hours: Number(hours), reason: reason.trim(), isOneShot };
  const submit = () =>
    alerts.length === 1 ? one.mutate(input) : many.mutate({ ids: alerts.map(({ id }) => id), ...input });
  return (
    <AskBox
      title={t('ask.shelveTitle', { what: nameOf(alerts, language) })}
      submit={t('ask.shelve')}
      isBusy={one.isPending || many.isPending}
      error={one.error ?? many.error}
      onSubmit={submit}
      onCancel={onCancel}
      refusal={cap === null ? t('ask.shelveCritical') : null}
    >
      <NoteField
        id="ask-reason"
        label={t('ask.reason')}
        need="required"
        value={reason}
        onChange={setReason}
      />
      <Field
        id="ask-hours"
        label={t('ask.hours')}
        rule={t('ask.hoursRule', { cap: format.number(cap ?? 0) })}
      >
        <input
          id="ask-hours"
          aria-describedby="ask-hours-rule"
          type="number"
          min="0.25"
          step="0.25"
          max={cap ?? undefined}
          required={true}
          value={hours}
          onChange={(event) => setHours(event.target.value)}
        />
      </Field>
      <label className="tick">
        <input type="checkbox" checked={isOneShot} onChange={(event) => setOneShot(event.target.checked)} />
        {t('ask.oneShot')}
      </label>
    </AskBox>
  );
}

function CommentForm({ alerts, onDone, onCancel }: AskProps) {
  const language = useLanguage();
  const { t } = language;
  const [text, setText] = useState('');
  const [first] = alerts;
  const note = useAct('noteAlert', { id: first?.id, renews: RENEWS, after: onDone });
  return (
    <AskBox
      title={t('ask.commentTitle', { what: nameOf(alerts.slice(0, 1), language) })}
      submit={t('ask.comment')}
      isBusy={note.isPending}
      error={note.error}
      onSubmit={() => note.mutate({ text: text.trim() })}
      onCancel={onCancel}
    >
      <NoteField id="ask-text" label={t('ask.text')} need="required" value={text} onChange={setText} />
    </AskBox>
  );
}

const FORMS = { acknowledge: AcknowledgeForm, shelve: ShelveForm, comment: CommentForm } as const;
