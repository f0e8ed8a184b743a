/** Figures of a unit that came with an answer about the unit above it. */
import type { QueryClient } from '@tanstack/react-query';
import type { FiguresAnswer } from '../../shared/answers.ts';

/** The last answer of a period that has a row of the unit, cut to that row; undefined where there is none. */
export function findHeldFigures(
  client: QueryClient,
  { unit, period }: { unit: number; period: string },
): FiguresAnswer | undefined {
  const queries = client.getQueryCache().findAll({ queryKey: ['getFigures'] });
  for (const { queryKey, state } of queries.toSorted(
    (a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt,
  )) {
    const asked = new URLSearchParams(String(queryKey[1]).split('?')[1]);
    const answer = state.data as FiguresAnswer | undefined;
    if (!answer || asked.get('period') !== period || asked.has('field') || asked.has('by')) continue;
    const row = answer.units.find(({ id }) => id === unit);
    if (row) return { ...answer, units: [row] };
  }
  return;
}
