/** The dossier: its steps become what its units received, hold and resolved. */

import { DOSSIER_MEASURES } from '../../../shared/dossier-measures.ts';
import type { DossierEvent } from '../../../shared/event.ts';
import type { MeasureId } from '../../../shared/measure.ts';
import type { Kind, ReadEvent } from '../kind.ts';
import { foldDossier } from './fold.ts';
import { isVoid, packFlags, packSteps, type Step, unpackSteps } from './step.ts';

function readStep(event: DossierEvent, { feed, id, at, units }: ReadEvent): Step {
  const [receiver, resolver] = units;
  if (receiver === undefined || resolver === undefined)
    throw new RangeError('a step of a dossier names its receiver and its resolver');
  return {
    ...{ feed, id, at, receiver, resolver },
    status: event.status,
    channel: event.channel,
    level: event.level,
    procedure: event.procedure,
    field: event.field ?? null,
    due: event.due === undefined ? null : Date.parse(event.due),
    flags: packFlags(event),
  };
}

/** Events of kind `dossier`. */
export const dossierKind: Kind<DossierEvent, Step> = {
  units: ['receiver', 'resolver'],
  code: 'dossier',
  otherCodes: [],
  keyOf: null,
  fold: {
    measures: Object.keys(DOSSIER_MEASURES) as MeasureId[],
    read: readStep,
    pack: packSteps,
    unpack: unpackSteps,
    fold: foldDossier,
    isNews: (step) => !isVoid(step),
    // Work that goes on elsewhere: a receipt told again would correct the first one.
    isTakeOver: (step) => !isVoid(step) && step.status === 4,
    isWithdrawal: isVoid,
    unitsOf: ({ receiver, resolver }) => [receiver, resolver],
  },
};
