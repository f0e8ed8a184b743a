import './alerts.css';
import './alert-marks.css';
import './alert-list.css';
import './alert.css';
import type { ReactNode } from 'react';
import { useFollowing } from '../following.tsx';
import { Choices, DemoMark, SiteName } from '../panels/choices.tsx';
import { ConnectionState, LostBand, ServerClock } from '../panels/connection.tsx';
import { PaperFoot, PaperHead } from '../panels/paper.tsx';
import { PageNav } from '../people/page-nav.tsx';
import type { Preferences } from '../preferences.ts';
import { usePageTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';

type FrameProps = {
  page: 'alerts' | 'explanations' | 'health' | 'handover';
  /** Names the tab and the paper. */
  title: string;
  /** Whose subtree; null: all that the viewer may see. */
  unit: string | null;
  preferences: Preferences;
  /** `whole`: the page is as high as the screen and scrolls inside; `flows`: it scrolls. */
  shape: 'whole' | 'flows';
  children: ReactNode;
};

/** What the pages of alerts share: where else to go, the link to the server and its clock, who is looking. */
export function AlertFrame({ page, title, unit, preferences, shape, children }: FrameProps) {
  const { stage, serverNow } = useFollowing();
  const { t } = useLanguage();
  usePageTitle(title);
  const board = unit === null ? '/' : `/unit/${encodeURIComponent(unit).replace('%40', '@')}`;
  return (
    <div className="board alerts" data-stage={stage} data-shape={shape}>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <PaperHead text={title} />
      <header className="alerts-head">
        <SiteName />
        <DemoMark />
        <PageNav page={page} unit={unit} board={board} />
        <div className="alerts-state">
          <ServerClock />
          <ConnectionState />
          <Choices preferences={preferences} />
        </div>
      </header>
      <LostBand />
      <main id="main" className="alerts-main" tabIndex={-1}>
        {children}
      </main>
      <PaperFoot text={title} now={serverNow} />
    </div>
  );
}
