/** Saving a draft: what changes, against whom it stands, why; and what happens when somebody was faster. */
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { RuleBody } from '../../shared/rule.ts';
import type { RuleView } from '../../shared/rule-view.ts';
import { ApiError } from '../api.ts';
import { useAct } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';
import { Differences } from './differences.tsx';
import { TRIED, useDraft } from './drafting.ts';
import { ReasonForm } from './reason-form.tsx';
import { findRivals } from './rivals.ts';

type SaveProps = {
  /** The draft as the contract reads it; null while something is wrong. */
  body: RuleBody | null;
  /** The rule as it is in force; null of a new one. */
  saved: RuleView | null;
  /** The version it was edited from; null of a new one. */
  base: number | null;
  fourEyes: boolean;
  /** The draft is from now on edited from what was saved. */
  onSaved: (rule: RuleView) => void;
  /** The draft is from now on edited from the version that somebody else saved. */
  onRebase: (version: number) => void;
};

/** The newest version there is of a rule: the one that waits for approval, else the one in force. */
export function newestOf(rule: RuleView): number {
  return Math.max(rule.current.version, rule.proposed?.version ?? 0);
}

/** Saves a draft with a reason. Nothing typed is lost when somebody else saved in between: it is told, and may be saved over. */
export function SavePanel({ body, saved, base, fourEyes, onSaved, onRebase }: SaveProps) {
  const { draft, telling, faults, isShown, touch } = useDraft();
  const { t } = useLanguage();
  const isTold = isShown(TRIED) || [...faults.values()].some(({ word }) => word !== 'rules.fault.text');
  const [done, setDone] = useState<RuleView | null>(null);
  const client = useQueryClient();
  const save = useAct('saveRule', {
    renews: ['listRules', 'getRule'],
    after: (rule) => {
      setDone(rule);
      onSaved(rule);
    },
  });
  const isConflict = save.error instanceof ApiError && save.error.status === 409;
  const send = (reason: string, from: number | null) => {
    if (!body) {
      touch(TRIED);
      return;
    }
    setDone(null);
    save.mutate(
      { id: saved?.id ?? null, base: from, body, reason },
      { onError: () => void client.invalidateQueries({ queryKey: ['getRule'] }) },
    );
  };
  const newest = saved ? newestOf(saved) : null;
  const isBehind = isConflict && saved !== null && newest !== null && newest !== base;
  return (
    <section className="rule-save" aria-label={t('save.title')}>
      <h2>{t('save.title')}</h2>
      {saved && (
        <div>
          <h3>{t('save.changes')}</h3>
          <Differences
            before={saved.current.body}
            after={draft}
            heads={{ before: t('save.before'), after: t('save.after') }}
            telling={telling}
            same={t('save.same')}
          />
        </div>
      )}
      <Rivals saved={saved} />
      {fourEyes && <p className="rule-four-eyes">{t('save.fourEyes')}</p>}
      {!body && isTold && <p className="slot-fault">{t('save.broken')}</p>}
      {isBehind && <Conflict rule={saved} />}
      <ReasonForm
        submit={isBehind ? t('save.onTop', { version: newest }) : t('save.submit')}
        isBusy={save.isPending}
        isDisabled={!body && isTold}
        error={isBehind ? null : save.error}
        onSubmit={(reason) => {
          if (isBehind) onRebase(newest);
          send(reason, isBehind ? newest : base);
        }}
      />
      {done && !save.isPending && <Done rule={done} />}
    </section>
  );
}

function Conflict({ rule }: { rule: RuleView }) {
  const { t } = useLanguage();
  const { savedBy, version } = rule.proposed ?? rule.current;
  return (
    <p className="refusal" role="alert">
      {t('save.conflict', { who: savedBy ?? '', version })}
    </p>
  );
}

function Done({ rule }: { rule: RuleView }) {
  const { t } = useLanguage();
  const words = rule.proposed
    ? t('save.proposed', { version: rule.proposed.version })
    : t('save.done', { version: rule.current.version });
  return (
    <p className="rule-done" role="status">
      {words}
    </p>
  );
}

/** The rules that judge the same as the draft, and who wins. */
function Rivals({ saved }: { saved: RuleView | null }) {
  const { draft, rules, units } = useDraft();
  const { t, say } = useLanguage();
  const rivals = useMemo(() => {
    // A rule that is not there yet comes after every other.
    const own = saved ? { id: saved.id, version: newestOf(saved) + 1 } : { id: '\uffff', version: 1 };
    return findRivals(draft, { own, rules, units: units.units });
  }, [draft, saved, rules, units.units]);
  if (rivals.length === 0) return null;
  return (
    <div className="rivals">
      <h3>{t('save.rivals')}</h3>
      <ul>
        {rivals.map((rival) => (
          <li key={rival.id}>
            <Link href={`/rules/${encodeURIComponent(rival.id)}`}>
              {t(rival.wins ? 'save.rivalWins' : 'save.rivalLoses', { name: say(rival.name) })}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
