import { useEffect } from 'react';
import type { Period } from '../shared/period.ts';
import { useSession } from './session.tsx';
import { useLanguage } from './words/words.ts';

/** Names the browser's tab: unit, period and page, then the site; `unit` is empty while it is not known. */
export function useTitle({ unit, period, page }: { unit: string; period: Period; page: string }): void {
  const { session } = useSession();
  const { t, say, format } = useLanguage();
  const site = session ? say(session.site) : 'IOC';
  const text = unit === '' ? site : t('app.title', { unit, period: format.period(period), page, site });
  useEffect(() => {
    document.title = text;
  }, [text]);
}

/** Names the browser's tab after a page that is of no unit: the page, then the site. */
export function usePageTitle(page: string): void {
  const { session } = useSession();
  const { say } = useLanguage();
  const site = session ? say(session.site) : 'IOC';
  useEffect(() => {
    document.title = `${page} – ${site}`;
  }, [page, site]);
}
