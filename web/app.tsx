import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import type { CallerView, Session } from '../shared/people.ts';
import { isDeskPage, useAddress } from './address.ts';
import { type AlertPlace, parseAlertPlace } from './alerts/place.ts';
import { AlertTeller } from './alerts/teller.tsx';
import { useIsFlood } from './alerts/use-flood.ts';
import { ApiError, sessionQuery } from './api.ts';
import { ExplainHost } from './explain/explain-host.tsx';
import { FollowUnit, useFollowing } from './following.tsx';
import { Guard } from './guard.tsx';
import { LostBand } from './panels/connection.tsx';
import { UnknownNotice } from './panels/unknown.tsx';
import { laterPart } from './part.ts';
import { Lockable } from './people/lock.tsx';
import { isOfficePage, type OfficePage } from './people/office.tsx';
import { usePreferences } from './preferences.ts';
import { ReturnLine, useReturn } from './return.tsx';
import { SessionProvider } from './session.tsx';
import { FollowThresholds } from './thresholds.tsx';
import { EnterPage, useTokenInAddress } from './views/enter.tsx';
import { WallPage } from './views/wall.tsx';
import { chooseBoard } from './views/wall-layout.ts';
import { useLanguage } from './words/words.ts';

const loadUnitPage = async () => (await import('./views/unit.tsx')).UnitPage;
const UnitPage = laterPart(loadUnitPage);

/** How long the first figures are left alone before the page behind a click is fetched. */
const AHEAD_MS = 2_000;

const OFFICE = {
  index766: laterPart(async () => (await import('./index766/page.tsx')).IndexPage),
  catalogue: laterPart(async () => (await import('./catalogue/catalogue.tsx')).CataloguePage),
  methodology: laterPart(async () => (await import('./catalogue/methodology.tsx')).MethodologyPage),
  quality: laterPart(async () => (await import('./quality/page.tsx')).QualityPage),
  rules: laterPart(async () => (await import('./rules/rules.tsx')).RulesPage),
  thresholds: laterPart(async () => (await import('./rules/thresholds.tsx')).ThresholdsPage),
  tasks: laterPart(async () => (await import('./plan/tasks.tsx')).TasksPage),
  targets: laterPart(async () => (await import('./plan/targets.tsx')).TargetsPage),
  accounts: laterPart(async () => (await import('./people/accounts.tsx')).AccountsPage),
  tokens: laterPart(async () => (await import('./people/tokens.tsx')).TokensPage),
  channels: laterPart(async () => (await import('./people/channels.tsx')).ChannelsPage),
  systems: laterPart(async () => (await import('./systems/systems-page.tsx')).SystemsPage),
  audit: laterPart(async () => (await import('./people/audit.tsx')).AuditPage),
} as const satisfies Record<OfficePage, unknown>;

const AlertPages = laterPart(async () => (await import('./alerts/pages.tsx')).AlertPages);

const PasswordPage = laterPart(async () => (await import('./people/password.tsx')).PasswordPage);

/** Narrower are phones: their front page is the desk's. Paper is wide, however narrow: what is printed stays the page that it is. */
const WIDE = 'print, (min-width: 700px)';

function useIsWide(): boolean {
  const [isWide, setIsWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const change = () => setIsWide(media.matches);
    media.addEventListener('change', change);
    return () => media.removeEventListener('change', change);
  }, []);
  return isWide;
}

/** The whole screen: who is looking, then the page that the address names; a word of what went wrong rather than nothing. */
export function App() {
  const { t } = useLanguage();
  const fallback = () => (
    <p className="waiting" role="alert">
      {t('app.broken')}
    </p>
  );
  return (
    <Guard fallback={fallback}>
      <Screen />
    </Guard>
  );
}

function Screen() {
  const preferences = usePreferences();
  const entering = useTokenInAddress();
  const client = useQueryClient();
  const [path, navigate] = useLocation();
  const page = path.split('/')[1] ?? '';
  const isSigningIn = page === 'sign-in';
  const { data: session, error, refetch } = useQuery({ ...sessionQuery(), enabled: entering !== 'trying' });
  if (page === 'password') {
    return (
      <Suspense fallback={<Waiting isUnreachable={false} retry={() => void refetch()} />}>
        <PasswordPage preferences={preferences} login={session?.caller.login ?? null} />
      </Suspense>
    );
  }
  const isStranger = error instanceof ApiError && error.status === 401;
  if (isStranger || isSigningIn) {
    const onEntered = () => {
      if (isSigningIn) navigate('/', { replace: true });
      void client.resetQueries();
    };
    return <EnterPage wasRefused={entering === 'refused'} onEntered={onEntered} preferences={preferences} />;
  }
  if (session) {
    return (
      <SessionProvider value={{ zone: session.zone, session }}>
        <Lockable session={session}>
          {isOfficePage(page) ? (
            <Office page={page} preferences={preferences} />
          ) : (
            <Board session={session} preferences={preferences} />
          )}
        </Lockable>
      </SessionProvider>
    );
  }
  return <Waiting isUnreachable={error !== null} retry={() => void refetch()} />;
}

