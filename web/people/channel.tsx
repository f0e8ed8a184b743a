import { type FormEvent, useState } from 'react';
import type { ChannelView } from '../../shared/rule-view.ts';
import { ApiError } from '../api.ts';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Refusal, SureButton, useAct } from './asking.tsx';
import { wordFailure } from './channel-failure.ts';
import { ChannelFields, draftOf, factsOf } from './channel-fields.tsx';

/** The note that says why nothing is done with channels in the demo. */
export const DEMO_NOTE = 'channels-demo';

/** Whether it is the demo, which sends nothing outside. */
export function useDemo(): boolean {
  const caller = useSession().session?.caller;
  return caller?.kind === 'person' && caller.how === 'demo';
}

/** How a channel stands, by shape as well as word. */
const SHAPES = { ok: '✓', waiting: '…', failing: '▲', off: '○' } as const;

/** One channel: what it sends, how it stands, and what an administrator does with it. */
export function ChannelCard({ channel }: { channel: ChannelView }) {
  const { t, say } = useLanguage();
  const isDemo = useDemo();
  const { kind, name, unit, unitName, target, state, waiting } = channel;
  return (
    <li className="channel" data-state={state}>
      <header>
        <h2>{name}</h2>
        <p className="channel-state" data-state={state}>
          <span aria-hidden="true">{SHAPES[state]}</span> {t(`channels.state.${state}`)}
          {waiting > 0 && ` · ${t('channels.waiting', { count: waiting })}`}
        </p>
      </header>
      <p className="channel-target">
        {t(`channels.kind.${kind}`)} · <span>{target}</span>
      </p>
      <p>
        {say(unitName)} <small>{unit}</small> · <Sending channel={channel} />
      </p>
      <Past channel={channel} />
      {!isDemo && <Ways channel={channel} />}
    </li>
  );
}

function Sending({ channel }: { channel: ChannelView }) {
  const { t, format } = useLanguage();
  const { least, mode, repeatHours, quietFrom, quietTo } = channel;
  const parts = [
    t('channels.least.from', { severity: t(`alertSeverity.${least}`) }),
    t(`channels.mode.${mode}`),
    ...(repeatHours === null
      ? []
      : [
          t('channels.repeat.every', {
            hours: Number.isInteger(repeatHours) ? format.number(repeatHours) : format.fine(repeatHours),
          }),
        ]),
    ...(quietFrom === null || quietTo === null
      ? []
      : [t('channels.quiet.between', { from: quietFrom, to: quietTo })]),
  ];
  return <span>{parts.join(' · ')}</span>;
}

/** When it was last sent and when that last failed, and why. */
function Past({ channel: { sentAt, failedAt, failure } }: { channel: ChannelView }) {
  const language = useLanguage();
  const { t, format } = language;
  const now = useAskedAt();
  const moment = (iso: string | null) =>
    iso === null ? t('channels.never') : format.moment(Date.parse(iso), now);
  return (
    <dl className="channel-past">
      <dt>{t('channels.sentAt')}</dt>
      <dd>{moment(sentAt)}</dd>
      {(failedAt !== null || failure !== null) && (
        <>
          <dt>{t('channels.failedAt')}</dt>
          <dd>
            {moment(failedAt)}
            {failure !== null && <strong> {wordFailure(failure, language)}</strong>}
          </dd>
        </>
      )}
    </dl>
  );
}

const RENEWS = { renews: ['listChannels'] } as const;

function Ways({ channel }: { channel: ChannelView }) {
  const { t } = useLanguage();
  const { id, name, isEnabled } = channel;
  const [isChanging, changeIt] = useState(false);
  const turn = useAct('changeChannel', RENEWS);
  const remove = useAct('removeChannel', RENEWS);
  return (
    <>
      <div className="channel-ways">
        {isEnabled && <Trial channel={channel} />}
        <button
          type="button"
          className="button"
          aria-expanded={isChanging}
          aria-label={t('channels.changeOf', { name })}
          onClick={() => changeIt(!isChanging)}
        >
          {t('channels.change')}
        </button>
        {isEnabled ? (
          <SureButton
            label={t('channels.switchOff')}
            about={t('channels.switchOffOf', { name })}
            isBusy={turn.isPending}
            onSure={() => turn.mutate({ id, isEnabled: false })}
          />
        ) : (
          <button
            type="button"
            className="button"
            aria-label={t('channels.switchOnOf', { name })}
            disabled={turn.isPending}
            onClick={() => turn.mutate({ id, isEnabled: true })}
          >
            {t('channels.switchOn')}
          </button>
        )}
        <SureButton
          label={t('channels.remove')}
          about={t('channels.removeOf', { name })}
          isBusy={remove.isPending}
          onSure={() => remove.mutate({ id })}
        />
        <Refusal error={turn.error ?? remove.error} />
      </div>
      {isChanging && <ChangeForm channel={channel} onDone={() => changeIt(false)} />}
    </>
  );
}

function Trial({ channel: { id, name } }: { channel: ChannelView }) {
  const language = useLanguage();
  const { t } = language;
  const trial = useAct('changeChannel', RENEWS);
  const { error } = trial;
  const reason =
    error instanceof ApiError && error.status === 422
      ? error.errors.find(({ field }) => field === 'target')
      : null;
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label={t('channels.trialOf', { name })}
        disabled={trial.isPending}
        onClick={() => trial.mutate({ id, sendTrial: true })}
      >
        {t('channels.trial')}
      </button>
      {trial.isSuccess && <span role="status">{t('channels.trialDone')}</span>}
      <Refusal
        error={error}
        words={reason ? t('channels.trialFailed', { reason: wordFailure(reason.reason, language) }) : null}
      />
    </>
  );
}

function ChangeForm({ channel, onDone }: { channel: ChannelView; onDone: () => void }) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(() => draftOf(channel));
  const save = useAct('changeChannel', { ...RENEWS, after: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: channel.id, ...factsOf(draft) });
  };
  return (
    <form
      className="office-form"
      aria-label={t('channels.changeOf', { name: channel.name })}
      onSubmit={submit}
      aria-busy={save.isPending}
    >
      <ChannelFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
      <div className="office-submit">
        <button type="submit" className="button primary" disabled={save.isPending}>
          {t('channels.save')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('office.cancel')}
        </button>
        <Refusal error={save.error} />
      </div>
    </form>
  );
}
