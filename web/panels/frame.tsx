import type { ReactNode } from 'react';
import { ApiError } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { formatAge } from '../format.ts';
import { Guard } from '../guard.tsx';
import { hasFigures, type PanelState } from '../panel-state.ts';
import { type PlainKey, useLanguage } from '../words/words.ts';

type FrameProps = {
  title: ReactNode;
  /** Behind the title, in small type. */
  note?: ReactNode;
  /** At the right end of the head: links and switches. */
  aside?: ReactNode;
  state: PanelState;
  retry?: () => void;
  /** What to do when there is nothing; a general advice without it. */
  emptyNext?: string;
  className?: string;
  /** Makes the panel a place to jump to. */
  id?: string;
  children: ReactNode;
};

/** The box every panel lives in: what each state of a panel looks like, once for all. */
export function PanelFrame(props: FrameProps) {
  const { title, note, aside, state, className = '', id, children } = props;
  return (
    <section
      id={id}
      tabIndex={id === undefined ? undefined : -1}
      className={`panel ${className}`}
      data-state={state.kind}
      aria-busy={state.kind === 'loading'}
    >
      <header className="panel-head">
        <h2 className="panel-title">{title}</h2>
        {note !== undefined && <p className="panel-note">{note}</p>}
        {state.kind === 'late' && <LateSince since={state.since} />}
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
      <div className="panel-body">
        {hasFigures(state) ? <Guard fallback={standIn}>{children}</Guard> : <PanelStead {...props} />}
      </div>
    </section>
  );
}

const standIn = (error: Error, retry: () => void) => <PanelError error={error} retry={retry} fault="page" />;

/** Data older than it should be: dashed shape and words, never colour alone. */
export function LateMark({ text }: { text: string }) {
  return (
    <span className="late-mark">
      <span className="late-shape" aria-hidden="true" /> {text}
    </span>
  );
}

function LateSince({ since }: { since: number }) {
  const { lang } = useLanguage();
  const { serverNow } = useFollowing();
  return <LateMark text={formatAge(serverNow() - since, lang)} />;
}

/** `missing`: what is said where it is no unit that is not there. */
type SteadProps = Pick<FrameProps, 'state' | 'retry' | 'emptyNext'> & { missing?: PlainKey };

/** What stands in the stead of figures that are not there. */
export function PanelStead({ state, retry, emptyNext, missing }: SteadProps) {
  const { t } = useLanguage();
  if (state.kind === 'loading') {
    return (
      <div className="skeleton" role="status">
        <span className="hidden">{t('panel.loading')}</span>
      </div>
    );
  }
  if (state.kind === 'nobody') return <p className="panel-empty">{t('panel.nobody')}</p>;
  if (state.kind === 'empty') {
    return (
      <div className="panel-empty">
        <p>{t('panel.empty')}</p>
        <p className="panel-next">{emptyNext ?? t('panel.emptyNext')}</p>
      </div>
    );
  }
  if (state.kind === 'offline') return <PanelError error={state.error ?? UNREACHED} retry={retry} />;
  if (state.kind === 'missing' && state.error.status === 404 && missing)
    return (
      <div className="panel-error" role="alert">
        <p>{t(missing)}</p>
      </div>
    );
  return <PanelError error={'error' in state ? state.error : null} retry={retry} />;
}

const UNREACHED = new ApiError({ status: 0, title: '', detail: '' });

type ErrorProps = { error: Error | null; retry?: (() => void) | undefined; fault?: 'server' | 'page' };

/** Why there are no figures, in our own words; what the server said is a title. A way to try again only where it helps. */
export function PanelError({ error, retry, fault = 'server' }: ErrorProps) {
  const { t } = useLanguage();
  const { word, canRetry } =
    fault === 'page' ? { word: 'panel.broken' as const, canRetry: true } : judgeError(error);
  const detail = error instanceof ApiError ? error.detail || error.title : error?.message;
  return (
    <div className="panel-error" role="alert">
      <p title={detail || undefined}>{t(word)}</p>
      {retry && canRetry && (
        <button type="button" className="button" onClick={retry}>
          {t('panel.retry')}
        </button>
      )}
    </div>
  );
}

const REFUSALS: Record<number, PlainKey> = {
  401: 'panel.unknown',
  403: 'panel.forbidden',
  404: 'panel.missing',
  429: 'panel.tooMany',
};

/** The words for a failure, by its status, and whether asking again may help. */
export function judgeError(error: Error | null): { word: PlainKey; canRetry: boolean } {
  if (!(error instanceof ApiError)) return { word: 'panel.error', canRetry: true };
  const { status } = error;
  const isRefused = status >= 400 && status < 500;
  const word =
    REFUSALS[status] ?? (isRefused ? 'panel.refused' : status === 0 ? 'panel.offline' : 'panel.error');
  return { word, canRetry: !isRefused || status === 401 || status === 429 };
}
