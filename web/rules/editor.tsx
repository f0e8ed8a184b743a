/** One rule: its sentence with fields, what it would have done, saving, its versions. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
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
import { completeTexts, readDraft, readJudged, startDraft } from './draft.ts';
import { type Drafting, DraftProvider, TRIED } from './drafting.ts';
import { keepDraft, readKept, useAskBeforeLeaving } from './kept-draft.ts';
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
function firstDraft(saved: RuleView | null, unit: string | null): { body: RuleBody; isProposed: boolean } {
  const proposed = saved && takeProposal(saved.id);
  if (proposed) return { body: proposed, isProposed: true };
  return { body: (saved?.proposed ?? saved?.current)?.body ?? startDraft(unit), isProposed: false };
}

/** Which places a hand was in. */
function useTouched() {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const touch = useCallback(
    (path: string) => setTouched((before) => (before.has(path) ? before : new Set(before).add(path))),
    [],
  );
  return { touched, touch };
}

/** The draft is not touched by what the server says after it was begun. */
function useDrafting({ saved, rules }: Pick<EditorProps, 'saved' | 'rules'>) {
  const { session, zone } = useSession();
  const today = dayOf(useAskedAt(), zone);
  const { telling, units } = useTelling(rules);
  const grant = session?.caller.grants.find(({ role }) => role === 'editor');
  const [{ body: begun, isProposed }] = useState(() =>
    firstDraft(saved, grant?.unit ?? session?.unit.ref ?? null),
  );
  const [first, setFirst] = useState(begun);
  const [kept] = useState(() => (isProposed ? null : readKept(saved?.id ?? null)));
  const [draft, setDraft] = useState(kept?.draft ?? first);
  const [base, setBase] = useState(kept ? kept.base : saved ? newestOf(saved) : null);
  const { touched, touch } = useTouched();
  const { body, faults } = useMemo(() => readDraft(completeTexts(draft)), [draft]);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(first);
  useEffect(() => {
    keepDraft(saved?.id ?? null, isDirty ? { draft, base } : null);
  }, [saved?.id, isDirty, draft, base]);
  useAskBeforeLeaving(isDirty);
  const judged = useMemo(() => readJudged(draft), [draft]);
  const drafting = useMemo(
    (): Drafting => ({
      ...{ draft, faults, telling, units, rules, today, touch },
      isShown: (path) => saved !== null || touched.has(path) || touched.has(TRIED),
      change: (part) => setDraft((before) => ({ ...before, ...part })),
    }),
    [draft, faults, telling, units, rules, today, touch, touched, saved],
  );
  return {
    drafting,
    body,
    judged,
    base,
    setBase,
    setDraft,
    setFirst,
    hasKept: kept !== null && isDirty,
    first,
  };
}

function Editor({ saved, versions, rules, fourEyes, onMade }: EditorProps) {
  const { session } = useSession();
  const { t, say } = useLanguage();
  const { drafting, body, judged, base, setBase, setDraft, setFirst, ...kept } = useDrafting({
    saved,
    rules,
  });
  const { telling } = drafting;
  const maySave = saved ? saved.may.includes('save') : mayWrite(session);
  const takeBack = (rule: RuleView) => {
    setFirst(rule.current.body);
    setDraft(rule.current.body);
    setBase(newestOf(rule));
  };
  const onSaved = (rule: RuleView) => {
    // What was saved is what further changes are told from; nothing of it is left to be kept.
    setFirst(drafting.draft);
    keepDraft(saved?.id ?? null, null);
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
      {kept.hasKept && (
        <p className="rule-kept" role="status">
          {t('save.kept')}{' '}
          <button type="button" className="linklike" onClick={() => setDraft(kept.first)}>
            {t('save.keptDrop')}
          </button>
        </p>
      )}
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
