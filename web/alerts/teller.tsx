import { useEffect, useRef, useState } from 'react';
import type { AlertBrief } from '../../shared/alert.ts';
import { useFollowing } from '../following.tsx';
import { useSession } from '../session.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { compareAlerts } from './counts.ts';
import { type Standing, useBell, useListening } from './listening.ts';

/** How many new episodes are read out by name; more are counted. */
const NAMED = 3;

const signOf = ({ id, severity }: AlertBrief) => `${id} ${severity}`;

/** Episodes that are new since those known (null: nothing was known, so nothing is new), and what is known then. */
export function findNews(
  known: ReadonlySet<string> | null,
  alerts: readonly AlertBrief[],
): { news: AlertBrief[]; known: ReadonlySet<string> } {
  const standing = alerts.filter((alert) => alert.label === 'new');
  const news = known === null ? [] : standing.filter((alert) => !known.has(signOf(alert)));
  return { news: news.sort(compareAlerts), known: new Set(standing.map(signOf)) };
}

/** New episodes in one sentence each, a few; of many how many there are and the worst. */
export function wordNews(news: readonly AlertBrief[], { t, say }: Pick<Language, 't' | 'say'>): string {
  const word = (alert: AlertBrief) =>
    t('alerts.news', {
      severity: t(`alertSeverity.${alert.severity}`),
      name: say(alert.name),
      unit: say(alert.unitName),
    });
  const [worst] = news;
  if (!worst) return '';
  if (news.length <= NAMED) return news.map(word).join(' ');
  return `${t('alerts.newsMany', { count: news.length })} ${word(worst)}`;
}

/** Tells of new episodes of the followed unit: to screen readers, at once where one is critical, and by a tone. Shows nothing. */
export function AlertTeller({ standing }: { standing: Standing }) {
  const { ref, state, serverNow } = useFollowing();
  const { session } = useSession();
  const language = useLanguage();
  const alerts = state?.alerts ?? null;
  const { isOn } = useBell(standing, session?.caller ?? null);
  useListening({ alerts, standing, isOn, serverNow });
  const [told, tell] = useState({ polite: '', assertive: '' });
  const known = useRef<{ ref: string; signs: ReadonlySet<string> } | null>(null);
  useEffect(() => {
    if (alerts === null) return;
    const before = known.current?.ref === ref ? known.current.signs : null;
    const { news, known: signs } = findNews(before, alerts);
    known.current = { ref, signs };
    if (news.length === 0) return;
    const words = wordNews(news, language);
    const isCritical = news.some(({ severity }) => severity === 'critical');
    tell(isCritical ? { polite: '', assertive: words } : { polite: words, assertive: '' });
  }, [alerts, ref, language]);
  return (
    <div className="hidden">
      <p role="status" aria-live="polite">
        {told.polite}
      </p>
      <p role="alert" aria-live="assertive">
        {told.assertive}
      </p>
    </div>
  );
}
