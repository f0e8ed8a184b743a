import type { Absence, DossierView } from '../../shared/answers.ts';
import { addDays, hasEndedBy, isoOf } from '../../shared/period.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import type { ScopedUnit } from '../people/scope.ts';
import { type DossierFilter, type OpenDossier, readOpenDossiers } from '../store/subject-store.ts';
import { readAbsences } from './absence.ts';
import { type Areas, readAreas } from './areas.ts';
import type { View } from './sums.ts';
import { showProcedure, showUnit } from './views.ts';

/** Working hours until a due time, negative past it; null where the calendar does not reach. */
function workingHoursLeft(dueAt: number, { site, now }: View): number | null {
  const { calendar, zone } = site;
  const isKnown = [dueAt, now].every((at) => calendar.hasYear(Number(isoOf(at, zone).slice(0, 4))));
  return isKnown ? Math.round(calendar.workingMsBetween(now, dueAt) / 360_000) / 10 : null;
}

/** An open dossier as answers show it. */
export function showDossier(row: OpenDossier, view: View, areas: Areas): DossierView {
  const { dueAt } = row;
  const zone = view.site.zone;
  const late = row.paused === 0 && dueAt !== null && dueAt < view.now;
  return {
    key: row.key,
    unit: showUnit(view, row.unit),
    procedure: showProcedure(view, row.procedure),
    field: row.field === null ? null : areas.show(row.field),
    status: row.status,
    channel: row.channel,
    acceptedAt: isoOf(row.acceptedAt ?? 0, zone),
    dueAt: dueAt === null ? null : isoOf(dueAt, zone),
    paused: row.paused === 1,
    late,
    dueSoon: row.paused === 0 && !late && row.dueSoonAt !== null && row.dueSoonAt <= view.now,
    workingHoursLeft: dueAt === null || row.paused === 1 ? null : workingHoursLeft(dueAt, view),
  };
}

/** A unit that ended has no dossiers, though its territory goes on: they passed to its successors one by one. */
function findEnd({ tree, today }: View, unit: number): Absence | undefined {
  const facts = tree.get(unit);
  return hasEndedBy(facts, today) ? { ended: facts.to } : undefined;
}

/** Open dossiers of a unit's subtree, the most urgent first: keyed hashes, no personal data. */
export async function readDossierList(
  view: View,
  unit: ScopedUnit,
  { field, ...query }: Pick<DossierFilter, 'state' | 'limit'> & { field?: string | undefined },
): Promise<AnswerOf<'listDossiers'>> {
  const areas = await readAreas(view);
  const now = { from: view.today, to: addDays(view.today, 1) };
  const absence =
    (field === undefined ? undefined : areas.findAbsence(field)) ??
    findEnd(view, unit) ??
    (await readAbsences(view, [unit]))(unit, now);
  if (absence) return { seq: view.clock.seq, ...absence, total: null, dossiers: [] };
  const units = view.tree.subtreeOn(unit, view.today).map(({ id }) => id);
  const fields = field === undefined ? undefined : areas.keysOf(field);
  const { total, rows } = await readOpenDossiers(view.reader, { ...query, fields, units, now: view.now });
  return { seq: view.clock.seq, total, dossiers: rows.map((row) => showDossier(row, view, areas)) };
}
