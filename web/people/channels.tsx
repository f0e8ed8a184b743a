import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { channelsQuery } from '../api.ts';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { Field, OneTimeText, Refusal, useAct } from './asking.tsx';
import { ChannelCard, DEMO_NOTE, useDemo } from './channel.tsx';
import { ChannelFields, factsOf, NEW_CHANNEL } from './channel-fields.tsx';
import { UnitField, useUnitChoice } from './grant-fields.tsx';
import { OfficeFrame, OfficeRead } from './office.tsx';
import './channels.css';

type Made = { name: string; secret: string };

/** The channels by which alerts go out of an administrator's units: made, tried out, changed, switched off, removed. */
export function ChannelsPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const [made, setMade] = useState<Made | null>(null);
  return (
    <OfficeFrame page="channels" about={t('channels.about')} preferences={preferences}>
      {made && (
        <OneTimeText
          title={t('channels.made', { name: made.name })}
          how={t('channels.madeHow')}
          text={made.secret}
        />
      )}
      <NewChannel onMade={setMade} />
      <ChannelList />
    </OfficeFrame>
  );
}

function NewChannel({ onMade }: { onMade: (made: Made | null) => void }) {
  const { t } = useLanguage();
  const isDemo = useDemo();
  const [isOpen, open] = useState(false);
  return (
    <section className="office-part" aria-label={t('channels.add')}>
      <button
        type="button"
        className="button"
        aria-expanded={isOpen}
        aria-describedby={isDemo ? DEMO_NOTE : undefined}
        disabled={isDemo}
        onClick={() => open(!isOpen)}
      >
        {t('channels.add')}
      </button>
      {isDemo && <p id={DEMO_NOTE}>{t('problem.demoSends')}.</p>}
      {isOpen && (
        <NewChannelForm
          onMade={(made) => {
            onMade(made);
            open(false);
          }}
        />
      )}
    </section>
  );
}

function NewChannelForm({ onMade }: { onMade: (made: Made | null) => void }) {
  const { t } = useLanguage();
  const { data } = useQuery(channelsQuery());
  const [draft, setDraft] = useState(NEW_CHANNEL);
  const [unitText, setUnit] = useState('');
  const choice = useUnitChoice();
  const unit = choice.find(unitText);
  const make = useAct('addChannel', {
    renews: ['listChannels'],
    after: ({ channel: { name }, secret }) => onMade(secret === null ? null : { name, secret }),
  });
  const canMail = data?.canMail ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (unit) make.mutate({ kind: draft.kind, unit: unit.ref, ...factsOf(draft) });
  };
  return (
    <form className="office-form" onSubmit={submit} aria-busy={make.isPending}>
      <Field id="channel-kind" label={t('channels.kind')} {...(!canMail && { rule: t('channels.noMail') })}>
        <select
          id="channel-kind"
          aria-describedby={canMail ? undefined : 'channel-kind-rule'}
          value={draft.kind}
          onChange={(event) =>
            setDraft({ ...draft, kind: event.target.value === 'mail' ? 'mail' : 'webhook', target: '' })
          }
        >
          <option value="webhook">{t('channels.kind.webhook')}</option>
          <option value="mail" disabled={!canMail}>
            {t('channels.kind.mail')}
          </option>
        </select>
      </Field>
      <UnitField choice={choice} value={unitText} rule={t('channels.unitRule')} onChange={setUnit} />
      <ChannelFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
      <div className="office-submit">
        <button type="submit" className="button primary" disabled={make.isPending || !unit}>
          {t('channels.create')}
        </button>
        <Refusal error={make.error} />
      </div>
    </form>
  );
}

function ChannelList() {
  const { t } = useLanguage();
  const { data, error, isPending, refetch } = useQuery(channelsQuery());
  const channels = data?.channels ?? [];
  return (
    <OfficeRead isPending={isPending} error={error} retry={() => void refetch()}>
      <ul className="channels">
        {channels.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} />
        ))}
      </ul>
      {channels.length === 0 && <p>{t('office.empty')}</p>}
    </OfficeRead>
  );
}
