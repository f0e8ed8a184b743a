import './alerts.css';
import './alert-marks.css';
import './alert-list.css';
import './alert.css';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFollowing } from '../following.tsx';
import { Choices, DemoMark, SiteName } from '../panels/choices.tsx';
import { ConnectionState, LostBand, ServerClock } from '../panels/connection.tsx';
import { PaperFoot, PaperHead } from '../panels/paper.tsx';
import { isAdministrator } from '../people/me.tsx';
import type { Preferences } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { usePageTitle } from '../title.ts';
import { useLanguage } from '../words/words.ts';
import { centrePath, explanationsPath, handoverPath, healthPath } from './place.ts';

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
  const { session } = useSession();
  const { t } = useLanguage();
  usePageTitle(title);
  const current = (name: FrameProps['page']) => (name === page ? ('page' as const) : undefined);
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
        <nav aria-label={t('alerts.nav')}>
          <Link href={centrePath(unit)} aria-current={current('alerts')}>
            {t('alerts.title')}
          </Link>
          <Link href={explanationsPath(unit)} aria-current={current('explanations')}>
            {t('explanations.title')}
          </Link>
          <Link href={handoverPath(unit)} aria-current={current('handover')}>
            {t('handover.title')}
          </Link>
          <Link href={healthPath(unit)} aria-current={current('health')}>
            {t('health.title')}
          </Link>
          {session && isAdministrator(session.caller) && <Link href="/accounts">{t('office.nav')}</Link>}
          <Link href={board}>{t('office.board')}</Link>
        </nav>
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
