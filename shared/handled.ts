import type { Terms } from './indicator.ts';

/** What a unit brought to an end. */
export const RESOLVED: Terms = { resolvedEarly: 1, resolvedOnTime: 1, resolvedLate: 1 };

/** All that it had in hand: brought to an end, or open. */
export const HANDLED: Terms = { ...RESOLVED, open: 1 };
