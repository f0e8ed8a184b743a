/** Everything that changes the store. There is no other way in: the one writer runs these, one at a time. */
import { addAccount, changeAccount } from './accounts.ts';
import { acknowledge, assignAlert, noteAlert, shelve, unshelve, visitAlerts } from './alerts.ts';
import { noteExport, noteRows } from './audit.ts';
import { addChannel, changeChannel, removeChannel } from './channels.ts';
import { answerExplanation, checkExplanation, explainAlert, urgeExplanation } from './explanations.ts';
import { addGrant, removeGrant } from './grants.ts';
import { importTargets } from './import-targets.ts';
import { importThresholds } from './import-thresholds.ts';
import { ingest } from './ingest.ts';
import { judge } from './judge.ts';
import { claimMessage, noteSent } from './notify.ts';
import { returnToService, takeOutOfService } from './out-of-service.ts';
import { addOverride, decideOverride } from './overrides.ts';
import { setPassword } from './passwords.ts';
import { pauseJudge } from './pause.ts';
import { rebuild, verify } from './rebuild.ts';
import { noteRefusal, type RefusedBatch } from './refusals.ts';
import { decideRule, saveRule } from './rules.ts';
import { sealIndex } from './seal-index.ts';
import {
  closeSession,
  lockSession,
  noteTokenUse,
  noteWrongPassword,
  openSession,
  renewCookie,
  touchSession,
  unlockSession,
} from './sessions.ts';
import { setTarget, signTargets } from './targets.ts';
import { tick } from './tick.ts';
import { createToken, revokeToken } from './tokens.ts';
import { loadUnits, saveBoundaries } from './units.ts';

/**
 * Each act with what the writer must know of it. `adds`: it adds to folds, so the store's must be by this site's facts.
 * `sizeOf`: how much it is, where it may share a transaction with other small ones.
 */
export const ACTS = {
  ingest: { run: ingest, adds: true, sizeOf: ({ events }: { events: readonly unknown[] }) => events.length },
  noteRefusal: { run: noteRefusal, adds: false, sizeOf: (_batch: RefusedBatch) => 1 },
  tick: { run: tick, adds: true, sizeOf: null },
  pauseJudge: { run: pauseJudge, adds: false, sizeOf: null },
  judge: { run: judge, adds: true, sizeOf: null },
  rebuild: { run: rebuild, adds: false, sizeOf: null },
  verify: { run: verify, adds: false, sizeOf: null },
  loadUnits: { run: loadUnits, adds: false, sizeOf: null },
  saveBoundaries: { run: saveBoundaries, adds: false, sizeOf: null },
  createToken: { run: createToken, adds: false, sizeOf: null },
  revokeToken: { run: revokeToken, adds: false, sizeOf: null },
  noteTokenUse: { run: noteTokenUse, adds: false, sizeOf: null },
  addAccount: { run: addAccount, adds: false, sizeOf: null },
  changeAccount: { run: changeAccount, adds: false, sizeOf: null },
  addGrant: { run: addGrant, adds: false, sizeOf: null },
  removeGrant: { run: removeGrant, adds: false, sizeOf: null },
  setPassword: { run: setPassword, adds: false, sizeOf: null },
  openSession: { run: openSession, adds: false, sizeOf: null },
  noteWrongPassword: { run: noteWrongPassword, adds: false, sizeOf: null },
  touchSession: { run: touchSession, adds: false, sizeOf: null },
  lockSession: { run: lockSession, adds: false, sizeOf: null },
  unlockSession: { run: unlockSession, adds: false, sizeOf: null },
  renewCookie: { run: renewCookie, adds: false, sizeOf: null },
  closeSession: { run: closeSession, adds: false, sizeOf: null },
  addChannel: { run: addChannel, adds: false, sizeOf: null },
  changeChannel: { run: changeChannel, adds: false, sizeOf: null },
  removeChannel: { run: removeChannel, adds: false, sizeOf: null },
  claimMessage: { run: claimMessage, adds: false, sizeOf: null },
  noteSent: { run: noteSent, adds: false, sizeOf: null },
  acknowledge: { run: acknowledge, adds: false, sizeOf: null },
  shelve: { run: shelve, adds: false, sizeOf: null },
  unshelve: { run: unshelve, adds: false, sizeOf: null },
  takeOutOfService: { run: takeOutOfService, adds: false, sizeOf: null },
  returnToService: { run: returnToService, adds: false, sizeOf: null },
  noteAlert: { run: noteAlert, adds: false, sizeOf: null },
  assignAlert: { run: assignAlert, adds: false, sizeOf: null },
  visitAlerts: { run: visitAlerts, adds: false, sizeOf: null },
  explainAlert: { run: explainAlert, adds: false, sizeOf: null },
  answerExplanation: { run: answerExplanation, adds: false, sizeOf: null },
  urgeExplanation: { run: urgeExplanation, adds: false, sizeOf: null },
  checkExplanation: { run: checkExplanation, adds: false, sizeOf: null },
  noteExport: { run: noteExport, adds: false, sizeOf: null },
  noteRows: { run: noteRows, adds: false, sizeOf: null },
  saveRule: { run: saveRule, adds: false, sizeOf: null },
  decideRule: { run: decideRule, adds: false, sizeOf: null },
  addOverride: { run: addOverride, adds: false, sizeOf: null },
  decideOverride: { run: decideOverride, adds: false, sizeOf: null },
  importThresholds: { run: importThresholds, adds: false, sizeOf: null },
  setTarget: { run: setTarget, adds: false, sizeOf: null },
  importTargets: { run: importTargets, adds: false, sizeOf: null },
  signTargets: { run: signTargets, adds: false, sizeOf: null },
  sealIndex: { run: sealIndex, adds: false, sizeOf: null },
} as const;

export type Acts = typeof ACTS;
export type ActName = keyof Acts;
/** Who may ask for an act, what it takes and what it answers. */
export type CallerOf<N extends ActName> = Parameters<Acts[N]['run']>[1];
export type InputOf<N extends ActName> = Parameters<Acts[N]['run']>[2];
export type AnswerOf<N extends ActName> = Awaited<ReturnType<Acts[N]['run']>>['answer'];
