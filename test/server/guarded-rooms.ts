/** The routes that rooms of their own serve, as they are asked for in the guarded world: one line per room. */
import { alertCases } from './guarded-alerts.ts';
import { channelRoutes } from './guarded-channels.ts';
import { EXPLAIN_CASES } from './guarded-explain.ts';
import { FORM_CASES } from './guarded-forms.ts';
import { INDEX_CASES } from './guarded-index.ts';
import { planCases } from './guarded-plans.ts';
import { ruleCases } from './guarded-rules.ts';
import { SYSTEM_CASES } from './guarded-systems.ts';

type OfTarget = Parameters<typeof channelRoutes>[0] &
  Parameters<typeof ruleCases>[0] &
  Parameters<typeof alertCases>[0];

/** Their routes; `ofTarget` gives what a request is about. */
export const roomCases = (ofTarget: OfTarget) => ({
  ...channelRoutes(ofTarget),
  ...ruleCases(ofTarget),
  ...alertCases(ofTarget),
  ...EXPLAIN_CASES,
  ...FORM_CASES,
  ...INDEX_CASES,
  ...SYSTEM_CASES,
  ...planCases(ofTarget),
});
