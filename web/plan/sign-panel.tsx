import { useId, useState } from 'react';
import { findIndicator } from '../../shared/catalogue.ts';
import type { TargetsAnswer, TargetVersion } from '../../shared/target-wire.ts';
import { Field, Refusal, useAct } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';
import { writeValue } from './writing.ts';

/** Targets that wait to be signed: what each says, and for editors the reason and the buttons. */
export function SignPanel({ waiting, fourEyes }: Pick<TargetsAnswer, 'waiting' | 'fourEyes'>) {
  const { t } = useLanguage();
  const id = useId();
  const [reason, setReason] = useState('');
  const decide = useAct('signTargets', { renews: ['listTargets', 'getFigures'] });
  const isShort = reason.trim().length < 3;
  const settle = (ids: number[], decision: 'sign' | 'reject') =>
    decide.mutate({ ids, decision, reason: reason.trim() });
  const mine = waiting.filter(({ may }) => may.includes('sign')).map((one) => one.id);
  const isEditor = waiting.some(({ may }) => may.length > 0);
  return (
    <section className="office-part sign-panel" aria-label={t('targets.waiting')}>
      <h2>{t('targets.waiting')}</h2>
      {fourEyes && <p className="plan-soft">{t('targets.fourEyes')}</p>}
      {isEditor && (
        <div className="plan-tools">
          <Field id={id} label={t('targets.signReason')} rule={t('rules.reasonRule')}>
            <input
              id={id}
              aria-describedby={`${id}-rule`}
              autoComplete="off"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          {mine.length > 1 && (
            <button
              type="button"
              className="button primary"
              disabled={isShort || decide.isPending}
              onClick={() => settle(mine, 'sign')}
            >
              {t('targets.signAll', { count: mine.length })}
            </button>
          )}
        </div>
      )}
      <Refusal error={decide.error} />
      <ul className="sign-list">
        {waiting.map((one) => (
          <Waiting key={one.id} version={one} isBusy={isShort || decide.isPending} settle={settle} />
        ))}
      </ul>
    </section>
  );
}

type WaitingProps = {
  version: TargetVersion;
  isBusy: boolean;
  settle: (ids: number[], decision: 'sign' | 'reject') => void;
};

function Waiting({ version, isBusy, settle }: WaitingProps) {
  const language = useLanguage();
  const { t, say } = language;
  const { id, unit, value, office, paper, reason, savedBy, may } = version;
  const indicator = findIndicator(version.indicator);
  const name = indicator ? say(indicator.words) : version.indicator;
  const about = { indicator: name, unit: say(unit.name) };
  return (
    <li>
      <div>
        <p>
          <b>{name}</b> · {say(unit.name)} ·{' '}
          <b>
            {value === null || !indicator ? t('targets.takenBack') : writeValue(indicator, value, language)}
          </b>
        </p>
        <p className="plan-soft">
          {t('targets.by', { office, paper })} · {savedBy} · “{reason}”
        </p>
      </div>
      <div className="sign-ways">
        {may.includes('sign') && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            aria-label={t('targets.signOf', about)}
            onClick={() => settle([id], 'sign')}
          >
            {t('targets.sign')}
          </button>
        )}
        {may.includes('reject') && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            aria-label={t('targets.rejectOf', about)}
            onClick={() => settle([id], 'reject')}
          >
            {t('targets.reject')}
          </button>
        )}
      </div>
    </li>
  );
}
