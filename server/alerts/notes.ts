/** The history of episodes as people read it. */
import type { AlertNote } from '../../shared/alert.ts';
import { isoOf } from '../../shared/period.ts';
import type { View } from '../figures/sums.ts';
import { readTitlesByLogin } from '../store/account-store.ts';
import type { StoredNote } from '../store/episode-store.ts';

/** What people did and said, as opposed to what the clock and the judge noted. */
export const DEEDS = [
  ...(['acknowledged', 'shelved', 'unshelved', 'assigned', 'commented'] as const),
  ...(['outOfService', 'inService'] as const),
  ...(['asked', 'urged', 'answered', 'checked'] as const),
];

const PERSON = /^person:(.+)$/;

/** What callers, named as the audit names them, are called on screen; null for the clock. */
export type Named = (by: string | null) => string | null;

/** Finds what callers are called: people by the title of their account, others as they are. */
export async function readNames({ reader }: Pick<View, 'reader'>): Promise<Named> {
  const titles = await readTitlesByLogin(reader);
  return (by) => {
    if (by === null || by === 'clock') return null;
    const login = PERSON.exec(by)?.[1];
    return login === undefined ? by : (titles.get(login) ?? login);
  };
}

/** Facts of a line; an account in them by its title too. */
function tellFacts(facts: Record<string, unknown>, named: Named): Record<string, unknown> {
  const { login } = facts;
  return typeof login === 'string' ? { ...facts, title: named(`person:${login}`) } : facts;
}

/** A line as it is told. */
export function showNote({ site }: Pick<View, 'site'>, note: StoredNote, named: Named): AlertNote {
  const { n, at, kind, severity, figure, by, text, facts } = note;
  return {
    ...{ n, kind, severity, figure, text },
    at: isoOf(at, site.zone),
    by: named(by),
    isCount: note.isCount === 1,
    facts: facts === null ? null : tellFacts(JSON.parse(facts) as Record<string, unknown>, named),
  };
}
