import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import { closedPages } from '../api.ts';
import { OfficeRead } from '../people/office.tsx';
import { useLanguage } from '../words/words.ts';
import { type AlertFilter, isFound } from './filter.ts';
import { useKeys } from './keys.ts';
import { AlertList } from './list.tsx';
import { alertPath } from './place.ts';

/** Episodes that are over, the newest first, by pages. */
export function ClosedList({ filter, unit }: { filter: AlertFilter; unit: string | null }) {
  const { t } = useLanguage();
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
  const [at, moveTo] = useState<number | null>(null);
  const index = alerts.findIndex(({ id }) => id === at);
  const step = (by: number) =>
    moveTo(alerts[Math.max(0, Math.min(alerts.length - 1, index + by))]?.id ?? null);
  const onFocus = useCallback((id: number) => moveTo(id), []);
  useKeys({
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    enter: () => at !== null && navigate(alertPath(at)),
  });
  return (
    <OfficeRead isPending={pages.isPending} error={pages.error} retry={() => void pages.refetch()}>
      <div className="alert-tools">
        <p role="status">{t('alerts.count', { count: alerts.length })}</p>
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
          <p className="panel-empty">{t('alerts.noneFound')}</p>
        ) : (
          <AlertList
            alerts={alerts}
            label={t('alertTab.closed')}
            at={at}
            holdsFocus={at !== null}
            onFocus={onFocus}
            selected={null}
            seenSeq={null}
          />
        )}
      </section>
    </OfficeRead>
  );
}
