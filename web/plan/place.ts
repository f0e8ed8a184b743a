/** Addresses of the task board and of the targets: `/tasks/REF?year=&state=`, `/targets/REF?year=&indicator=`. */
import { useLocation, useSearch } from 'wouter';
import { useSession } from '../session.tsx';

export type PlanPage = 'tasks' | 'targets';

/** The address of a page of the plan; parts that are empty are left out. */
export function planPath(page: PlanPage, unit: string | null, parts: Record<string, string> = {}): string {
  const named = Object.entries(parts).filter(([, value]) => value !== '');
  const search = named.length > 0 ? `?${new URLSearchParams(named)}` : '';
  return `/${page}${unit ? `/${encodeURIComponent(unit).replace('%40', '@')}` : ''}${search}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Which unit a page of the plan shows (the viewer's own where none is named), with the other parts of its address. */
export function usePlanPlace(page: PlanPage) {
  const { session } = useSession();
  const [path, navigate] = useLocation();
  const parts = Object.fromEntries(new URLSearchParams(useSearch()));
  const unit = decode(path.split('/')[2] ?? '') || (session?.unit.ref ?? '');
  const go = (changes: Record<string, string>) => {
    const { unit: other, ...more } = changes;
    navigate(planPath(page, other ?? unit, { ...parts, ...more }));
  };
  return { unit, parts, go };
}
