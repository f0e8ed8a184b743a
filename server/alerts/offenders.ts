/** Which rules and units raise more than their share, and what would be quieter. Pure. */
import type { HealthAnswer } from '../../shared/alert-health.ts';
import type { RuleBody, RuleVersion } from '../../shared/rule.ts';
import type { Words } from '../../shared/words.ts';
import type { CountedEpisode } from '../store/episode-store.ts';

export type Reason = HealthAnswer['offenders'][number]['reason'];
type Proposal = { words: Words; body: RuleBody };

/** A rule, in one unit or in all (null), with what is wrong with it. `figures`: those its episodes were raised or stand at. */
export type Suspect = {
  rule: string;
  unit: number | null;
  reason: Reason;
  episodes: number;
  figures: readonly number[];
};

/** Beyond this share of all episodes a rule or a unit is an offender. */
const SHARE = 0.05;
/** Fewer episodes than this say nothing. */
const FEWEST = 3;
/** Of so many episodes at least one is acted on, where the rule is worth its alerts. */
const IGNORED = 5;

/** What is known of the episodes of some days. `acted`: those that somebody did something about; `stale`: active for over a day. */
export type Counted = {
  episodes: readonly CountedEpisode[];
  flapping: ReadonlySet<number>;
  acted: ReadonlySet<number>;
  stale: readonly { id: number; rule: string; figure: number | null }[];
  figures: ReadonlyMap<number, number>;
};

const figuresOf = (episodes: readonly CountedEpisode[], { figures }: Counted) =>
  episodes.flatMap(({ id }) => figures.get(id) ?? []);

/** What is wrong with the episodes of one rule in one unit. */
function suspectUnit(episodes: readonly CountedEpisode[], counted: Counted): Suspect | null {
  const [first] = episodes;
  if (!first) return null;
  const { rule, unit } = first;
  const found = { rule, unit, episodes: episodes.length, figures: figuresOf(episodes, counted) };
  if (episodes.some(({ id }) => counted.flapping.has(id))) return { ...found, reason: 'chattering' };
  const isMany = episodes.length >= FEWEST && episodes.length > SHARE * counted.episodes.length;
  return isMany ? { ...found, reason: 'many' } : null;
}

function suspectRule(rule: string, episodes: readonly CountedEpisode[], counted: Counted): Suspect[] {
  const found = { rule, unit: null, episodes: episodes.length, figures: figuresOf(episodes, counted) };
  const isIgnored = episodes.length >= IGNORED && episodes.every(({ id }) => !counted.acted.has(id));
  const isMany = episodes.length >= FEWEST && episodes.length > SHARE * counted.episodes.length;
  return [
    ...(isIgnored ? [{ ...found, reason: 'neverActedOn' as const }] : []),
    ...(isMany && !isIgnored ? [{ ...found, reason: 'many' as const }] : []),
  ];
}

const WEIGHT: Record<Reason, number> = { chattering: 0, many: 1, neverActedOn: 2, stale: 3, idle: 4 };

/** Rules and units to look at first: those that chatter, then by how much they raise; each pair of rule and unit once. */
export function findSuspects(counted: Counted, most: number): Suspect[] {
  const byUnit = Map.groupBy(counted.episodes, ({ rule, unit }) => `${rule} ${unit}`);
  const byRule = Map.groupBy(counted.episodes, ({ rule }) => rule);
  const stale = Map.groupBy(counted.stale, ({ rule }) => rule);
  const suspects = [
    ...[...byUnit.values()].flatMap((episodes) => suspectUnit(episodes, counted) ?? []),
    ...[...byRule].flatMap(([rule, episodes]) => suspectRule(rule, episodes, counted)),
    ...[...stale].map(
      ([rule, own]): Suspect => ({
        ...{ rule, unit: null, reason: 'stale', episodes: own.length },
        figures: own.flatMap(({ figure }) => figure ?? []),
      }),
    ),
  ];
  suspects.sort((a, b) => WEIGHT[a.reason] - WEIGHT[b.reason] || b.episodes - a.episodes);
  return suspects.slice(0, most);
}

/** Where the milder half of some figures ends: past it, in the direction of the rule, lies the other half. */
function medianOf(figures: readonly number[]): number | null {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** The least level moved to where half of the figures lie past it, no further than half way to the next worse level. */
function quietThreshold({ body }: RuleVersion, figures: readonly number[]): Proposal | null {
  const median = medianOf(figures);
  const index = body.levels.length - 1;
  const least = body.levels[index];
  if (median === null || !least || least.raise === null) return null;
  const next = body.levels[index - 1]?.raise ?? null;
  const isBelow = body.direction === 'below';
  const bound = next === null ? median : (least.raise + next) / 2;
  const raise = round(isBelow ? Math.max(median, bound) : Math.min(median, bound));
  if (isBelow ? raise >= least.raise : raise <= least.raise) return null;
  const levels = body.levels.map((level, at) => (at === index ? { ...level, raise } : level));
  return {
    words: {
      vi: `Ngưỡng nhẹ nhất từ ${least.raise} thành ${raise}: khoảng một nửa số lần cảnh báo không còn`,
      en: `The least threshold from ${least.raise} to ${raise}: about half of the episodes would not be`,
    },
    body: { ...body, levels },
  };
}

/** What calms an alert that comes and goes: it clears further back, and later. */
function widerBand({ body }: RuleVersion): Proposal {
  const raises = body.levels.flatMap(({ raise }) => raise ?? []);
  const size = Math.max(0, ...raises.map(Math.abs));
  const deadband = round(body.deadband > 0 ? body.deadband * 2 : Math.max(size * 0.02, 1));
  const clearDelay =
    body.clearDelay.amount > 0
      ? { ...body.clearDelay, amount: body.clearDelay.amount * 2 }
      : { amount: 4, unit: 'workingHours' as const };
  return {
    words: {
      vi: `Vùng trễ ${deadband}, hết cảnh báo chậm gấp đôi: một lần dao động là một cảnh báo`,
      en: `A deadband of ${deadband}, and twice as long until it clears: one swing is one alert`,
    },
    body: { ...body, deadband, clearDelay },
  };
}

/** The least level as a message, which asks for no acknowledgement and loads nobody. */
function asMessage({ body }: RuleVersion): Proposal | null {
  const least = body.levels.at(-1);
  if (!least || least.severity === 'advisory') return null;
  const levels = body.levels.map((level) =>
    level === least ? { ...level, severity: 'advisory' as const } : level,
  );
  return {
    words: { vi: 'Mức nhẹ nhất chỉ còn là lưu ý', en: 'The least level becomes a message' },
    body: { ...body, levels },
  };
}

/** What would be quieter; null where nothing is at hand. To be tried in the preview before anybody saves it. */
export function proposeFor({ reason, figures }: Suspect, rule: RuleVersion): Proposal | null {
  if (reason === 'chattering') return widerBand(rule);
  if (reason === 'many' || reason === 'stale') return quietThreshold(rule, figures) ?? asMessage(rule);
  return reason === 'neverActedOn' ? asMessage(rule) : null;
}
