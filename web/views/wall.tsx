import type { Preferences } from '../preferences.ts';

/** The wall. */
export function WallPage({ unit }: { unit: string; preferences: Preferences }) {
  return <main>{unit}</main>;
}
