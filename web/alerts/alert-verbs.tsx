import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { AlertDetail } from '../../shared/alert.ts';
import type { Span } from '../../shared/rule.ts';
import { assigneesQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { Field, Refusal, useAct } from '../people/asking.tsx';
import { type PlainKey, useLanguage } from '../words/words.ts';
import { AskBox, AskForm, isInHand, NoteField, needsAnswer } from './asking.tsx';
import { useKeys } from './keys.ts';
import { OutOfServiceForm } from './out-of-service.tsx';

type Verb = AlertDetail['may'][number];

/** Verbs with a form of their own on the page of an alert, with their keys; the others stand beside the explanations. */
const FORMS = {
  acknowledge: { word: 'ask.acknowledge', key: 'a' },
  comment: { word: 'ask.comment', key: 'c' },
  assign: { word: 'ask.assign', key: 'g' },
  shelve: { word: 'ask.shelve', key: 's' },
  takeOut: { word: 'ask.takeOut', key: 'o' },
  explain: { word: 'ask.explain', key: 'e' },
} as const satisfies Partial<Record<Verb, { word: PlainKey; key: string }>>;
type FormVerb = keyof typeof FORMS;
const FORM_VERBS = Object.keys(FORMS) as FormVerb[];

type VerbsProps = { detail: AlertDetail; onBack: () => void };

/** What the caller may do with an alert, each by a button and a key; what is not theirs to do is said. */
export function AlertVerbs({ detail, onBack }: VerbsProps) {
  const { t } = useLanguage();
  const { alert, may } = detail;
  const [asking, ask] = useState<FormVerb | null>(null);
  const unshelve = useAct('unshelveAlert', { id: alert.id, renews: ['getAlert'] });
  const putBack = useAct('returnAlertToService', { id: alert.id, renews: ['getAlert'] });
  const verbs = FORM_VERBS.filter((verb) => may.includes(verb));
  const [isIdle, sayIdle] = useState(false);
  const open = (verb: FormVerb) => {
    sayIdle(verb === 'acknowledge' && may.length > 0 && !may.includes(verb));
    if (may.includes(verb)) ask(verb);
  };
  useKeys({
    a: () => open('acknowledge'),
    c: () => open('comment'),
    g: () => open('assign'),
    s: () => open('shelve'),
    o: () => open('takeOut'),
    e: () => open('explain'),
    escape: () => (asking === null ? onBack() : ask(null)),
  });
  return (
    <section className="alert-verbs" aria-label={t('alert.verbs')}>
      <div className="ask-ways">
        {verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            className={verb === 'acknowledge' && needsAnswer(alert) ? 'button primary' : 'button'}
            aria-expanded={asking === verb}
            onClick={() => ask(asking === verb ? null : verb)}
          >
            {t(verb === 'acknowledge' && isInHand(alert) ? 'ask.acknowledgeAgain' : FORMS[verb].word)}{' '}
            <kbd>{FORMS[verb].key}</kbd>
          </button>
        ))}
        {may.includes('unshelve') && (
          <button
            type="button"
            className="button"
            disabled={unshelve.isPending}
            onClick={() => unshelve.mutate({})}
          >
            {t('ask.unshelve')}
          </button>
        )}
        {may.includes('putBack') && (
          <button
            type="button"
            className="button"
            disabled={putBack.isPending}
            onClick={() => putBack.mutate({})}
          >
            {t('ask.putBack')}
          </button>
        )}
        {may.length === 0 && (
          <p className="alert-why">{t(alert.label === 'closed' ? 'alert.over' : 'alerts.viewer')}</p>
        )}
        <p role="status" className="alert-hint">
          {isIdle && t('alerts.hint.asksNothing')}
        </p>
        <Refusal error={unshelve.error ?? putBack.error} />
      </div>
      {asking !== null && <VerbForm verb={asking} detail={detail} close={() => ask(null)} />}
    </section>
  );
}

type FormProps = { detail: AlertDetail; close: () => void };

function VerbForm({ verb, detail, close }: FormProps & { verb: FormVerb }): ReactNode {
  if (verb === 'assign') return <AssignForm detail={detail} close={close} />;
  if (verb === 'takeOut') return <OutOfServiceForm alert={detail.alert} close={close} />;
  if (verb === 'explain') return <ExplainForm detail={detail} close={close} />;
  return <AskForm key={verb} asking={verb} alerts={[detail.alert]} onDone={close} onCancel={close} />;
}

function AssignForm({ detail: { alert }, close }: FormProps) {
  const { t } = useLanguage();
  const { data, error } = useQuery(assigneesQuery(alert.ref));
  const accounts = data?.accounts ?? [];
  const [login, setLogin] = useState<string | null>(null);
  const chosen = login ?? accounts.find(({ title }) => title === alert.assignee)?.login ?? '';
  const assign = useAct('assignAlert', { id: alert.id, renews: ['getAlert'], after: close });
  return (
    <AskBox
      title={t('ask.assignTitle')}
      submit={t('ask.assign')}
      isBusy={assign.isPending}
      error={assign.error ?? error}
      onCancel={close}
      onSubmit={() => assign.mutate({ login: chosen || null })}
    >
      <Field id="ask-assignee" label={t('ask.assignee')}>
        <select id="ask-assignee" value={chosen} onChange={(event) => setLogin(event.target.value)}>
          <option value="">{t('ask.nobody')}</option>
          {accounts.map((account) => (
            <option key={account.login} value={account.login}>
              {account.title} ({account.login})
            </option>
          ))}
        </select>
      </Field>
    </AskBox>
  );
}

/** The usual term: a working day. */
const USUAL: Span = { amount: 8, unit: 'workingHours' };
const nameOf = ({ amount, unit }: Span) => `${amount} ${unit}`;

function ExplainForm({ detail: { alert, deadlines }, close }: FormProps) {
  const { t, say, format } = useLanguage();
  const { serverNow } = useFollowing();
  const [question, setQuestion] = useState('');
  const [term, setTerm] = useState(nameOf(USUAL));
  const within = deadlines.find((one) => nameOf(one.within) === term)?.within ?? USUAL;
  const explain = useAct('explainAlert', {
    id: alert.id,
    renews: ['getAlert', 'listExplanations'],
    after: close,
  });
  return (
    <AskBox
      title={t('ask.explainTitle', { unit: say(alert.unitName) })}
      submit={t('ask.explain')}
      isBusy={explain.isPending}
      error={explain.error}
      onCancel={close}
      onSubmit={() => explain.mutate({ question: question.trim(), within })}
    >
      <NoteField
        id="ask-question"
        label={t('explanation.question')}
        need="required"
        rows={3}
        value={question}
        onChange={setQuestion}
      />
      <Field id="ask-deadline" label={t('explanation.due')} rule={t('ask.deadlineRule')}>
        <select
          id="ask-deadline"
          aria-describedby="ask-deadline-rule"
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        >
          {deadlines.map(({ within: { amount, unit }, at }) => (
            <option key={nameOf({ amount, unit })} value={nameOf({ amount, unit })}>
              {t(unit === 'workingHours' ? 'ask.deadline' : 'ask.deadlineByClock', {
                hours: format.number(amount),
                moment: format.moment(Date.parse(at), serverNow()),
              })}
            </option>
          ))}
        </select>
      </Field>
    </AskBox>
  );
}
