import './quality.css';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import {
  dayOf,
  nextPeriod,
  type Period,
  parsePeriod,
  periodOf,
  previousPeriod,
} from '../../shared/period.ts';
import type { QualityAnswer } from '../../shared/quality-wire.ts';
import { Switch } from '../alerts/switch.tsx';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { UnitChooser } from '../rules/unit-chooser.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { CalendarNote } from './calendar-note.tsx';
import { Feeds } from './feeds.tsx';
import { qualityQuery } from './query.ts';
import { Failures, Units } from './units.tsx';

const GRAINS = ['month', 'quarter', 'year'] as const;
type Grain = (typeof GRAINS)[number];
const RENEW_MS = 60_000;

/** The address of another unit or period; what else the query says is kept. */
function pathOf(changes: { unit?: string; period?: string }, search: string): string {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) query.set(key, value);
  return `/quality?${query}`;
}

function readPeriod(search: string, today: string): Period {
  const asked = parsePeriod(new URLSearchParams(search).get('period') ?? '');
  return asked && GRAINS.some((grain) => grain === asked.grain) ? asked : periodOf(today, 'month');
}

/** `/quality`: how far the figures of a unit and a period can be trusted. */
export function QualityPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const { session, zone } = useSession();
  const search = useSearch();
  const [, navigate] = useLocation();
  const today = dayOf(useAskedAt(), zone);
  const period = readPeriod(search, today);
  const unit = new URLSearchParams(search).get('unit') || (session?.unit.ref ?? '');
  const { data, error, refetch } = useQuery({
    ...qualityQuery({ unit, period: period.key }),
    enabled: unit !== '',
    refetchInterval: RENEW_MS,
  });
  const go = (changes: { unit?: string; period?: string }) =>
    navigate(pathOf(changes, search), { replace: true });
  return (
    <OfficeFrame page="quality" about={t('quality.about')} preferences={preferences}>
      <div className="quality-controls">
        <UnitChooser label={t('quality.unit')} unit={unit} onChoose={(ref) => go({ unit: ref })} />
        <Periods period={period} today={today} onChoose={({ key }) => go({ period: key })} />
      </div>
      <OfficeRead isPending={!data} error={data ? null : error} retry={() => void refetch()}>
        {data && <Body answer={data} hrefOf={(ref) => pathOf({ unit: ref }, search)} />}
      </OfficeRead>
    </OfficeFrame>
  );
}

type PeriodsProps = { period: Period; today: string; onChoose: (period: Period) => void };

function Periods({ period, today, onChoose }: PeriodsProps) {
  const { t, format } = useLanguage();
  const turnTo = (grain: Grain) => {
    const wide = periodOf(period.from, grain);
    onChoose(wide.from <= today && today < wide.to ? periodOf(today, grain) : wide);
  };
  return (
    <div className="quality-periods">
      <Switch
        label={t('quality.grain')}
        options={GRAINS.map((grain) => ({ value: grain, text: t(`index.grain.${grain}`) }))}
        chosen={period.grain as Grain}
        onChoose={turnTo}
      />
      <button
        type="button"
        className="button"
        aria-label={t('quality.before')}
        onClick={() => onChoose(previousPeriod(period))}
      >
        ‹
      </button>
      <span aria-live="polite">{format.period(period)}</span>
      <button
        type="button"
        className="button"
        aria-label={t('quality.after')}
        disabled={period.to > today}
        onClick={() => onChoose(nextPeriod(period))}
      >
        ›
      </button>
    </div>
  );
}

type BodyProps = { answer: QualityAnswer; hrefOf: (ref: string) => string };

function Body({ answer: { unit, period, feeds, units, calendar }, hrefOf }: BodyProps) {
  const { t, say } = useLanguage();
  const [own] = units;
  const facts = own && { unit: say(unit.name), told: own.told, reporting: own.reporting };
  const isShort = facts !== undefined && facts.told < facts.reporting;
  return (
    <>
      {facts && own?.grade && (
        <p className="quality-sum" data-short={isShort || undefined}>
          {t(isShort ? 'quality.short' : 'quality.whole', facts)}
        </p>
      )}
      <CalendarNote calendar={calendar} />
      <h2>{t('quality.feeds')}</h2>
      <Feeds feeds={feeds} />
      <h2>{t('quality.units')}</h2>
      <Units units={units} hrefOf={hrefOf} />
      <h2>{t('quality.failures')}</h2>
      <Failures units={units} period={period} />
    </>
  );
}
