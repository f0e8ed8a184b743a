import { COMPONENTS, type Component } from '../../shared/index766-components.ts';
import type { ComponentView, IndexAnswer, IndexBasis } from '../../shared/index766-wire.ts';
import { parsePeriod } from '../../shared/period.ts';
import type { ExplainTarget } from '../explain/address.ts';
import type { Format } from '../format.ts';
import type { Language } from '../words/words.ts';

const byId = new Map(COMPONENTS.map((component) => [component.id, component]));

/** A component by its id; undefined for one that this build does not know. */
export const findComponent = (id: string): Component | undefined => byId.get(id);

/** Of which index a story is: of whom, over which days, by whose figures. */
export type StoryPlace = { unit: string; period: string; by: IndexBasis };

/** Where the stories of an answer's figures are. */
export const storyPlace = ({ unit, period, basis }: IndexAnswer): StoryPlace => ({
  ...{ unit: unit.ref, period, by: basis },
});

/** The story of a component's points: of the figure that we count, or of the index itself where they are the portal's. */
export function storyOf(
  { id, isTaken }: Pick<ComponentView, 'id' | 'isTaken'>,
  place: StoryPlace,
): ExplainTarget {
  const counted = place.by === 'own' && !isTaken ? findComponent(id)?.indicator : null;
  if (!counted) return { indicator: 'IDX', ...place };
  return { indicator: counted, unit: place.unit, period: place.period };
}

/** A difference with its sign: `+0,52`, `−1,10`. */
export function writeChange(format: Format, change: number): string {
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${format.fine(Math.abs(change))}`;
}

/** A difference and the period that it is against; null of none that is to be seen. */
export function wordChange(
  change: number,
  key: string,
  { t, format, lang }: Pick<Language, 't' | 'format' | 'lang'>,
): string | null {
  if (Math.abs(change) < 0.005) return null;
  return t('index.changeOf', {
    change: writeChange(format, change),
    period: nameWithin(key, { format, lang }),
  });
}

/** A period within a sentence, where a month of Vietnamese begins with a small letter. */
function nameWithin(key: string, { format, lang }: Pick<Language, 'format' | 'lang'>): string {
  const known = parsePeriod(key);
  const period = known ? format.period(known) : key;
  return lang === 'vi' ? period.charAt(0).toLowerCase() + period.slice(1) : period;
}

type Answered = Pick<IndexAnswer, 'score' | 'previous' | 'version' | 'change' | 'provisional'>;

/** How a total moved since the period before, or why the two are not to be compared. */
export function wordBefore(
  { score, previous, version, change, provisional }: Answered,
  { t, say, format, lang }: Language,
): string {
  const known = parsePeriod(previous.period);
  const period = known ? format.period(known) : previous.period;
  if (version.changed.length > 0) {
    const components = version.changed.flatMap((id) => findComponent(id)?.words ?? []).map(say);
    return t('index.otherFormula', { components: components.join(', ') });
  }
  if (change === null) return t('index.noBefore', { period });
  const whole = nameWithin(previous.period, { format, lang });
  const within = provisional ? t('index.toSameDay', { period: whole }) : whole;
  const moved =
    change.points === 0
      ? t('index.same', { period: within })
      : t('index.change', { change: writeChange(format, change.points), period: within });
  const now = score.groups.filter(({ outOf }) => outOf > 0).length;
  return change.groups === now ? moved : t('index.onGroups', { moved, count: change.groups });
}
