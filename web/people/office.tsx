import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { watchedSessionQuery } from '../api.ts';
import { Choices, DemoMark } from '../panels/choices.tsx';
import { judgeError } from '../panels/frame.tsx';
import { PaperFoot, PaperHead } from '../panels/paper.tsx';
import type { Preferences } from '../preferences.ts';
import { useAskedAt, useSession } from '../session.tsx';
import { usePageTitle } from '../title.ts';
import { type PlainKey, useLanguage } from '../words/words.ts';
import { isAdministrator } from './me.tsx';
import { PageNav } from './page-nav.tsx';
import './people.css';
import './office.css';

/** The pages beside the board: what they are called, and for whom they are. */
const PAGES = {
  index766: { word: 'index.title', isForAll: true },
  catalogue: { word: 'catalogue.title', isForAll: true },
  methodology: { word: 'methodology.title', isForAll: true },
  quality: { word: 'quality.title', isForAll: true },
  rules: { word: 'rules.title', isForAll: true },
  thresholds: { word: 'thresholds.title', isForAll: true },
  systems: { word: 'systems.title', isForAll: true },
  tasks: { word: 'tasks.title', isForAll: true },
  targets: { word: 'targets.title', isForAll: true },
  accounts: { word: 'office.accounts', isForAll: false },
  tokens: { word: 'office.tokens', isForAll: false },
  channels: { word: 'channels.title', isForAll: false },
  audit: { word: 'office.audit', isForAll: false },
} as const satisfies Record<string, { word: PlainKey; isForAll: boolean }>;

export type OfficePage = keyof typeof PAGES;

/** Whether a path's first part names a page beside the board. */
export function isOfficePage(name: string): name is OfficePage {
  return name in PAGES;
}

type FrameProps = { page: OfficePage; about: string; preferences: Preferences; children: ReactNode };

/** What the pages beside the board share: where else to go, whose site it is, and that who may not is told so. */
export function OfficeFrame({ page, about, preferences, children }: FrameProps) {
  const { t, say } = useLanguage();
  const { session } = useSession();
  useQuery(watchedSessionQuery());
  const title = t(PAGES[page].word);
  const askedAt = useAskedAt();
  usePageTitle(title);
  const isOffice = session !== null && isAdministrator(session.caller);
  const mayEnter = isOffice || PAGES[page].isForAll;
  return (
    <div className="office">
      <PaperHead text={title} />
      <header className="office-head">
        <p className="office-site">{session && say(session.site)}</p>
        <DemoMark />
        <PageNav page={page} unit={null} board="/" />
        <Choices preferences={preferences} />
      </header>
      <main className="office-body">
        <h1>{title}</h1>
        {mayEnter ? (
          <>
            <p className="office-about">{about}</p>
            {children}
          </>
        ) : (
          <p className="refusal" role="alert">
            {t('office.refused')}
          </p>
        )}
      </main>
      <PaperFoot text={title} now={() => askedAt} />
    </div>
  );
}

type ReadProps = { isPending: boolean; error: Error | null; retry: () => void; children: ReactNode };

/** What stands where a list will be: waiting, or why it is not there and a way to ask again. */
export function OfficeRead({ isPending, error, retry, children }: ReadProps) {
  const { t } = useLanguage();
  if (error) {
    const { word, canRetry } = judgeError(error);
    return (
      <div className="refusal" role="alert">
        <p>{t(word === 'panel.missing' ? 'office.missing' : word)}</p>
        {canRetry && (
          <button type="button" className="button" onClick={retry}>
            {t('panel.retry')}
          </button>
        )}
      </div>
    );
  }
  if (isPending) return <div className="skeleton" role="status" aria-label={t('app.loading')} />;
  return children;
}
