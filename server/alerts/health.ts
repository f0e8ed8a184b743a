/** How bearable the alerts of a unit are, against what operators can take in. Messages do not count. */
import { POLICY } from '../../shared/alert-policy.ts';
import { addDays, dayOf, isoOf, listPeriods, startOfDay } from '../../shared/period.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { listActing } from '../acts/assignees.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { touches } from '../people/scope.ts';
import {
  type CountedEpisode,
  readNotesSince,
  readOpenEpisodes,
  readOpenedEpisodes,
  type StoredEpisode,
  type StoredNote,
} from '../store/episode-store.ts';
import { loadRuleBook, type RuleBook } from '../store/rule-book.ts';
import { readBeginning, readHistories } from '../store/rule-store.ts';
import { rateOf } from './flood.ts';
import { readJudgeHealth } from './judge-health.ts';
import { listUnitsOf } from './list.ts';
import { DEEDS } from './notes.ts';
import { type Counted, findSuspects, proposeFor, type Suspect } from './offenders.ts';
import { IDLE_DAYS } from './rules.ts';

type Health = AnswerOf<'getHealth'>;
type Offender = Health['offenders'][number];

const DAY_MS = 86_400_000;
const MOST_OFFENDERS = 10;

const isStale = ({ condition, severity, openedAt }: StoredEpisode, now: number) =>
  condition !== 'normal' && severity !== 'advisory' && openedAt < now - DAY_MS;

function readMix(episodes: readonly CountedEpisode[]): Record<AlertSeverity, number> {
  const shareOf = (severity: AlertSeverity) =>
    episodes.length === 0 ? 0 : episodes.filter(({ worst }) => worst === severity).length / episodes.length;
  const shares = ALERT_SEVERITIES.map((severity) => [severity, shareOf(severity)] as const);
  return Object.fromEntries(shares) as Record<AlertSeverity, number>;
}

const TARGET_MIX = Object.fromEntries(
  ALERT_SEVERITIES.map((severity) => [severity, POLICY[severity].targetShare]),
) as Record<AlertSeverity, number>;

/** Minutes from being raised to the first acknowledgement, of those that were acknowledged; null: none was. */
function meanAcknowledged(episodes: readonly CountedEpisode[], notes: readonly StoredNote[]): number | null {
  const first = new Map<number, number>();
  for (const { kind, episode, at } of notes)
    if (kind === 'acknowledged' && !first.has(episode)) first.set(episode, at);
  const spans = episodes.flatMap(({ id, openedAt }) => {
    const at = first.get(id);
    return at === undefined ? [] : at - openedAt;
  });
  if (spans.length === 0) return null;
  return spans.reduce((sum, span) => sum + span, 0) / spans.length / 60_000;
}

function showSuspect(
  view: View,
  { rules }: RuleBook,
  { suspect, all }: { suspect: Suspect; all: number },
): Offender {
  const { rule, unit, episodes, reason } = suspect;
  const judge = rules.get(rule);
  const shown = unit === null ? null : showUnit(view, unit);
  return {
    ...{ rule, name: judge?.body.name ?? { vi: rule, en: rule }, episodes, reason },
    ...{ ref: shown?.ref ?? null, unitName: shown?.name ?? null },
    share: all === 0 ? 0 : episodes / all,
    proposal: judge ? proposeFor(suspect, judge) : null,
  };
}

/** Rules in force that nobody touched for half a year: of those shipped since the store was made. */
async function listIdle(view: View): Promise<Offender[]> {
  const beginning = (await readBeginning(view.reader)) ?? view.now;
  const longAgo = view.now - IDLE_DAYS * DAY_MS;
  return (await readHistories(view.reader)).flatMap(({ id, current }): Offender[] => {
    const { rule, state, savedAt } = current;
    if (state !== 'active' || (savedAt ?? beginning) > longAgo || !touches(view, rule.unit)) return [];
    const nothing = { ref: null, unitName: null, episodes: 0, share: 0, proposal: null };
    return [{ rule: id, name: rule.body.name, reason: 'idle', ...nothing }];
  });
}

type Read = { episodes: CountedEpisode[]; notes: StoredNote[]; open: StoredEpisode[] };

/** What is known of the days from an instant on. */
async function readDays(view: View, units: readonly number[], from: number): Promise<Read> {
  const set = new Set(units);
  const kinds = [...DEEDS, 'flapping', 'raised'] as const;
  return {
    episodes: await readOpenedEpisodes(view.reader, set, { from, to: view.now + 1 }),
    notes: await readNotesSince(view.reader, set, { kinds, since: from }),
    open: await readOpenEpisodes(view.reader, units),
  };
}

function countRead({ episodes, notes, open }: Read, now: number): Counted {
  const idsOf = (is: (note: StoredNote) => boolean) => new Set(notes.filter(is).map((one) => one.episode));
  return {
    episodes,
    flapping: idsOf(({ kind }) => kind === 'flapping'),
    acted: idsOf(({ kind, by }) => by !== null && (DEEDS as readonly string[]).includes(kind)),
    stale: open.filter((episode) => isStale(episode, now)),
    figures: new Map(
      notes.flatMap(({ kind, episode, figure }) =>
        kind === 'raised' && figure !== null ? [[episode, figure] as const] : [],
      ),
    ),
  };
}

/** The load of some days. */
function showLoad(view: View, { episodes }: Read, { from, operators }: { from: string; operators: number }) {
  const { zone } = view.site;
  const begin = startOfDay(from, zone);
  const raised = episodes.map(({ openedAt }) => openedAt);
  const rate = rateOf(raised, { from: begin, to: view.now });
  const days = listPeriods({ from, to: addDays(view.today, 1) }, 'day').map(({ key }) => key);
  const perDay = Map.groupBy(raised, (at) => dayOf(at, zone));
  return {
    episodes: episodes.length,
    perOperatorDay: episodes.length / Math.max(1, operators) / days.length,
    bearable: view.site.alerting.bearablePerDay,
    perTenMinutes: {
      mean: rate.mean,
      most: rate.most,
      mostAt: rate.mostAt === null ? null : isoOf(rate.mostAt, zone),
    },
    floodShare: rate.floodShare,
    days: days.map((day) => ({ day, raised: perDay.get(day)?.length ?? 0 })),
  };
}

/** The health of the alerts of a unit over so many days, today being the last. */
export async function readHealth(view: View, unit: ScopedUnit, days: number): Promise<Health> {
  const from = addDays(view.today, 1 - days);
  const read = await readDays(view, listUnitsOf(view, [unit]), startOfDay(from, view.site.zone));
  const counted = countRead(read, view.now);
  const book = await loadRuleBook(view.reader, view.clock.rulesSeq);
  const operators = (await listActing(view.reader, { unit, roles: ['operator'] }, view)).length;
  const all = read.episodes.length;
  return {
    seq: view.clock.seq,
    ...{ unit: showUnit(view, unit).ref, from, to: addDays(view.today, 1), operators },
    ...showLoad(view, read, { from, operators }),
    stale: counted.stale.length,
    chattering: counted.flapping.size,
    mix: readMix(read.episodes),
    targetMix: TARGET_MIX,
    meanAcknowledgeMinutes: meanAcknowledged(read.episodes, read.notes),
    offenders: findSuspects(counted, MOST_OFFENDERS).map((suspect) =>
      showSuspect(view, book, { suspect, all }),
    ),
    idle: await listIdle(view),
    judge: await readJudgeHealth(view),
  };
}
