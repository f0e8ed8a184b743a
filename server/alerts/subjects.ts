/** What of the audit may be read by whoever may see what it is about. */
import { AppError } from '../errors.ts';
import type { View } from '../figures/sums.ts';
import { getVisibleEpisode } from './detail.ts';

/** By the kind of a subject: the unit of the one with an id, for whoever may see it; AppError `notFound` as for none. */
const UNIT_OF: Readonly<Record<string, (view: View, id: string) => Promise<number>>> = {
  alert: async (view, id) => (await getVisibleEpisode(view, Number(id))).unit,
};

/** Whether a subject is of a kind that others than administrators may read of. */
export function isShared(subject: string | undefined): boolean {
  const [kind = '', id = ''] = subject?.split(':') ?? [];
  return Object.hasOwn(UNIT_OF, kind) && id !== '';
}

/** The unit of a shared subject, for whoever may see it; AppError `notFound` else. */
export async function getSharedUnit(view: View, subject: string): Promise<number> {
  const [kind = '', id = ''] = subject.split(':');
  const find = Object.hasOwn(UNIT_OF, kind) ? UNIT_OF[kind] : undefined;
  if (!find) throw new AppError('notFound', `There is nothing named ${subject}.`);
  return find(view, id);
}
