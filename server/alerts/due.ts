/** Dossiers that are about to be late. A dossier stands in the last stage it has come to; one whose clock rests is in none. */
import type { DueStage } from '../../shared/alert-health.ts';
import { CalendarYearMissing } from '../../shared/calendar.ts';
import { obtain } from '../../shared/obtain.ts';
import { hasEndedBy, isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { readAreas } from '../figures/areas.ts';
import { showDossier } from '../figures/dossiers.ts';
import type { View } from '../figures/sums.ts';
import { showProcedure, showUnit } from '../figures/views.ts';
import { measureRest } from '../kinds/dossier/rest.ts';
import type { FoldContext } from '../kinds/kind.ts';
import type { ScopedUnit } from '../people/scope.ts';
import {
  type OpenDossier,
  type RunningDossier,
  readRunningDossiers,
  readSubjects,
} from '../store/subject-store.ts';

type Stages = Record<DueStage, number>;

const HOUR_MS = 3_600_000;
/** The share of its working time after whose use a dossier is told of. */
const USED = 0.7;

const noStages = (): Stages => ({ used70: 0, within8h: 0, within2h: 0, overdue: 0, overdueTwice: 0 });

/** From the hours left on, where the calendar is known; null where it is not: never a guess. `restMs` is no time used. */
type Stager = (dossier: RunningDossier, restMs?: number) => DueStage | null;

/** Stages that depend on how long the whole way is, without the time in which a dossier rested. */
const BY_WHOLE: ReadonlySet<DueStage | null> = new Set<DueStage>(['used70', 'overdue', 'overdueTwice']);

/** Says of dossiers in which stage they are at the view's instant. */
function createStager({ site, now }: Pick<View, 'site' | 'now'>): Stager {
  const { calendar } = site;
  const stageOf = ({ acceptedAt, dueAt }: RunningDossier, restMs: number): DueStage | null => {
    const whole = calendar.workingMsBetween(acceptedAt, dueAt) - restMs;
    const left = calendar.workingMsBetween(now, dueAt);
    if (dueAt < now) return whole > 0 && -left > whole ? 'overdueTwice' : 'overdue';
    if (left <= 2 * HOUR_MS) return 'within2h';
    if (left <= 8 * HOUR_MS) return 'within8h';
    return whole - left >= USED * whole ? 'used70' : null;
  };
  return (dossier, restMs = 0) => {
    try {
      return stageOf(dossier, restMs);
    } catch (error) {
      if (!(error instanceof CalendarYearMissing)) throw error;
      return dossier.dueAt < now ? 'overdue' : null;
    }
  };
}

/** Between which due times dossiers of a stage lie at most; the stager says which of them are in it. */
function boundsOf(stage: DueStage | undefined, { now }: Pick<View, 'now'>): { from: number; to: number } {
  if (stage === 'overdue' || stage === 'overdueTwice') return { from: 0, to: now };
  const from = stage === undefined ? 0 : now;
  return { from, to: Number.MAX_SAFE_INTEGER };
}

/** How long dossiers rested, in working time: the due time was moved by it, so it is no part of the way. */
async function readRests(
  { reader, site, tree, now }: View,
  dossiers: readonly RunningDossier[],
): Promise<(dossier: RunningDossier) => number> {
  const context: FoldContext = { ...site, tree, now };
  const subjects = await readSubjects(
    reader,
    'dossier',
    dossiers.map(({ key }) => key),
  );
  const restOf = (history: string) => {
    try {
      return measureRest(history, context);
    } catch (error) {
      if (error instanceof CalendarYearMissing) return 0;
      throw error;
    }
  };
  return ({ key }) => {
    const subject = subjects.get(key);
    return subject ? restOf(subject.history) : 0;
  };
}

type Wanted = { stage?: DueStage; procedure?: string | undefined };

/** Dossiers of a subtree that stand in a stage, the most urgent first: one query. */
async function readStaged(
  view: View,
  unit: ScopedUnit,
  { stage, procedure }: Wanted,
): Promise<{ dossier: RunningDossier; stage: DueStage }[]> {
  const units = view.tree.subtreeOn(unit, view.today).map(({ id }) => id);
  if (hasEndedBy(view.tree.get(unit), view.today)) return [];
  const rows = await readRunningDossiers(view.reader, units, { ...boundsOf(stage, view), procedure });
  const stageOf = createStager(view);
  const restOf = await readRests(
    view,
    rows.filter((dossier) => BY_WHOLE.has(stageOf(dossier))),
  );
  return rows.flatMap((dossier) => {
    const own = stageOf(dossier, restOf(dossier));
    return own === null || (stage !== undefined && own !== stage) ? [] : [{ dossier, stage: own }];
  });
}

const sumOf = (stages: Stages) => Object.values(stages).reduce((sum, count) => sum + count, 0);

/** How many dossiers of a unit stand in each stage, by the units directly below it and by procedure; those with most come first. */
export async function readDue(view: View, unit: ScopedUnit): Promise<AnswerOf<'getDue'>> {
  const { tree, today, site, now } = view;
  const total = noStages();
  const units = new Map(tree.childrenOn(unit, today).map(({ id }) => [id, noStages()]));
  const procedures = new Map<string, Stages>();
  const childOf = (id: number) => tree.pathOn(id, today).find((above) => units.has(above));
  const children = new Map<number, number | null>();
  for (const { dossier, stage } of await readStaged(view, unit, {})) {
    total[stage]++;
    obtain(procedures, dossier.procedure, noStages)[stage]++;
    const child = obtain(children, dossier.unit, () => childOf(dossier.unit) ?? null);
    const stages = child === null ? undefined : units.get(child);
    if (stages) stages[stage]++;
  }
  return {
    seq: view.clock.seq,
    unit: tree.referenceOf(tree.get(unit), today),
    at: isoOf(now, site.zone),
    total,
    units: [...units]
      .sort(([a, x], [b, y]) => sumOf(y) - sumOf(x) || a - b)
      .map(([id, stages]) => ({ ref: showUnit(view, id).ref, name: tree.get(id).name, stages })),
    procedures: [...procedures]
      .sort(([a, x], [b, y]) => sumOf(y) - sumOf(x) || (a < b ? -1 : 1))
      .map(([code, stages]) => ({ ...showProcedure(view, code), stages })),
  };
}

/** The dossiers behind one of these figures, the most urgent first: keyed hashes, no personal data. */
export async function readDueList(
  view: View,
  unit: ScopedUnit,
  {
    stage,
    procedure,
    limit,
  }: Required<Pick<Wanted, 'stage'>> & Pick<Wanted, 'procedure'> & { limit: number },
): Promise<AnswerOf<'listDue'>> {
  const staged = await readStaged(view, unit, { stage, procedure });
  const keys = staged.slice(0, limit).map(({ dossier }) => dossier.key);
  const subjects = await readSubjects(view.reader, 'dossier', keys);
  const areas = await readAreas(view);
  const dossiers = keys.flatMap((key) => (subjects.get(key) as OpenDossier | undefined) ?? []);
  return {
    seq: view.clock.seq,
    total: staged.length,
    dossiers: dossiers.map((row) => showDossier(row, view, areas)),
  };
}
