import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';

type FreshProps = { at: number; isLate: boolean };

/** As of when the page tells; a word where it could not be asked again since. */
export function Fresh({ at, isLate }: FreshProps) {
  const { t, format } = useLanguage();
  const { session } = useSession();
  const now = session ? Date.parse(session.now) : at;
  return (
    <p className="plan-fresh" data-late={isLate || undefined} role="status">
      {t(isLate ? 'tasks.late' : 'tasks.asOf', { time: format.moment(at, now) })}
    </p>
  );
}
