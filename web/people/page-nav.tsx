import './page-nav.css';
import { useEffect, useId } from 'react';
import { Link, useLocation } from 'wouter';
import { centrePath, explanationsPath, handoverPath, healthPath } from '../alerts/place.ts';
import { planPath } from '../plan/place.ts';
import { useSession } from '../session.tsx';
import { type PlainKey, useLanguage } from '../words/words.ts';
import { isAdministrator, useMenu } from './me.tsx';

const ofUnit = (page: string, unit: string | null) =>
  unit === null ? page : `${page}?unit=${encodeURIComponent(unit)}`;

const leadersPath = (unit: string | null) =>
  unit === null ? '/leaders' : `/leaders/${encodeURIComponent(unit)}`;

type Entry = { page: string; word: PlainKey; path: (unit: string | null) => string };
type Group = { word: PlainKey; isForAll: boolean; entries: readonly Entry[] };

/** The pages beside the board, as people look for them. */
const GROUPS = [
  {
    word: 'pages.catalogue',
    isForAll: true,
    entries: [
      { page: 'leaders', word: 'leaders.page', path: leadersPath },
      { page: 'catalogue', word: 'catalogue.title', path: (unit) => ofUnit('/catalogue', unit) },
      { page: 'index766', word: 'index.title', path: (unit) => ofUnit('/index766', unit) },
      { page: 'systems', word: 'systems.title', path: (unit) => ofUnit('/systems', unit) },
      { page: 'targets', word: 'targets.title', path: (unit) => planPath('targets', unit) },
      { page: 'tasks', word: 'tasks.title', path: (unit) => planPath('tasks', unit) },
      { page: 'quality', word: 'quality.title', path: () => '/quality' },
      { page: 'methodology', word: 'methodology.title', path: () => '/methodology' },
    ],
  },
  {
    word: 'pages.alerts',
    isForAll: true,
    entries: [
      { page: 'alerts', word: 'pages.centre', path: centrePath },
      { page: 'explanations', word: 'explanations.title', path: explanationsPath },
      { page: 'handover', word: 'handover.title', path: handoverPath },
      { page: 'health', word: 'health.title', path: healthPath },
    ],
  },
  {
    word: 'pages.rules',
    isForAll: true,
    entries: [
      { page: 'rules', word: 'rules.title', path: () => '/rules' },
      { page: 'thresholds', word: 'thresholds.title', path: () => '/thresholds' },
    ],
  },
  {
    word: 'pages.office',
    isForAll: false,
    entries: [
      { page: 'accounts', word: 'office.accounts', path: () => '/accounts' },
      { page: 'tokens', word: 'office.tokens', path: () => '/tokens' },
      { page: 'channels', word: 'channels.title', path: () => '/channels' },
      { page: 'audit', word: 'office.audit', path: () => '/audit' },
    ],
  },
] as const satisfies readonly Group[];

/** A page that this navigation leads to. */
export type NavPage = (typeof GROUPS)[number]['entries'][number]['page'];

type NavProps = { page: NavPage; unit: string | null; board: string };

/** A menu of this navigation: another page closes what led there. */
function useNavMenu() {
  const menu = useMenu();
  const { close } = menu;
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the page that closes it
  useEffect(close, [path]);
  return { ...menu, id: useId() };
}

/** The way to the pages beside the board in one line: a menu for each group; on a phone one menu of all. */
export function PageNav({ page, unit, board }: NavProps) {
  const { t } = useLanguage();
  const { session } = useSession();
  const { box, isOpen, toggle, id } = useNavMenu();
  const isOffice = session !== null && isAdministrator(session.caller);
  const groups = GROUPS.filter(({ isForAll }) => isForAll || isOffice);
  return (
    <div className="page-nav" ref={box} data-open={isOpen || undefined}>
      <button
        type="button"
        className="page-nav-all"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t('pages.nav')}
        onClick={toggle}
      >
        <span aria-hidden="true">☰</span>
      </button>
      <nav id={id} aria-label={t('pages.nav')}>
        {groups.map((group) => (
          <NavGroup key={group.word} group={group} page={page} unit={unit} />
        ))}
        <Link href={board}>{t('pages.board')}</Link>
      </nav>
    </div>
  );
}

type GroupProps = { group: Group; page: NavPage; unit: string | null };

function NavGroup({ group: { word, entries }, page, unit }: GroupProps) {
  const { t } = useLanguage();
  const { box, isOpen, toggle, close, id } = useNavMenu();
  const isHere = entries.some((entry) => entry.page === page);
  return (
    <div className="page-nav-group" ref={box} data-open={isOpen || undefined}>
      <button
        type="button"
        className="page-nav-button"
        aria-expanded={isOpen}
        aria-controls={id}
        data-here={isHere || undefined}
        onClick={toggle}
      >
        {t(word)} <span aria-hidden="true">▾</span>
      </button>
      <p className="page-nav-word" aria-hidden="true">
        {t(word)}
      </p>
      <ul id={id} aria-label={t(word)}>
        {entries.map((entry) => (
          <li key={entry.page}>
            <Link
              href={entry.path(unit)}
              aria-current={entry.page === page ? 'page' : undefined}
              onClick={close}
            >
              {t(entry.word)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
