import './bars-and-tables.css';
import './index766.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from 'wouter';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { dayOf, nextPeriod, type Period, periodOf, previousPeriod } from '../../shared/period.ts';
import { Switch } from '../alerts/switch.tsx';
import { indexQuery, unitQuery } from '../api.ts';
import { AskedShare } from '../panels/silent.tsx';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { UnitsBelow } from './children.tsx';
import { Components } from './components.tsx';
import { Gains } from './gains.tsx';
import { Gap } from './gap.tsx';
import { Groups } from './groups.tsx';
import { INDEX_GRAINS, INDEX_VIEWS, type IndexPlace, indexPath, parseIndexPlace } from './place.ts';
import { Total } from './total.tsx';

const RENEW_MS = 60_000;

/** The index of Decision 766 of a unit: its total, where points are lost, how units below stand, and the gap to the portal. */
export function IndexPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const { session, zone } = useSession();
  const today = dayOf(useAskedAt(), zone);
  const search = useSearch();
  const place = parseIndexPlace(search, today);
  const unit = place.unit ?? session?.unit.ref ?? '';
  const { data, error, refetch } = useQuery({
    ...indexQuery({
      ...{ unit, period: place.period.key, children: '1' },
      ...(place.basis !== null && { basis: place.basis }),
    }),
    enabled: unit !== '',
    refetchInterval: RENEW_MS,
    placeholderData: (known) => known,
  });
  return (
    <OfficeFrame page="index766" about={t('index.about')} preferences={preferences}>
      <Controls place={place} unit={unit} today={today} basis={data?.basis ?? null} />
      <OfficeRead isPending={!data} error={data ? null : error} retry={() => void refetch()}>
        {data && <Body answer={data} place={place} />}
      </OfficeRead>
    </OfficeFrame>
  );
}

function useGo() {
  const [, navigate] = useLocation();
  const search = useSearch();
  return (changes: Partial<IndexPlace>) => navigate(indexPath(changes, search), { replace: true });
}

type ControlsProps = { place: IndexPlace; unit: string; today: string; basis: IndexPlace['basis'] };

function Controls({ place, unit, today, basis }: ControlsProps) {
  const { t } = useLanguage();
  const go = useGo();
  return (
    <div className="index-controls">
      <Path unit={unit} />
      <div className="index-choices">
        <Switch
          label={t('index.grain')}
          options={INDEX_GRAINS.map((grain) => ({ value: grain, text: t(`index.grain.${grain}`) }))}
          chosen={place.period.grain as (typeof INDEX_GRAINS)[number]}
          onChoose={(grain) => go({ period: turnTo(place.period, grain, today) })}
        />
        <Steps period={place.period} today={today} />
        <Switch
          label={t('index.basis')}
          options={(['own', 'portal'] as const).map((value) => ({ value, text: t(`index.basis.${value}`) }))}
          chosen={place.basis ?? basis ?? 'own'}
          onChoose={(value) => go({ basis: value })}
        />
      </div>
    </div>
  );
}

/** The period of another grain around the same days: the newest part of it that has begun. */
function turnTo(period: Period, grain: (typeof INDEX_GRAINS)[number], today: string): Period {
  const wide = periodOf(period.from, grain);
  return wide.from <= today && today < wide.to ? periodOf(today, grain) : wide;
}

function Steps({ period, today }: { period: Period; today: string }) {
  const { t, format } = useLanguage();
  const go = useGo();
  return (
    <div className="index-steps">
      <button
        type="button"
        aria-label={t('index.before')}
        onClick={() => go({ period: previousPeriod(period) })}
      >
        ‹
      </button>
      <span aria-live="polite">{format.period(period)}</span>
      <button
        type="button"
        aria-label={t('index.after')}
        disabled={period.to > today}
        onClick={() => go({ period: nextPeriod(period) })}
      >
        ›
      </button>
    </div>
  );
}

/** Whose index it is, with the units above it that the viewer may see. */
function Path({ unit }: { unit: string }) {
  const { say } = useLanguage();
  const search = useSearch();
  const { data } = useQuery({ ...unitQuery(unit), enabled: unit !== '' });
  return (
    <h2 className="index-path">
      {data?.path.slice(0, -1).map((above) => (
        <Link key={above.id} href={indexPath({ unit: above.ref }, search)}>
          {say(above.name)}
        </Link>
      ))}
      <span>{data && say(data.unit.name)}</span>
    </h2>
  );
}

function Body({ answer, place }: { answer: IndexAnswer; place: IndexPlace }) {
  const { t } = useLanguage();
  const go = useGo();
  return (
    <>
      <AskedShare unit={answer.unit} period={place.period} />
      <div className="index-top">
        <Total answer={answer} />
        <Groups answer={answer} />
      </div>
      <Switch
        label={t('index.view')}
        options={INDEX_VIEWS.map((view) => ({ value: view, text: t(`index.view.${view}`) }))}
        chosen={place.view}
        onChoose={(view) => go({ view })}
      />
      {place.view === 'points' && (
        <div className="index-parts">
          <Components answer={answer} />
          <Gains answer={answer} />
        </div>
      )}
      {place.view === 'units' && <UnitsBelow answer={answer} />}
      {place.view === 'gap' && (
        <Gap
          unit={answer.unit.ref}
          period={place.period}
          component={place.component}
          onChoose={(component) => go({ component })}
        />
      )}
    </>
  );
}
