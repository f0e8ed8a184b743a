/** A small trouble to watch: dossiers of a busy office that fall overdue together a little after a start, and are then resolved. */
import type { DossierEvent } from '../../shared/event.ts';
import { isoOf } from '../../shared/period.ts';
import type { Place } from './places.ts';
import { feedOf, type Told } from './tell.ts';

/** How many fall overdue, enough for an alert that rings; when after the start, and when they are resolved. */
export const SURGE = { size: 24, dueAfterMs: 35_000, endAfterMs: 100_000 } as const;

const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;

/** Below this share on time an office has overdue dossiers enough: one surge more would raise nothing new. */
const PUNCTUAL = 0.93;

/** The busiest of the punctual communes that nothing else befalls: calm until then, and large enough to bear it. */
export function chooseSurgeUnit(places: readonly Place[]): Place {
  const [place] = places
    .filter(
      ({ tier, trouble, quality }) =>
        tier === 'commune' && trouble === undefined && quality.onTime >= PUNCTUAL,
    )
    .toSorted((a, b) => b.perDay - a.perDay);
  if (!place) throw new RangeError('the province has no office for a surge');
  return place;
}

/** What is told of a surge that begins at `start` (epoch ms), in order of time. The same start gives the same events. */
export function tellSurge(place: Place, start: number): Told[] {
  const [service] = place.services;
  if (!service) throw new RangeError(`${place.code} resolves nothing`);
  const feed = feedOf(place);
  const tell = (index: number, status: number, at: number): Told => {
    const dossier = `${place.prefix}-S${Math.floor(start / 1000).toString(36)}-${index}`;
    const event: DossierEvent = {
      ...{ id: `${dossier}.${status}`, kind: 'dossier', at: isoOf(at, ZONE), dossier, status },
      ...{ procedure: service.procedure.code, receiver: place.code, resolver: place.code },
      ...{ channel: 'direct', level: 'none', due: isoOf(start + SURGE.dueAfterMs, ZONE) },
    };
    return { at, feed, event };
  };
  const all = Array.from({ length: SURGE.size }, (_, index) => index);
  return [
    ...all.map((index) => tell(index, 2, start - DAY_MS)),
    ...all.map((index) => tell(index, 9, start + SURGE.endAfterMs)),
  ];
}
