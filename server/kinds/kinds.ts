/** Every kind of event: ingest, due work, rebuild and verify walk this table and know no kind by name. */
import { dossierKind } from './dossier/dossier.ts';
import type { Kind, Kinds } from './kind.ts';

/** A kind that is checked and kept in the log; no figure is made of it yet. */
function logged(units: readonly string[], otherCodes: readonly string[] = []): Kind {
  return { units, code: null, otherCodes, measures: [], fold: null };
}

/** The kinds of the contract. */
export const KINDS: Kinds = {
  dossier: dossierKind as Kind,
  document: logged(['unit']),
  petition: logged(['unit'], ['petition']),
  rating: logged(['unit'], ['dossier']),
  probe: logged([]),
  report: logged(['unit']),
  task: logged(['unit']),
};
