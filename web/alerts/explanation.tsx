import { useState } from 'react';
import { Link } from 'wouter';
import type { ExplanationDeed, ExplanationView } from '../../shared/alert.ts';
import { useFollowing, useToday } from '../following.tsx';
import { Field, useAct } from '../people/asking.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { AskBox, NoteField } from './asking.tsx';
import { AlertChip } from './marks.tsx';
import { alertPath, slipPath } from './place.ts';

type CardProps = {
  explanation: ExplanationView;
  /** Whether it stands apart from its alert, and says which that is. */
  isAlone?: boolean;
};

const RENEWS = ['listExplanations', 'getAlert'] as const;

/** What the caller may do with an explanation, as the server says; without a promise there is nothing to check. */
function verbsOf({ state, may }: Pick<ExplanationView, 'state' | 'may'>): ExplanationDeed[] {
  return state === 'answered' ? may.filter((verb) => verb !== 'check') : may;
}

/** By how much an answer came late, or is late by now; empty where it is not. */
export function wordLate(
  { lateWorkingHours: hours }: Pick<ExplanationView, 'lateWorkingHours'>,
  { t, format }: Pick<Language, 't' | 'format'>,
): string {
  if (hours === null) return '';
  return hours === 0 ? t('explanation.lateLittle') : t('explanation.lateBy', { hours: format.number(hours) });
}

/** An answer that came after its deadline. */
export const wasAnsweredLate = ({ answeredAt, lateWorkingHours }: ExplanationView): boolean =>
  answeredAt !== null && lateWorkingHours !== null;

/** One explanation: what was asked and by when, where it stands, what was answered, and the forms for the next step. */
export function ExplanationCard({ explanation, isAlone = false }: CardProps) {
  const language = useLanguage();
  const { t, say } = language;
  const [asking, ask] = useState<ExplanationDeed | null>(null);
  const { state, isUrgent, alert, step } = explanation;
  const verbs = verbsOf(explanation);
  return (
    <article
      className="explanation"
      data-state={state}
      aria-label={`${say(explanation.unitName)}: ${say(explanation.alertName)}`}
    >
      <header>
        <span className="alert-badge" data-explanation={state}>
          {t(`explanationState.${state}`)}
        </span>
        {explanation.lateWorkingHours !== null && (
          <strong className="explanation-late">▲ {wordLate(explanation, language)}</strong>
        )}
        {isUrgent && <strong className="explanation-urgent">‼ {t('explanation.urgent')}</strong>}
        {isAlone && <AlertChip severity={explanation.severity} />}
        <h3>
          {isAlone ? (
            <Link href={alertPath(alert)}>
              {say(explanation.unitName)} · {say(explanation.alertName)}
            </Link>
          ) : (
            say(explanation.unitName)
          )}
        </h3>
      </header>
      <ExplanationFacts explanation={explanation} />
      {step > 0 && (
        <p className="explanation-step">{t('explanation.step', { step, name: say(explanation.stepName) })}</p>
      )}
      <div className="ask-ways">
        {verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            className="button"
            aria-expanded={asking === verb}
            onClick={() => ask(asking === verb ? null : verb)}
          >
            {t(`explanation.${verb}`)}
          </button>
        ))}
        <Link className="button" href={slipPath(alert)}>
          {t('slip.open')}
        </Link>
      </div>
      {asking !== null && <VerbForm verb={asking} explanation={explanation} close={() => ask(null)} />}
    </article>
  );
}

