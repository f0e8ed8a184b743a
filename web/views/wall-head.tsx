import { type CSSProperties, useMemo } from 'react';
import { Link } from 'wouter';
import { FIRST_INDICATOR } from '../../shared/boards/common.ts';
import { useAddress } from '../address.ts';
import { BellControls } from '../alerts/bell-controls.tsx';
import { WallSound } from '../alerts/wall-sound.tsx';
import { levelsOf } from '../figures/levels.ts';
import { useOwnNames, useUnitNames } from '../figures/names.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import { Breadcrumb } from '../panels/breadcrumb.tsx';
import { Choices, DemoMark, SiteName } from '../panels/choices.tsx';
import { ConnectionState, ServerClock, ServerDay } from '../panels/connection.tsx';
import { PeriodPicker } from '../panels/picker.tsx';
import { ReportedShare } from '../panels/silent.tsx';
import { useSpanNote } from '../panels/span-note.tsx';
import { useTerritoryNote } from '../panels/territory-note.tsx';
import type { Preferences } from '../preferences.ts';
import type { ScreenState } from '../screen.ts';
import { useLanguage } from '../words/words.ts';
import { ScreenSettings } from './screen-settings.tsx';

/** Letters of former units' names that the note of the period holds; more of them are counted. */
const NOTE_LETTERS = 48;

type WallHeadProps = {
  figures: FiguresView;
  preferences: Preferences;
  screen: ScreenState & { scale: number };
};

/** Who the wall is about, which period, the server's time, and whether it can be trusted. */
export function WallHead({ figures, preferences, screen }: WallHeadProps) {
  const { unit, path } = figures;
  const nameOf = useOwnNames(path);
  const isUnknown = figures.status === 'error' && unit === null;
  const name = unit ? nameOf(unit) : isUnknown ? 'IOC' : '…';
  const style = { '--letters': name.length } as CSSProperties;
  return (
    <header className="wall-head">
      <div className="wall-name">
        <SiteName />
        <div className="wall-title">
          <h1 style={style}>{name}</h1>
          <DemoMark />
        </div>
        <div className="wall-under">
          {path.length > 1 && <Breadcrumb path={path} isTitled />}
          {!isUnknown && <UnitCounts figures={figures} />}
        </div>
      </div>
      <div className="wall-period">
        <PeriodPicker period={figures.period} on={figures.on} />
        <PeriodNote figures={figures} />
      </div>
      <div className="wall-clock">
        <div className="wall-now">
          <ServerClock />
          <ServerDay />
        </div>
        <div className="wall-now">
          <WallSound />
          <ConnectionState />
        </div>
      </div>
      <Choices
        preferences={preferences}
        menu={
          <>
            <BellControls standing="wall" />
            <ScreenSettings screen={screen} />
          </>
        }
      />
    </header>
  );
}

function UnitCounts({ figures }: { figures: FiguresView }) {
  const { t } = useLanguage();
  const counts = levelsOf(figures.children).map((level) =>
    t(`level.${level}`, { count: figures.children.filter((child) => child.level === level).length }),
  );
  const { href } = useAddress();
  return (
    <p className="wall-counts">
      {counts.map((count) => `${count} · `)}
      <Link href={href({ page: 'unit', unit: figures.unit?.ref ?? null })}>{t('nav.unit')}</Link>
    </p>
  );
}

/** What the period shown is: still open or over; of a unit that did not exist yet, or no more, whose figures these are. */
function PeriodNote({ figures }: { figures: FiguresView }) {
  const { t, format } = useLanguage();
  const running = useRunningNote(figures);
  const spanNote = useSpanNote(figures);
  const territoryNote = useTerritoryNote(figures.territory, figures.unit?.level);
  const told = readTold(figures);
  const { unit, period, on, children, absence, territory } = figures;
  const beside = useMemo(() => (unit ? [unit] : []), [unit]);
  const nameOf = useUnitNames(children, beside);
  const words = [format.period(period)];
  const end = unit?.to ?? null;
  if (!absence && (end === null || end > on)) words.push(...running);
  else if (end !== null && end > period.from && end <= on && !territory)
    words.push(t('ended.partly', { day: format.day(end) }));
  if (unit && on < unit.from) {
    const names = children.filter(({ level }) => level === unit.level).map(nameOf);
    const list = names.join(', ');
    const units = list.length > NOTE_LETTERS ? t(`level.${unit.level}`, { count: names.length }) : list;
    words.push(t('period.before', { day: format.day(unit.from), units }));
  }
  const shown = spanNote === null && territoryNote.brief.length === 0 ? words : words.slice(1);
  const textWith = (note: string[]) =>
    [...shown, ...note, ...(spanNote === null ? [] : [spanNote])].join(' · ');
  const text = textWith(territoryNote.brief);
  return (
    <p className="wall-note" title={textWith(territoryNote.whole)}>
      {text}
      {unit && told !== null && told < 1 && (
        <>
          {' · '}
          <ReportedShare
            unit={unit}
            period={period}
            text={t('unit.completeness', { percent: format.share(told) })}
            isWhole={false}
          />
        </>
      )}
    </p>
  );
}

/** Of a period that is running: up to when it is told; empty of one that is over. */
function useRunningNote({ unit, isProvisional, figureOf }: FiguresView): string[] {
  const { t, format } = useLanguage();
  const { serverNow } = useFollowing();
  if (!isProvisional || !unit) return [];
  const asOf = figureOf(unit.id, FIRST_INDICATOR)?.asOf ?? null;
  if (asOf === null) return [t('period.openPlain')];
  return [t('period.open', { moment: format.moment(Date.parse(asOf), serverNow()) })];
}

/** By which share of the units a period is told; null where that is not known. */
function readTold({ unit, figureOf }: FiguresView): number | null {
  return unit ? (figureOf(unit.id, FIRST_INDICATOR)?.completeness ?? null) : null;
}
