/** Rules in the browser: which there are, and one of them as a sentence that is written with its preview beside it. */
import { useLocation } from 'wouter';
import { OfficeFrame } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { NewRule, RuleEditor } from './editor.tsx';
import { RuleList } from './rule-list.tsx';
import './rules.css';
import './sentence.css';
import './thresholds.css';
import './preview.css';
import './load.css';

function idOf(path: string): string {
  const part = path.split('/')[2] ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `/rules` the rules in force, `/rules/new` a new one, `/rules/ID` one of them. */
export function RulesPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const [path, navigate] = useLocation();
  const id = idOf(path);
  return (
    <OfficeFrame page="rules" about={t('rules.about')} preferences={preferences}>
      {id === '' && <RuleList />}
      {id === 'new' && (
        <NewRule onMade={(rule) => navigate(`/rules/${encodeURIComponent(rule.id)}`, { replace: true })} />
      )}
      {id !== '' && id !== 'new' && <RuleEditor id={id} />}
    </OfficeFrame>
  );
}
