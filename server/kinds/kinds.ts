/** Every kind of event: ingest, due work, rebuild and verify walk this table and know no kind by name. */
import { dossierKind } from './dossier/dossier.ts';
import type { Kind, Kinds } from './kind.ts';
import { documentKind } from './plain/document.ts';
import { petitionKind } from './plain/petition.ts';
import { probeKind } from './plain/probe.ts';
import { ratingKind } from './plain/rating.ts';
import { reportKind } from './plain/report.ts';
import { taskKind } from './plain/task.ts';

/** The kinds of the contract. */
export const KINDS: Kinds = {
  dossier: dossierKind as Kind,
  document: documentKind as Kind,
  petition: petitionKind as Kind,
  rating: ratingKind as Kind,
  probe: probeKind as Kind,
  report: reportKind as Kind,
  task: taskKind as Kind,
};
