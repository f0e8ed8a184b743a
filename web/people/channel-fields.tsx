import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { ALERT_SEVERITIES } from '../../shared/rule.ts';
import type { ChannelView } from '../../shared/rule-view.ts';
import { ALERT_SHAPES } from '../alerts/figure.ts';
import { channelsQuery } from '../api.ts';
import { useLanguage } from '../words/words.ts';
import { Field } from './asking.tsx';

/** A channel as it stands in a form. */
export type ChannelDraft = Pick<ChannelView, 'kind' | 'name' | 'target' | 'least' | 'mode'> & {
  repeatHours: string;
  quietFrom: string;
  quietTo: string;
};

/** A form for a channel that is yet to be made. */
export const NEW_CHANNEL: ChannelDraft = {
  ...{ kind: 'webhook', name: '', target: '', least: 'warning', mode: 'immediate' },
  ...{ repeatHours: '', quietFrom: '', quietTo: '' },
};

/** The form of a channel that is there. */
export function draftOf({ kind, name, target, least, mode, ...more }: ChannelView): ChannelDraft {
  const { repeatHours, quietFrom, quietTo } = more;
  return {
    ...{ kind, name, target, least, mode, quietFrom: quietFrom ?? '', quietTo: quietTo ?? '' },
    repeatHours: repeatHours === null ? '' : String(repeatHours),
  };
}

/** What a form says of a channel. */
export const factsOf = ({ name, target, least, mode, repeatHours, quietFrom, quietTo }: ChannelDraft) => ({
  ...{ name: name.trim(), target: target.trim(), least, mode },
  repeatHours: repeatHours === '' || mode === 'digest' ? null : Number(repeatHours),
  quietFrom: quietFrom === '' || mode === 'digest' ? null : quietFrom,
  quietTo: quietTo === '' || mode === 'digest' ? null : quietTo,
});

type FieldsProps = { draft: ChannelDraft; onChange: (part: Partial<ChannelDraft>) => void };

/** The fields of a channel but for its kind and its unit, which never change. */
export function ChannelFields({ draft, onChange }: FieldsProps) {
  const { t } = useLanguage();
  const id = useId();
  const { kind, name, target, mode } = draft;
  const allowsPrivate = useQuery(channelsQuery()).data?.allowsPrivate === true;
  const rule = kind === 'webhook' && allowsPrivate ? 'webhookAnywhere' : kind;
  return (
    <>
      <Field id={`${id}-name`} label={t('channels.name')}>
        <input
          id={`${id}-name`}
          autoComplete="off"
          required={true}
          maxLength={120}
          value={name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field id={`${id}-target`} label={t(`channels.target.${kind}`)} rule={t(`channels.targetRule.${rule}`)}>
        <input
          id={`${id}-target`}
          aria-describedby={`${id}-target-rule`}
          autoComplete="off"
          inputMode={kind === 'mail' ? 'email' : 'url'}
          spellCheck={false}
          required={true}
          maxLength={1000}
          value={target}
          onChange={(event) => onChange({ target: event.target.value })}
        />
      </Field>
      <WhatFields draft={draft} onChange={onChange} />
      {mode === 'immediate' && <WhenFields draft={draft} onChange={onChange} />}
    </>
  );
}

function WhatFields({ draft: { least, mode }, onChange }: FieldsProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <Field id={`${id}-least`} label={t('channels.least')}>
        <select
          id={`${id}-least`}
          value={least}
          onChange={(event) =>
            onChange({ least: ALERT_SEVERITIES.find((one) => one === event.target.value) ?? least })
          }
        >
          {ALERT_SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {`${ALERT_SHAPES[severity]} ${t(`alertSeverity.${severity}`)}`}
            </option>
          ))}
        </select>
      </Field>
      <Field id={`${id}-mode`} label={t('channels.mode')} rule={t(`channels.modeRule.${mode}`)}>
        <select
          id={`${id}-mode`}
          aria-describedby={`${id}-mode-rule`}
          value={mode}
          onChange={(event) => onChange({ mode: event.target.value === 'digest' ? 'digest' : 'immediate' })}
        >
          <option value="immediate">{t('channels.mode.immediate')}</option>
          <option value="digest">{t('channels.mode.digest')}</option>
        </select>
      </Field>
    </>
  );
}

function WhenFields({ draft: { repeatHours, quietFrom, quietTo }, onChange }: FieldsProps) {
  const { t } = useLanguage();
  const id = useId();
  const hasQuiet = quietFrom !== '' || quietTo !== '';
  return (
    <>
      <Field id={`${id}-repeat`} label={t('channels.repeat')} rule={t('channels.repeatRule')}>
        <input
          id={`${id}-repeat`}
          aria-describedby={`${id}-repeat-rule`}
          type="number"
          min={0.25}
          max={168}
          step={0.25}
          value={repeatHours}
          onChange={(event) => onChange({ repeatHours: event.target.value })}
        />
      </Field>
      <TimeField
        label={t('channels.quietFrom')}
        rule={t('channels.quietRule')}
        isRequired={hasQuiet}
        value={quietFrom}
        onChange={(time) => onChange({ quietFrom: time })}
      />
      <TimeField
        label={t('channels.quietTo')}
        rule={t('channels.quietToRule')}
        isRequired={hasQuiet}
        value={quietTo}
        onChange={(time) => onChange({ quietTo: time })}
      />
    </>
  );
}

type TimeProps = {
  label: string;
  rule: string;
  isRequired: boolean;
  value: string;
  onChange: (time: string) => void;
};

/** A time of the day as offices write it: a browser's own field would show it by halves of a day. */
function TimeField({ label, rule, isRequired, value, onChange }: TimeProps) {
  const id = useId();
  return (
    <Field id={id} label={label} rule={rule}>
      <input
        id={id}
        aria-describedby={`${id}-rule`}
        autoComplete="off"
        inputMode="numeric"
        pattern="([01]\d|2[0-3]):[0-5]\d"
        maxLength={5}
        required={isRequired}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
