import { lazy, Suspense, useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { findIndicator, INDICATORS, type Indicator } from '../../shared/indicator.ts';
import { addDays, periodOf } from '../../shared/period.ts';
import { useAddress } from '../address.ts';
import { ApiError } from '../api.ts';
import { type FiguresView, useFigures } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import { Breadcrumb } from '../panels/breadcrumb.tsx';
import { Choices, DemoMark } from '../panels/choices.tsx';
import { ConnectionState, ServerClock, ServerDay } from '../panels/connection.tsx';
import { PanelFrame } from '../panels/frame.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { PeriodPicker } from '../panels/picker.tsx';
import { levelsOf, RankingPanel } from '../panels/ranking.tsx';
import { useSpanNote } from '../panels/span-note.tsx';
import { LiveStrip } from '../panels/strip.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import './wall.css';

const MapPanel = lazy(async () => ({ default: (await import('../panels/map.tsx')).MapPanel }));

const WallCourse = lazy(async () => ({ default: (await import('./wall-leaf.tsx')).WallCourse }));

const WallLeaf = lazy(async () => ({ default: (await import('./wall-leaf.tsx')).WallLeaf }));

const CANVAS = { width: 1920, height: 1080 };
const FALLBACK = 'TT02';

function fitCanvas(): { scale: number; left: number; top: number } {
  const scale = Math.min(innerWidth / CANVAS.width, innerHeight / CANVAS.height);
  const left = (innerWidth - CANVAS.width * scale) / 2;
  return { scale, left, top: (innerHeight - CANVAS.height * scale) / 2 };
}

function useCanvasFit() {
  const [fit, setFit] = useState(fitCanvas);
  useEffect(() => {
    const change = () => setFit(fitCanvas());
    addEventListener('resize', change);
    return () => removeEventListener('resize', change);
  }, []);
  return fit;
}

/** Everything of a unit on one canvas of 1920 x 1080, scaled to the screen and never scrolled. */
export function WallPage({ unit, preferences }: { unit: string; preferences: Preferences }) {
  const { place } = useAddress();
  const { t, say } = useLanguage();
  const { scale, left, top } = useCanvasFit();
  const figures = useFigures(unit, place.period);
  const today = useFigures(unit, 'day');
  const month = useFigures(unit, 'month');
  const indicator = findIndicator(place.indicator) ?? findIndicator(FALLBACK);
  const name = figures.unit ? say(figures.unit.name) : '';
  useEffect(() => {
    document.title = name ? t('app.title', { unit: name }) : 'IOC';
  }, [name, t]);
  if (!indicator) return null;
  const style = { transform: `translate(${left}px, ${top}px) scale(${scale})`, '--scale': scale };
  return (
    <div className="wall-screen">
      <div className="wall" style={style}>
        <WallHead figures={figures} preferences={preferences} />
        {isMissing(figures) ? (
          <MissingUnit />
        ) : (
          <main className="wall-body">
            <KeyFigures unit={unit} figures={figures} today={today} month={month} />
            <WallUnits figures={figures} indicator={indicator} />
          </main>
        )}
        <LiveStrip figures={figures} indicator={indicator} />
      </div>
    </div>
  );
}

function WallHead({ figures, preferences }: { figures: FiguresView; preferences: Preferences }) {
  const { say } = useLanguage();
  const { unit, path } = figures;
  return (
    <header className="wall-head">
      <div className="wall-name">
        <div className="wall-title">
          <h1>{unit ? say(unit.name) : '…'}</h1>
          <DemoMark />
        </div>
        <div className="wall-under">
          {path.length > 1 && <Breadcrumb path={path} />}
          <UnitCounts figures={figures} />
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
        <ConnectionState />
      </div>
      <Choices preferences={preferences} />
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
  const { t, say, format } = useLanguage();
  const { serverNow } = useFollowing();
  const { unit, period, isProvisional, on, children } = figures;
  const spanNote = useSpanNote(figures);
  if (unit?.to && on >= unit.to) return <EndedNote end={unit.to} />;
  const words = [format.period(period)];
  if (isProvisional && unit) {
    const figure = figures.figureOf(unit.id, 'HS01');
    const moment = figure?.asOf ? format.moment(Date.parse(figure.asOf), serverNow()) : null;
    words.push(moment ? t('period.open', { moment }) : t('period.openPlain'));
    const told = Math.floor(100 * (figure?.completeness ?? 1));
    if (told < 100) words.push(t('period.told', { rate: told }));
  }
  if (unit && on < unit.from) {
    const units = children.filter(({ level }) => level === unit.level).map(({ name }) => say(name));
    words.push(t('period.before', { day: format.day(unit.from), units: units.join(', ') }));
  }
  const text = (spanNote === null ? words : [...words.slice(1), spanNote]).join(' · ');
  return (
    <p className="wall-note" title={text}>
      {text}
    </p>
  );
}

/** A unit has nothing to tell after its end: the way to its last month. */
function EndedNote({ end }: { end: string }) {
  const { t, format } = useLanguage();
  const { href } = useAddress();
  const last = periodOf(addDays(end, -1), 'month');
  return (
    <p className="wall-note">
      {t('period.ended', { day: format.day(end) })} ·{' '}
      <Link href={href({ period: last.key })}>{format.period(last)}</Link>
    </p>
  );
}

/** Whether there is no such unit, or none that the viewer may see. */
function isMissing({ status, error }: FiguresView): boolean {
  return status === 'error' && error instanceof ApiError && (error.status === 404 || error.status === 403);
}

function MissingUnit() {
  const { href } = useAddress();
  const { t } = useLanguage();
  return (
    <main className="panel-error" role="alert">
      <p>{t('panel.missing')}</p>
      <Link href={href({ page: 'home', unit: null })}>{t('nav.root')}</Link>
    </main>
  );
}

/** The units below: map and ranking; of a unit with none below it, its course and its areas of work. */
function WallUnits({ figures, indicator }: MapProps) {
  const { unit, children, period, status } = figures;
  if (status === 'ready' && unit && children.length === 0) {
    return (
      <Suspense fallback={<div className="skeleton" />}>
        <WallLeaf unit={unit} period={period} indicator={indicator} />
      </Suspense>
    );
  }
  return (
    <>
      {status === 'ready' && unit && !hasPlaces(children) ? (
        <Suspense fallback={<div className="skeleton" />}>
          <WallCourse
            unit={unit}
            indicator={indicator}
            chooser={<IndicatorChooser indicator={indicator} />}
          />
        </Suspense>
      ) : (
        <WallMap figures={figures} indicator={indicator} />
      )}
      <RankingPanel figures={figures} indicator={indicator} />
    </>
  );
}

/** Whether any of the units has a place on a map: departments and offices have none. */
function hasPlaces(units: readonly UnitView[]): boolean {
  return units.some(({ level }) => level === 'province' || level === 'district' || level === 'commune');
}

type MapProps = { figures: FiguresView; indicator: Indicator };

function WallMap({ figures, indicator }: MapProps) {
  const { t } = useLanguage();
  const { go } = useAddress();
  const { unit, children, on } = figures;
  const level = levelsOf(children)[0];
  const note = level ? t('map.by', { group: t(`group.${level}`).toLocaleLowerCase() }) : undefined;
  return (
    <PanelFrame
      className="wall-map"
      title={<IndicatorChooser indicator={indicator} />}
      note={note}
      status={figures.status}
      error={figures.error}
      retry={figures.retry}
    >
      {unit && (
        <Suspense fallback={<div className="skeleton" />}>
          <MapPanel
            unit={unit}
            on={on}
            indicator={indicator}
            figures={figures.figuresOf(indicator.id)}
            units={children}
            onPick={(picked) => go({ page: 'unit', unit: picked.ref })}
          />
        </Suspense>
      )}
    </PanelFrame>
  );
}

function IndicatorChooser({ indicator }: { indicator: Indicator }) {
  const { go } = useAddress();
  const { t, say } = useLanguage();
  return (
    <select
      className="chooser"
      aria-label={t('indicator.choose')}
      value={indicator.id}
      onChange={(event) => go({ indicator: event.target.value })}
    >
      {INDICATORS.map(({ id, words }) => (
        <option key={id} value={id}>
          {say(words)}
        </option>
      ))}
    </select>
  );
}
