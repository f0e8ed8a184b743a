import type { Generated } from 'kysely';

/**
 * A version of a unit's target for an indicator in a year. `office` and `paper` say who
 * decided it; `value` null takes the unit's own target back. One version of a unit, indicator and year is `signed` at most.
 */
export type TargetRow = {
  id: Generated<number>;
  unit: number;
  indicator: string;
  year: number;
  value: number | null;
  office: string;
  paper: string;
  reason: string;
  state: 'proposed' | 'signed' | 'superseded' | 'rejected';
  savedAt: number;
  savedBy: string;
  signedAt: number | null;
  signedBy: string | null;
  endedAt: number | null;
  seq: number;
};
