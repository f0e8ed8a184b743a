import { useState } from 'react';
import type { AlertBrief } from '../../shared/alert.ts';
import { addDays } from '../../shared/period.ts';
import { useToday } from '../following.tsx';
import { Field, useAct } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';
import { AskBox, NoteField } from './asking.tsx';

/** A week is proposed; the site's own longest time is the server's to judge. */
const USUAL_DAYS = 7;

/** The form that takes an alert out of service: why, what will mend it, and the day on which it is back in any case. */
export function OutOfServiceForm({ alert, close }: { alert: AlertBrief; close: () => void }) {
  const { t, say } = useLanguage();
  const today = useToday();
  const [reason, setReason] = useState('');
  const [work, setWork] = useState('');
  const [reviewOn, setReviewOn] = useState(addDays(today, USUAL_DAYS));
  const takeOut = useAct('takeAlertOutOfService', { id: alert.id, renews: ['getAlert'], after: close });
  return (
    <AskBox
      title={t('ask.takeOutTitle', { what: `${say(alert.name)} · ${say(alert.unitName)}` })}
      submit={t('ask.takeOut')}
      isBusy={takeOut.isPending}
      error={takeOut.error}
      onCancel={close}
      onSubmit={() => takeOut.mutate({ reason: reason.trim(), work: work.trim(), reviewOn })}
    >
      <NoteField
        id="ask-out-reason"
        label={t('ask.reason')}
        need="required"
        value={reason}
        onChange={setReason}
      />
      <Field id="ask-work" label={t('ask.work')} rule={t('ask.workRule')}>
        <input
          id="ask-work"
          aria-describedby="ask-work-rule"
          required={true}
          maxLength={200}
          value={work}
          onChange={(event) => setWork(event.target.value)}
        />
      </Field>
      <Field id="ask-review" label={t('ask.reviewOn')} rule={t('ask.reviewOnRule')}>
        <input
          id="ask-review"
          aria-describedby="ask-review-rule"
          type="date"
          required={true}
          min={addDays(today, 1)}
          value={reviewOn}
          onChange={(event) => setReviewOn(event.target.value)}
        />
      </Field>
    </AskBox>
  );
}
