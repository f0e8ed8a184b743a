import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { alertPages } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { OfficeRead } from '../people/office.tsx';
import { useLanguage } from '../words/words.ts';
import type { AlertFilter, ReadTab } from './filter.ts';
import { useKeys } from './keys.ts';
import { AlertList } from './list.tsx';
import { alertPath, FROM_CENTRE } from './place.ts';
import { stepsOf, usePlace } from './working.ts';

/** After so long without a further letter a text is looked for. */
const SETTLED_MS = 300;

/** A text as it was when nothing more was typed into it for a moment. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** At most so often a list is asked for again. */
const AGAIN_MS = 2000;

/** Asks again when the link tells that an episode changed. */
function useAskedAgain(ask: () => unknown): void {
  const { state } = useFollowing();
  const told = state?.alerts;
  const seen = useRef(told);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (told === undefined || told === seen.current || timer.current !== undefined) return;
    seen.current = told;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      ask();
    }, AGAIN_MS);
  }, [told, ask]);
  useEffect(() => () => clearTimeout(timer.current), []);
}

type ReadListProps = { tab: ReadTab; filter: AlertFilter; unit: string | null };

/** Episodes that do not arrive live: messages and those that are over, by pages, found by the server. */
export function ReadList({ tab, filter, unit }: ReadListProps) {
  const { t, format } = useLanguage();
  const { severity, rule } = filter;
  const text = useSettled(filter.text.trim());
  const [, navigate] = useLocation();
  const pages = useInfiniteQuery(
    alertPages(tab, {
      ...(unit !== null && { unit }),
      ...(severity !== null && { severity }),
      ...(rule !== null && { rule }),
      ...(text !== '' && { text }),
    }),
  );
  useAskedAgain(pages.refetch);
  const alerts = pages.data?.pages.flatMap((page) => page.alerts) ?? [];
  const isNarrowed = severity !== null || rule !== null || filter.text !== '';
  const place = usePlace(alerts);
  useKeys({
    ...stepsOf(place, alerts.length),
    enter: () => place.current && navigate(alertPath(place.current.id), { state: FROM_CENTRE }),
  });
  return (
    <OfficeRead isPending={pages.isPending} error={pages.error} retry={() => void pages.refetch()}>
      <div className="alert-tools">
        <p role="status">
          {t(tab === 'message' ? 'alerts.messageCount' : 'alerts.count', {
            amount: format.number(alerts.length),
          })}
        </p>
        {pages.hasNextPage && (
          <button
            type="button"
            className="button"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('alerts.more')}
          </button>
        )}
      </div>
      <section className="alert-box" id="alert-list" aria-label={t(`alertTab.${tab}`)}>
        {alerts.length === 0 ? (
          <p className="panel-empty">
            {t(isNarrowed ? 'alerts.noneFound' : tab === 'message' ? 'alerts.noMessages' : 'alerts.none')}
          </p>
        ) : (
          <AlertList
            alerts={alerts}
            label={t(`alertTab.${tab}`)}
            at={place.current?.id ?? null}
            focusWish={place.focusWish}
            onFocus={place.settle}
            selected={null}
            seenSeq={null}
          />
        )}
      </section>
    </OfficeRead>
  );
}