function Office({ page, preferences }: { page: OfficePage; preferences: Preferences }) {
  const OfficePart = OFFICE[page];
  return (
    <LaterPage>
      <OfficePart preferences={preferences} />
      <ExplainHost standing="desk" />
    </LaterPage>
  );
}

/** A page whose code arrives when it is first shown. */
function LaterPage({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  return <Suspense fallback={<p className="waiting">{t('app.loading')}</p>}>{children}</Suspense>;
}

function Waiting({ isUnreachable, retry }: { isUnreachable: boolean; retry: () => void }) {
  const { t } = useLanguage();
  useEffect(() => {
    if (!isUnreachable) return;
    const timer = setInterval(retry, 4000);
    return () => clearInterval(timer);
  }, [isUnreachable, retry]);
  return (
    <p className="waiting" role="status">
      {t(isUnreachable ? 'enter.unreachable' : 'app.loading')}
    </p>
  );
}

type Preferences = ReturnType<typeof usePreferences>;

function Board({ session, preferences }: { session: Session; preferences: Preferences }) {
  const { place, href } = useAddress();
  const [path] = useLocation();
  const alertPlace = parseAlertPlace(path, useSearch());
  const isWide = useIsWide();
  if (alertPlace === null && place.page === 'home' && !isWide) {
    return <Redirect to={href({ page: 'unit', unit: session.unit.ref })} replace />;
  }
  const unit = (alertPlace ? unitOf(alertPlace) : place.unit) ?? session.unit.ref;
  const standing = alertPlace || isDeskPage(place.page) ? 'desk' : 'wall';
  return (
    <FollowUnit unit={unit} session={session}>
      <FollowThresholds>
        <AlertTeller standing={standing} />
        <Pages unit={unit} alertPlace={alertPlace} kind={session.caller.kind} preferences={preferences} />
        <ExplainHost standing={standing} />
      </FollowThresholds>
    </FollowUnit>
  );
}

/** The unit whose alerts are followed; null: the viewer's own. */
const unitOf = (place: AlertPlace): string | null => ('unit' in place ? place.unit : null);

type PagesProps = Pick<PageProps, 'unit' | 'preferences'> & {
  alertPlace: AlertPlace | null;
  kind: CallerView['kind'];
};

/** A board, or a page of alerts; a wall that was led there by a touch finds back from either. */
function Pages({ unit, alertPlace, kind, preferences }: PagesProps) {
  const { returnAfterMs } = chooseBoard({ width: innerWidth, height: innerHeight });
  const isElsewhere = alertPlace !== null;
  const { left, returns } = useReturn({ kind, afterMs: returnAfterMs, isPaused: useIsFlood(), isElsewhere });
  if (!alertPlace) return <Page {...{ unit, preferences, left, returns }} />;
  return (
    <LaterPage>
      <AlertPages place={alertPlace} preferences={preferences} />
      <ReturnLine left={left} />
    </LaterPage>
  );
}

type PageProps = ReturnType<typeof useReturn> & { unit: string; preferences: Preferences };

function Page({ unit, preferences, left, returns }: PageProps) {
  const { stage } = useFollowing();
  const { place } = useAddress();
  const { t } = useLanguage();
  useUnitPageAhead(stage === 'live');
  return (
    <div className="board" data-stage={stage}>
      <LostBand />
      <UnknownNotice />
      <Suspense key={returns} fallback={<p className="waiting">{t('app.loading')}</p>}>
        {place.page === 'unit' || place.page === 'leaders' ? (
          <UnitPage page={place.page} unit={unit} preferences={preferences} />
        ) : (
          <WallPage unit={unit} preferences={preferences} />
        )}
      </Suspense>
      <ReturnLine left={left} />
    </div>
  );
}

/** Fetches the desk's page while the server answers: a click is followed also when it does not. */
function useUnitPageAhead(isLive: boolean): void {
  useEffect(() => {
    if (!isLive) return;
    const timer = setTimeout(() => void loadUnitPage().catch(() => undefined), AHEAD_MS);
    return () => clearTimeout(timer);
  }, [isLive]);
}
