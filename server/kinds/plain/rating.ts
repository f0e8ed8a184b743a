/** The rating of a service: satisfied or not; of a score from 1 to 5, from 4 on. */
import type { RatingEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import { RATING_MEASURES } from '../../../shared/other-measures.ts';
import { dayOf } from '../../../shared/period.ts';
import type { Kind } from '../kind.ts';
import { endsOf, inOrder, type PlainStep, plainFold, plainState, unitOf } from './plain.ts';

type Step = PlainStep & { satisfied: boolean };

/** From which score on somebody is satisfied. */
const SATISFIED_FROM = 4;

/** Events of kind `rating`: each is one. */
export const ratingKind: Kind<RatingEvent, Step> = {
  ...{ units: ['unit'], code: null, otherCodes: ['dossier'] },
  keyOf: (_event, { feed, id }) => `${feed} ${id}`,
  fold: plainFold<RatingEvent, Step>({
    measures: Object.keys(RATING_MEASURES) as MeasureId[],
    read: ({ satisfied, score }, told) => ({
      ...{ feed: told.feed, id: told.id, at: told.at, unit: unitOf(told) },
      satisfied: satisfied ?? (score ?? 0) >= SATISFIED_FROM,
    }),
    fold(subject, { tree, zone }, emit) {
      const { last } = endsOf(inOrder(subject));
      const path = tree.pathOn(last.unit, dayOf(last.at, zone));
      emit(path, last.at, 'rated', 1);
      if (last.satisfied) emit(path, last.at, 'ratedSatisfied', 1);
      return plainState({ unit: last.unit, endAt: last.at });
    },
  }),
};
