import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { closedPages } from '../api.ts';
import { OfficeRead } from '../people/office.tsx';
import { useLanguage } from '../words/words.ts';
import { type AlertFilter, isFound } from './filter.ts';
import { useKeys } from './keys.ts';
import { AlertList } from './list.tsx';
import { alertPath, FROM_CENTRE } from './place.ts';
import { stepsOf, usePlace } from './working.ts';

/** Episodes that are over, the newest first, by pages. */
export function ClosedList({ filter, unit }: { filter: AlertFilter; unit: string | null }) {
  const { t, format } = useLanguage();
  const { severity, rule } = filter;
  const [, navigate] = useLocation();
  const pages = useInfiniteQuery(
    closedPages({
      ...(unit !== null && { unit }),
      ...(severity !== null && { severity }),
      ...(rule !== null && { rule }),
    }),
  );
  const loaded = pages.data?.pages.flatMap((page) => page.alerts) ?? [];
  const alerts = loaded.filter((alert) => isFound(alert, filter));
  const isNarrowed = severity !== null || rule !== null || filter.text !== '';
  const place = usePlace(alerts);
  useKeys({
    ...stepsOf(place, alerts.length),
    enter: () => place.current && navigate(alertPath(place.current.id), { state: FROM_CENTRE }),
  });
  return (
    <OfficeRead isPending={pages.isPending} error={pages.error} retry={() => void pages.refetch()}>
      <div className="alert-tools">
        <p role="status">{t('alerts.count', { amount: format.number(alerts.length) })}</p>
        {filter.text !== '' && pages.hasNextPage && (
          <p>{t('alerts.amongLoaded', { count: loaded.length })}</p>
        )}
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
      <section className="alert-box" id="alert-list" aria-label={t('alertTab.closed')}>
        {alerts.length === 0 ? (
          <p className="panel-empty">{t(isNarrowed ? 'alerts.noneFound' : 'alerts.none')}</p>
        ) : (
          <AlertList
            alerts={alerts}
            label={t('alertTab.closed')}
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