function ExplanationFacts({ explanation }: { explanation: ExplanationView }) {
  const { t, say, format } = useLanguage();
  const { serverNow } = useFollowing();
  const moment = (iso: string) => format.moment(Date.parse(iso), serverNow());
  const {
    askedAt,
    askedBy,
    dueAt,
    answeredAt,
    answeredBy,
    promisedOn,
    checkedAt,
    checkedBy,
    outcome,
    urges,
    nextStep,
  } = explanation;
  const facts: [word: string, text: string | null][] = [
    [t('explanation.question'), explanation.question],
    [t('explanation.asked'), t('explanation.byAt', { by: askedBy, moment: moment(askedAt) })],
    [t('explanation.due'), moment(dueAt)],
    [
      t('explanation.next'),
      nextStep && t('explanation.nextAt', { moment: moment(nextStep.at), name: say(nextStep.name) }),
    ],
    [t('explanation.urges'), urges > 0 ? format.number(urges) : null],
    [
      t('explanation.answered'),
      answeredAt && t('explanation.byAt', { by: answeredBy ?? '', moment: moment(answeredAt) }),
    ],
    [t('explanation.cause'), explanation.cause],
    [t('explanation.measures'), explanation.measures],
    [t('explanation.promisedOn'), promisedOn && format.day(promisedOn)],
    [
      t('explanation.checked'),
      checkedAt && t('explanation.byAt', { by: checkedBy ?? '', moment: moment(checkedAt) }),
    ],
    [t('explanation.outcome'), outcome],
  ];
  return (
    <dl className="alert-facts">
      {facts.map(([word, text]) =>
        text === null ? null : (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

type FormProps = { explanation: ExplanationView; close: () => void };

function VerbForm({ verb, ...props }: FormProps & { verb: ExplanationDeed }) {
  const Form = FORMS[verb];
  return <Form {...props} />;
}

function AnswerForm({ explanation, close }: FormProps) {
  const { t } = useLanguage();
  const today = useToday();
  const [cause, setCause] = useState('');
  const [measures, setMeasures] = useState('');
  const [promisedOn, setPromisedOn] = useState('');
  const answer = useAct('answerExplanation', { id: explanation.id, renews: RENEWS, after: close });
  return (
    <AskBox
      title={t('explanation.answerTitle')}
      submit={t('explanation.send')}
      isBusy={answer.isPending}
      error={answer.error}
      onCancel={close}
      onSubmit={() =>
        answer.mutate({ cause: cause.trim(), measures: measures.trim(), promisedOn: promisedOn || null })
      }
    >
      <NoteField
        id={`cause-${explanation.id}`}
        label={t('explanation.cause')}
        need="required"
        rows={3}
        value={cause}
        onChange={setCause}
      />
      <NoteField
        id={`measures-${explanation.id}`}
        label={t('explanation.measures')}
        need="required"
        rows={3}
        value={measures}
        onChange={setMeasures}
      />
      <Field
        id={`promised-${explanation.id}`}
        label={t('explanation.promisedOn')}
        rule={t('explanation.promisedRule')}
      >
        <input
          id={`promised-${explanation.id}`}
          type="date"
          min={today}
          aria-describedby={`promised-${explanation.id}-rule`}
          value={promisedOn}
          onChange={(event) => setPromisedOn(event.target.value)}
        />
      </Field>
    </AskBox>
  );
}

function UrgeForm({ explanation, close }: FormProps) {
  const { t } = useLanguage();
  const [note, setNote] = useState('');
  const urge = useAct('urgeExplanation', { id: explanation.id, renews: RENEWS, after: close });
  return (
    <AskBox
      title={t('explanation.urgeTitle')}
      submit={t('explanation.urge')}
      isBusy={urge.isPending}
      error={urge.error}
      onCancel={close}
      onSubmit={() => urge.mutate(note.trim() === '' ? {} : { note: note.trim() })}
    >
      <NoteField
        id={`urge-${explanation.id}`}
        label={t('ask.note')}
        rule={t('explanation.urgeRule')}
        need="optional"
        value={note}
        onChange={setNote}
      />
    </AskBox>
  );
}

function CheckForm({ explanation, close }: FormProps) {
  const { t } = useLanguage();
  const [isKept, setKept] = useState(true);
  const [note, setNote] = useState('');
  const check = useAct('checkExplanation', { id: explanation.id, renews: RENEWS, after: close });
  return (
    <AskBox
      title={t('explanation.checkTitle')}
      submit={t('explanation.check')}
      isBusy={check.isPending}
      error={check.error}
      onCancel={close}
      onSubmit={() => check.mutate({ isKept, ...(note.trim() !== '' && { note: note.trim() }) })}
    >
      <fieldset className="ask-choice">
        <legend>{t('explanation.wasKept')}</legend>
        {([true, false] as const).map((kept) => (
          <label key={String(kept)} className="tick">
            <input
              type="radio"
              name={`kept-${explanation.id}`}
              checked={isKept === kept}
              onChange={() => setKept(kept)}
            />
            {t(kept ? 'explanationState.kept' : 'explanationState.broken')}
          </label>
        ))}
      </fieldset>
      <NoteField
        id={`check-${explanation.id}`}
        label={t('ask.note')}
        need="optional"
        value={note}
        onChange={setNote}
      />
    </AskBox>
  );
}

const FORMS = { answer: AnswerForm, urge: UrgeForm, check: CheckForm } as const;
