import type { ROUTES, RouteName } from '../../shared/wire.ts';

/** The routes of the contract, as types alone. */
export type Routes = typeof ROUTES;

/** Routes that only read. */
export type ReadName = { [N in RouteName]: Routes[N] extends { method: 'get' } ? N : never }[RouteName];

/** Where reads are asked for: one entry per route that only reads. */
export const PATHS = {
  getSession: '/api/session',
  listUnits: '/api/units',
  getUnit: '/api/units/:code',
  listIndicators: '/api/indicators',
  getFigures: '/api/figures',
  getSeries: '/api/series',
  getRanking: '/api/ranking',
  getForm: '/api/form/II.06a',
  listSilent: '/api/silent',
  listDossiers: '/api/dossiers',
  listFeeds: '/api/feeds',
  getMap: '/api/map',
  listAccounts: '/api/accounts',
  listGrants: '/api/grants',
  listTokens: '/api/tokens',
  listAudit: '/api/audit',
  listAlerts: '/api/alerts',
  getAlert: '/api/alerts/:id',
  listAssignees: '/api/alerts/assignees',
  listExplanations: '/api/explanations',
  getHealth: '/api/alerts/health',
  getHandover: '/api/handover',
  getDue: '/api/due',
  listDue: '/api/due/dossiers',
  listRules: '/api/rules',
  exportLedger: '/api/rules/ledger',
  getRule: '/api/rules/:id',
  listOverrides: '/api/overrides',
  listThresholds: '/api/thresholds',
  exportThresholds: '/api/thresholds/table',
  listChannels: '/api/channels',
  explainFigure: '/api/explain',
  listCorrections: '/api/corrections',
  exportRows: '/api/explain/rows',
  getQuality: '/api/quality',
  getIndex: '/api/index766',
  getIndexGap: '/api/index766/gap',
} as const satisfies { [N in ReadName]: Routes[N]['path'] };

/** Routes that change something, but for feeds'. */
export type ActName = Exclude<RouteName, ReadName | 'postEvents'>;

/** Where acts are asked for, and how: one entry per route that changes something. */
export const ACTS = {
  openSession: { method: 'post', path: '/api/session' },
  touchSession: { method: 'put', path: '/api/session' },
  unlockSession: { method: 'post', path: '/api/session/unlock' },
  lockSession: { method: 'post', path: '/api/session/lock' },
  closeSession: { method: 'delete', path: '/api/session' },
  setPassword: { method: 'put', path: '/api/password' },
  addAccount: { method: 'post', path: '/api/accounts' },
  changeAccount: { method: 'put', path: '/api/accounts' },
  addGrant: { method: 'post', path: '/api/grants' },
  removeGrant: { method: 'delete', path: '/api/grants' },
  createToken: { method: 'post', path: '/api/tokens' },
  revokeToken: { method: 'delete', path: '/api/tokens' },
  acknowledgeAlert: { method: 'post', path: '/api/alerts/:id/acknowledge' },
  noteAlert: { method: 'post', path: '/api/alerts/:id/note' },
  assignAlert: { method: 'post', path: '/api/alerts/:id/assign' },
  shelveAlert: { method: 'post', path: '/api/alerts/:id/shelve' },
  unshelveAlert: { method: 'post', path: '/api/alerts/:id/unshelve' },
  takeAlertOutOfService: { method: 'post', path: '/api/alerts/:id/out-of-service' },
  returnAlertToService: { method: 'post', path: '/api/alerts/:id/return-to-service' },
  acknowledgeAlerts: { method: 'post', path: '/api/alerts/acknowledge' },
  shelveAlerts: { method: 'post', path: '/api/alerts/shelve' },
  visitAlerts: { method: 'post', path: '/api/alerts/visit' },
  explainAlert: { method: 'post', path: '/api/alerts/:id/explain' },
  answerExplanation: { method: 'post', path: '/api/explanations/:id/answer' },
  urgeExplanation: { method: 'post', path: '/api/explanations/:id/urge' },
  checkExplanation: { method: 'post', path: '/api/explanations/:id/check' },
  saveRule: { method: 'post', path: '/api/rules' },
  decideRule: { method: 'put', path: '/api/rules' },
  previewRule: { method: 'post', path: '/api/rules/preview' },
  addOverride: { method: 'post', path: '/api/overrides' },
  decideOverride: { method: 'put', path: '/api/overrides' },
  importThresholds: { method: 'post', path: '/api/thresholds/table' },
  addChannel: { method: 'post', path: '/api/channels' },
  changeChannel: { method: 'put', path: '/api/channels' },
  removeChannel: { method: 'delete', path: '/api/channels' },
  sealIndex: { method: 'post', path: '/api/index766/seal' },
} as const satisfies { [N in ActName]: Pick<Routes[N], 'method' | 'path'> };
