import { COMPONENTS, type Component } from '../../shared/index766-components.ts';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { parsePeriod } from '../../shared/period.ts';
import type { Format } from '../format.ts';
import type { Language } from '../words/words.ts';

const byId = new Map(COMPONENTS.map((component) => [component.id, component]));

/** A component by its id; undefined for one that this build does not know. */
export const findComponent = (id: string): Component | undefined => byId.get(id);

/** A difference with its sign: `+0,52`, `−1,10`. */
export function writeChange(format: Format, change: number): string {
  return `${change > 0 ? '+' : change < 0 ? '−' : ''}${format.fine(Math.abs(change))}`;
}

/** How a total moved since the period before, or why the two are not to be compared. */
export function wordBefore(
  { score, previous, version }: Pick<IndexAnswer, 'score' | 'previous' | 'version'>,
  { t, say, format, lang }: Language,
): string {
  const known = parsePeriod(previous.period);
  const period = known ? format.period(known) : previous.period;
  if (version.changed.length > 0) {
    const components = version.changed.flatMap((id) => findComponent(id)?.words ?? []).map(say);
    return t('index.otherFormula', { components: components.join(', ') });
  }
  if (previous.value === null || score.value === null) return t('index.noBefore', { period });
  const change = Math.round((score.value - previous.value) * 100) / 100;
  // Within a sentence a month of Vietnamese begins with a small letter.
  const within = lang === 'vi' ? period.charAt(0).toLowerCase() + period.slice(1) : period;
  if (change === 0) return t('index.same', { period: within });
  return t('index.change', { change: writeChange(format, change), period: within });
}
