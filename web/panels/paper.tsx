import { FIRST_INDICATOR } from '../../shared/boards/common.ts';
import { dayOf } from '../../shared/period.ts';
import { useOwnNames } from '../figures/names.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import { usePrinting } from '../printing.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { DemoMark, SiteName } from './choices.tsx';

/** On paper only, above the page (nothing of it is in the page on the screen): whose site it is and what stands below. */
export function PaperHead({ text }: { text: string }) {
  if (!usePrinting()) return null;
  return (
    <header className="on-paper paper-head">
      <SiteName />
      <DemoMark />
      <p>{text}</p>
    </header>
  );
}

type FootProps = {
  text: string;
  /** Of which instant the figures are, in words. */
  asOf?: string;
  /** The clock, epoch ms. */
  now: () => number;
};

/** On paper only, at the foot of every page: what it is of, of which instant, when it was printed, that it is a demo. */
export function PaperFoot({ text, asOf, now }: FootProps) {
  const { session } = useSession();
  const { t } = useLanguage();
  const writeMoment = useWholeMoment();
  if (!usePrinting()) return null;
  const words = [text, asOf, t('paper.printed', { moment: writeMoment(now()) })];
  return (
    <footer className="on-paper paper-foot">
      <p>
        {session?.demo && <strong>{`${t('app.demo')}: ${t('app.demoHint')} · `}</strong>}
        {words.filter(Boolean).join(' · ')}
      </p>
    </footer>
  );
}

/** An instant as paper needs it, which may be read in another year. */
function useWholeMoment(): (at: number) => string {
  const { zone } = useSession();
  const { format } = useLanguage();
  return (at) => `${format.time(at)} ${format.day(dayOf(at, zone))}`;
}

/** The unit and the period of a board in one line. */
function useBoardName({ unit, path, period }: FiguresView): string {
  const { format } = useLanguage();
  const nameOf = useOwnNames(path);
  return [unit ? nameOf(unit) : '', format.period(period)].filter(Boolean).join(' · ');
}

/** The head of a board on paper: site, unit, period. */
export function BoardPaperHead({ figures }: { figures: FiguresView }) {
  return <PaperHead text={useBoardName(figures)} />;
}

/** The foot of a board on paper. */
export function BoardPaperFoot({ figures }: { figures: FiguresView }) {
  const { serverNow, lostAt } = useFollowing();
  const { t } = useLanguage();
  const writeMoment = useWholeMoment();
  const { unit, isProvisional, figureOf } = figures;
  const told = unit && figureOf(unit.id, FIRST_INDICATOR)?.asOf;
  const at = told ? Date.parse(told) : lostAt;
  const open = at === null ? t('tile.asOfNever') : t('paper.asOf', { moment: writeMoment(at) });
  return (
    <PaperFoot text={useBoardName(figures)} asOf={isProvisional ? open : t('paper.whole')} now={serverNow} />
  );
}
