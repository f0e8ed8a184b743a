/** A rule that is being written outlives a reload of the page, and is not left without asking. */
import { useEffect } from 'react';
import type { RuleBody } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';

/** A draft with the version it was edited from; null of a new rule. */
export type KeptDraft = { draft: RuleBody; base: number | null };

const keyOf = (rule: string | null) => `rule-draft ${rule ?? ''}`;

function isKept(kept: unknown): kept is KeptDraft {
  if (typeof kept !== 'object' || kept === null || !('draft' in kept) || !('base' in kept)) return false;
  const { draft } = kept;
  return typeof draft === 'object' && draft !== null && 'condition' in draft && 'levels' in draft;
}

/** The draft this browser keeps of a rule (null: of a new one); null where there is none. */
export function readKept(rule: string | null): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(rule)) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps the draft of a rule; null forgets it. */
export function keepDraft(rule: string | null, kept: KeptDraft | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(keyOf(rule));
    else sessionStorage.setItem(keyOf(rule), JSON.stringify(kept));
  } catch {
    // A browser without storage asks before it leaves; that is all it can do.
  }
}

/** Asks before a page with unsaved changes is left: by a link of ours, by a reload, or for good. */
export function useAskBeforeLeaving(isDirty: boolean): void {
  const { t } = useLanguage();
  useEffect(() => {
    if (!isDirty) return;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      const isHere = link?.getAttribute('target') !== '_blank' && !link?.hasAttribute('download');
      if (!link || !isHere || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (window.confirm(t('save.leave'))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', unload);
    document.addEventListener('click', click, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', unload);
      document.removeEventListener('click', click, { capture: true });
    };
  }, [isDirty, t]);
}
