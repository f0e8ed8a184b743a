/** What may be done with a rule as a whole: approve, reject, withdraw. What may not is not offered, and why is told. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { RuleView } from '../../shared/rule-view.ts';
import { useAct } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';
import { ReasonForm } from './reason-form.tsx';

/** The version that waits for approval, with the ways to decide; its editor is told to wait for somebody else. */
export function Decisions({ rule }: { rule: RuleView }) {
  const { t } = useLanguage();
  const [decision, decide] = useState<'approve' | 'reject' | null>(null);
  const act = useAct('decideRule', { renews: ['listRules', 'getRule'], after: () => decide(null) });
  const { proposed } = rule;
  if (!proposed) return null;
  const { version, savedBy, reason } = proposed;
  return (
    <div className="rule-proposed">
      <p>{t('rules.proposed', { version, who: savedBy ?? '', reason: reason ?? '' })}</p>
      {rule.may.includes('approve') ? (
        <div className="rule-decide">
          {(['approve', 'reject'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="button"
              aria-expanded={decision === one}
              onClick={() => decide(decision === one ? null : one)}
            >
              {t(`rules.${one}`)}
            </button>
          ))}
        </div>
      ) : (
        <p className="rule-why">{t('rules.notYours')}</p>
      )}
      {decision && (
        <ReasonForm
          submit={t(`rules.${decision}`)}
          isBusy={act.isPending}
          error={act.error}
          onSubmit={(why) => act.mutate({ id: rule.id, version, decision, reason: why })}
        />
      )}
    </div>
  );
}

/** Takes a rule out of use, with a reason. */
export function Withdraw({ rule }: { rule: RuleView }) {
  const { t, say } = useLanguage();
  const [isOpen, open] = useState(false);
  const act = useAct('decideRule', { renews: ['listRules', 'getRule'], after: () => open(false) });
  if (!rule.may.includes('withdraw')) return null;
  const name = say(rule.current.body.name);
  return (
    <>
      <button
        type="button"
        className="button"
        aria-expanded={isOpen}
        aria-label={t('rules.withdrawOf', { name })}
        onClick={() => open(!isOpen)}
      >
        {t('rules.withdraw')}
      </button>
      {isOpen && (
        <div className="rule-withdraw">
          <p>{t('rules.withdrawHow')}</p>
          <ReasonForm
            submit={t('rules.confirm')}
            isBusy={act.isPending}
            error={act.error}
            onSubmit={(reason) =>
              act.mutate({ id: rule.id, version: rule.current.version, decision: 'withdraw', reason })
            }
          />
        </div>
      )}
    </>
  );
}

/** The way to the overrides of a rule. */
export function OverridesLink({ rule }: { rule: RuleView }) {
  const { t } = useLanguage();
  return (
    <Link href={`/thresholds?rule=${encodeURIComponent(rule.id)}`}>
      {t('rules.overrides', { count: rule.overrides })}
    </Link>
  );
}
