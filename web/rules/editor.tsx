/** One rule: its sentence with fields, what it would have done, saving, its versions. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { dayOf } from '../../shared/period.ts';
import type { RuleBody } from '../../shared/rule.ts';
import type { RuleVersionView, RuleView } from '../../shared/rule-view.ts';
import { takeProposal } from '../alerts/proposal.ts';
import { ApiError, ruleQuery, rulesQuery } from '../api.ts';
import { OfficeRead } from '../people/office.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Advanced } from './advanced.tsx';
import { readDraft, readJudged, startDraft } from './draft.ts';
import { type Drafting, DraftProvider } from './drafting.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { Decisions, OverridesLink } from './rule-ways.tsx';
import { newestOf, SavePanel } from './save-panel.tsx';
import { SentenceForm } from './sentence-form.tsx';
import { useTelling } from './telling.ts';
import { Versions } from './versions.tsx';
import { mayWrite } from './ways.ts';

/** The editor of a rule by its id. */
export function RuleEditor({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data, error, isPending, refetch } = useQuery(ruleQuery(id));
  const all = useQuery(rulesQuery());
  if (error instanceof ApiError && error.status === 404) return <p role="alert">{t('rules.missing')}</p>;
  return (
    <OfficeRead isPending={isPending || all.isPending} error={error} retry={() => void refetch()}>
      {data && (
        <Editor
          key={id}
          saved={data.rule}
          versions={data.versions}
          rules={all.data?.rules ?? []}
          fourEyes={data.fourEyes}
        />
      )}
    </OfficeRead>
  );
}

/** The editor of a rule that is not there yet. */
export function NewRule({ onMade }: { onMade: (rule: RuleView) => void }) {
  const { data, error, isPending, refetch } = useQuery(rulesQuery());
  return (
    <OfficeRead isPending={isPending} error={error} retry={() => void refetch()}>
      {data && (
        <Editor saved={null} versions={[]} rules={data.rules} fourEyes={data.fourEyes} onMade={onMade} />
      )}
    </OfficeRead>
  );
}

type EditorProps = {
  saved: RuleView | null;
  versions: readonly RuleVersionView[];
  rules: readonly RuleView[];
  fourEyes: boolean;
  onMade?: (rule: RuleView) => void;
};

/** What a draft begins as: what was proposed for the rule elsewhere, else its newest version, else a rule to begin with. */
function firstDraft(saved: RuleView | null, unit: string | null): RuleBody {
  const proposed = saved && takeProposal(saved.id);
  return proposed ?? (saved?.proposed ?? saved?.current)?.body ?? startDraft(unit);
}

/** The draft is not touched by what the server says after it was begun. */
function useDrafting({ saved, rules }: Pick<EditorProps, 'saved' | 'rules'>) {
  const { session, zone } = useSession();
  const today = dayOf(useAskedAt(), zone);
  const { telling, units } = useTelling(rules);
  const grant = session?.caller.grants.find(({ role }) => role === 'editor');
  const [draft, setDraft] = useState(() => firstDraft(saved, grant?.unit ?? session?.unit.ref ?? null));
  const [base, setBase] = useState(saved ? newestOf(saved) : null);
  const { body, faults } = useMemo(() => readDraft(draft), [draft]);
  const judged = useMemo(() => readJudged(draft), [draft]);
  const drafting = useMemo(
    (): Drafting => ({
      ...{ draft, faults, telling, units, rules, today },
      change: (part) => setDraft((before) => ({ ...before, ...part })),
    }),
    [draft, faults, telling, units, rules, today],
  );
  return { drafting, body, judged, base, setBase, setDraft };
}

function Editor({ saved, versions, rules, fourEyes, onMade }: EditorProps) {
  const { session } = useSession();
  const { t, say } = useLanguage();
  const { drafting, body, judged, base, setBase, setDraft } = useDrafting({ saved, rules });
  const { telling } = drafting;
  const maySave = saved ? saved.may.includes('save') : mayWrite(session);
  const takeBack = (rule: RuleView) => {
    setDraft(rule.current.body);
    setBase(newestOf(rule));
  };
  const onSaved = (rule: RuleView) => {
    setBase(newestOf(rule));
    onMade?.(rule);
  };
  return (
    <DraftProvider value={drafting}>
      <p className="rule-back">
        <Link href="/rules">← {t('rules.back')}</Link>
        {saved && <strong>{say(saved.current.body.name)}</strong>}
        {saved && <span>{t('rules.version', { version: base ?? 0 })}</span>}
        {saved && <OverridesLink rule={saved} />}
      </p>
      {saved?.proposed && <Decisions rule={saved} />}
      <div className="rule-editor">
        <div className="rule-write">
          <SentenceForm />
          <Advanced />
          {saved && (
            <button type="button" className="linklike" onClick={() => takeBack(saved)}>
              {t('save.takesBack')}
            </button>
          )}
          {maySave ? (
            <SavePanel {...{ body, saved, base, fourEyes, onSaved }} onRebase={setBase} />
          ) : (
            <p className="rule-why">{t(mayWrite(session) ? 'rules.noSave' : 'rules.noNew')}</p>
          )}
        </div>
        <PreviewPanel body={judged} rule={saved?.id ?? null} />
      </div>
      {versions.length > 0 && <Versions versions={versions} telling={telling} />}
    </DraftProvider>
  );
}
