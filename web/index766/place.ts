/** What the address of the index page holds. Pure. */
import type { IndexBasis } from '../../shared/index766-wire.ts';
import { type Period, parsePeriod, periodOf } from '../../shared/period.ts';

/** The parts of the page. */
export const INDEX_VIEWS = ['points', 'units', 'gap'] as const;
export type IndexView = (typeof INDEX_VIEWS)[number];

export const INDEX_GRAINS = ['month', 'quarter', 'year'] as const;
export type IndexGrain = (typeof INDEX_GRAINS)[number];

/** Whose index of which period is shown, by whose figures; `unit` null: the widest that the viewer may see. */
export type IndexPlace = {
  unit: string | null;
  period: Period;
  basis: IndexBasis | null;
  view: IndexView;
  component: string;
};

const isGrain = (grain: string): grain is IndexGrain => (INDEX_GRAINS as readonly string[]).includes(grain);

/** Reads the place from a query; what is missing or wrong gets its default, of the period the running month. */
export function parseIndexPlace(search: string, today: string): IndexPlace {
  const query = new URLSearchParams(search);
  const asked = parsePeriod(query.get('period') ?? '');
  const basis = query.get('basis');
  return {
    unit: query.get('unit') || null,
    period: asked && isGrain(asked.grain) ? asked : periodOf(today, 'month'),
    basis: basis === 'own' || basis === 'portal' ? basis : null,
    view: INDEX_VIEWS.find((view) => view === query.get('view')) ?? 'points',
    component: query.get('component') || 'progress',
  };
}

/** The address of a place; what belongs to the screen alone, such as its theme, is kept. */
export function indexPath(place: Partial<IndexPlace>, search: string): string {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(place)) {
    const text = key === 'period' ? (value as Period).key : (value as string | null);
    if (text === null) query.delete(key);
    else query.set(key, text);
  }
  return query.size > 0 ? `/index766?${query}` : '/index766';
}
