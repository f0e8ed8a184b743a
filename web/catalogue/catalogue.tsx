/** Every indicator with the figure of a unit, its target, course, rank, definition and source. */
import { useId, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { GROUPS, type Group } from '../../shared/indicator.ts';
import { dayOf } from '../../shared/period.ts';
import { CURRENT, type CurrentGrain } from '../address.ts';
import { findIndicators, groupIndicators } from '../figures/groups.ts';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { UnitChooser } from '../rules/unit-chooser.tsx';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { GroupTable } from './rows.tsx';
import { useCatalogue } from './told.ts';
import { TwoWays } from './two-ways.tsx';
import './catalogue.css';

/** Where in the catalogue we are: of which unit, over which running period, and which group alone. */
type Place = { unit: string; grain: CurrentGrain; group: Group | null };

function usePlace(own: string): [Place, (change: Partial<Record<keyof Place, string | null>>) => void] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const query = new URLSearchParams(search);
  const go = (change: Partial<Record<keyof Place, string | null>>) => {
    for (const [key, value] of Object.entries(change))
      if (value === null || value === '') query.delete(key);
      else query.set(key, value);
    navigate(query.size > 0 ? `${path}?${query}` : path, { replace: true });
  };
  const place = {
    unit: query.get('unit') ?? own,
    grain: CURRENT.find((grain) => grain === query.get('grain')) ?? 'month',
    group: GROUPS.find((group) => group === query.get('group')) ?? null,
  };
  return [place, go];
}

/** `/catalogue`; `?unit=`, `grain=` and `group=` choose what it shows. */
export function CataloguePage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const { session } = useSession();
  const [place, go] = usePlace(session?.unit.ref ?? '');
  return (
    <OfficeFrame page="catalogue" about={t('catalogue.about')} preferences={preferences}>
      <div className="catalogue-tools">
        <UnitChooser label={t('catalogue.unit')} unit={place.unit} onChoose={(unit) => go({ unit })} />
        <GrainSwitch grain={place.grain} onChoose={(grain) => go({ grain })} />
      </div>
      {place.unit !== '' && <Figures key={place.unit} place={place} onGroup={(group) => go({ group })} />}
    </OfficeFrame>
  );
}

function GrainSwitch({ grain, onChoose }: { grain: CurrentGrain; onChoose: (grain: CurrentGrain) => void }) {
  const { t } = useLanguage();
  return (
    <fieldset className="switch" aria-label={t('catalogue.grains')}>
      {CURRENT.map((one) => (
        <button key={one} type="button" aria-pressed={one === grain} onClick={() => onChoose(one)}>
          {t(`catalogue.grain.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}

type FiguresProps = { place: Place; onGroup: (group: Group | null) => void };

function Figures({ place: { unit, grain, group }, onGroup }: FiguresProps) {
  const { t, say, format } = useLanguage();
  const { zone } = useSession();
  const [search, setSearch] = useState('');
  const id = useId();
  const told = useCatalogue(unit, { grain, today: dayOf(useAskedAt(), zone) });
  const found = findIndicators(search).filter((one) => group === null || one.group === group);
  return (
    <OfficeRead isPending={told.isPending} error={told.error} retry={told.retry}>
      <p className="catalogue-whose">
        <strong>{told.unit && say(told.unit.name)}</strong> · {format.period(told.period)}
      </p>
      <TwoWays told={told} />
      <div className="office-tools">
        <label className="hidden" htmlFor={id}>
          {t('catalogue.search')}
        </label>
        <input
          id={id}
          type="search"
          placeholder={t('catalogue.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span role="status">{t('catalogue.count', { count: found.length })}</span>
      </div>
      <fieldset className="switch catalogue-groups" aria-label={t('catalogue.groups')}>
        {[null, ...GROUPS].map((one) => (
          <button key={one} type="button" aria-pressed={one === group} onClick={() => onGroup(one)}>
            {t(one === null ? 'catalogue.all' : `catalogue.group.${one}`)}
          </button>
        ))}
      </fieldset>
      {found.length === 0 && <p>{t('catalogue.none')}</p>}
      {groupIndicators(found).map(({ group: one, indicators }) => (
        <GroupTable key={one} group={one} indicators={indicators} told={told} />
      ))}
    </OfficeRead>
  );
}
