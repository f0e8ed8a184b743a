import { Suspense, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { findIndicator, INDICATORS, type Indicator } from '../../shared/indicator.ts';
import { FALLBACK, useAddress } from '../address.ts';
import { ApiError } from '../api.ts';
import { type FiguresView, useFigures } from '../figures.ts';
import { AbsentPanel } from '../panels/absent.tsx';
import { PanelFrame } from '../panels/frame.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { levelsOf, RankingPanel } from '../panels/ranking.tsx';
import { LiveStrip } from '../panels/strip.tsx';
import { laterPart } from '../part.ts';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { WallHead } from './wall-head.tsx';
import './wall.css';

const MapPanel = laterPart(async () => (await import('../panels/map.tsx')).MapPanel);

const WallCourse = laterPart(async () => (await import('./wall-leaf.tsx')).WallCourse);

const WallUnderRanking = laterPart(async () => (await import('./wall-leaf.tsx')).WallUnderRanking);

const WallLeaf = laterPart(async () => (await import('./wall-leaf.tsx')).WallLeaf);

const CANVAS = { width: 1920, height: 1080 };
/** Units whose ranking leaves half of its place free. */
const FEW = 9;

function fitCanvas(width: number, height: number): { scale: number; left: number; top: number } {
  const scale = Math.min(width / CANVAS.width, height / CANVAS.height);
  return { scale, left: (width - CANVAS.width * scale) / 2, top: (height - CANVAS.height * scale) / 2 };
}

/** How the canvas lies in the screen; less of it is left while a band says that the link is lost. */
function useCanvasFit() {
  const screen = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState(() => fitCanvas(innerWidth, innerHeight));
  useEffect(() => {
    const box = screen.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setFit(fitCanvas(box.clientWidth, box.clientHeight)));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { screen, ...fit };
}

/** Everything of a unit on one canvas of 1920 x 1080, scaled to the screen and never scrolled. */
export function WallPage({ unit, preferences }: { unit: string; preferences: Preferences }) {
  const { place } = useAddress();
  const { t, say } = useLanguage();
  const { screen, scale, left, top } = useCanvasFit();
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
    <div className="wall-screen" ref={screen}>
      <div className="wall" style={style}>
        <WallHead figures={figures} preferences={preferences} />
        {isMissing(figures) ? (
          <MissingUnit unit={unit} />
        ) : (
          <main className="wall-body">
            {figures.unit && figures.absence ? (
              <AbsentPanel unit={figures.unit} figures={figures} />
            ) : (
              <KeyFigures unit={unit} figures={figures} today={today} month={month} />
            )}
            <WallUnits figures={figures} indicator={indicator} />
          </main>
        )}
        {!isMissing(figures) && <LiveStrip figures={figures} indicator={indicator} />}
      </div>
    </div>
  );
}

/** Whether there is no such unit, or none that the viewer may see. */
function isMissing({ status, error }: FiguresView): boolean {
  return status === 'error' && error instanceof ApiError && (error.status === 404 || error.status === 403);
}

function MissingUnit({ unit }: { unit: string }) {
  const { href } = useAddress();
  const { t } = useLanguage();
  return (
    <main className="panel-error" role="alert">
      <p>{t('absent.unit', { unit })}</p>
      <Link href={href({ page: 'home', unit: null })}>{t('nav.root')}</Link>
    </main>
  );
}

/** The units below: map and ranking; of a unit with none below it, its course and its areas of work. */
function WallUnits({ figures, indicator }: MapProps) {
  const { unit, children, period, status, absence } = figures;
  if (status === 'ready' && unit && children.length === 0) {
    return (
      <Suspense fallback={<div className="skeleton" />}>
        <WallLeaf
          unit={unit}
          period={period}
          isAbsent={absence !== undefined}
          indicator={indicator}
          chooser={<IndicatorChooser indicator={indicator} />}
        />
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
      <WallRanking figures={figures} indicator={indicator} />
    </>
  );
}

/** Whether any of the units has a place on a map: departments and offices have none. */
function hasPlaces(units: readonly UnitView[]): boolean {
  return units.some(({ level }) => level === 'province' || level === 'district' || level === 'commune');
}

/** The ranking; of few units, with the course of the indicator in the room below. */
function WallRanking({ figures, indicator }: MapProps) {
  const { unit, children, status } = figures;
  const ranking = <RankingPanel figures={figures} indicator={indicator} />;
  const [level] = levelsOf(children);
  const count = children.filter((child) => child.level === level).length;
  if (status !== 'ready' || !unit || count > FEW || !hasPlaces(children)) return ranking;
  return (
    <div className="wall-few">
      {ranking}
      <Suspense fallback={<div className="skeleton" />}>
        <WallUnderRanking unit={unit} indicator={indicator} />
      </Suspense>
    </div>
  );
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
