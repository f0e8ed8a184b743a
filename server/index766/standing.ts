/** Ranks among peers: units of one level and one volume class. Pure. */
import type { VolumeClass } from '../../shared/index766.ts';

/** What a unit is ranked by. */
export type Peer = {
  unit: number;
  level: string;
  volume: VolumeClass | null;
  monthly: number | null;
  value: number | null;
};

/** A rank and among how many. */
export type Standing = { rank: number; among: number };

/** The standing of each unit; one without dossiers or figures has none. Equals share a rank. */
export function rankPeers(peers: readonly Peer[]): Map<number, Standing> {
  const ranked = peers.filter(({ value, monthly }) => value !== null && monthly !== null && monthly > 0);
  const standings = new Map<number, Standing>();
  for (const group of Map.groupBy(ranked, ({ level, volume }) => `${level} ${volume}`).values()) {
    for (const { unit, value } of group) {
      const better = group.filter((other) => (other.value ?? 0) > (value ?? 0)).length;
      standings.set(unit, { rank: better + 1, among: group.length });
    }
  }
  return standings;
}
