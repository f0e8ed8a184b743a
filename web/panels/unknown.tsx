import { Link } from 'wouter';
import { periodAt, type Unknown, useAddress } from '../address.ts';
import { chooseIndicator } from '../board-view.ts';
import { useToday } from '../following.tsx';
import { type Language, useLanguage } from '../words/words.ts';

/** What an address names that is not there, with what is shown instead and the way to an address that holds. */
export function UnknownNotice() {
  const { place, unknown, href } = useAddress();
  const language = useLanguage();
  const today = useToday();
  if (unknown.length === 0) return null;
  const shownFor = (what: Unknown['what']) => wordShown(what, { place, today, language });
  return (
    <aside className="unknown" role="alert" aria-label={language.t('unknown.label')}>
      {unknown.map(({ what, given }) => (
        <span key={what}>{language.t(`unknown.${what}`, { given, shown: shownFor(what) })}</span>
      ))}
      <Link href={href({})}>{language.t('unknown.mend')}</Link>
    </aside>
  );
}

type Shown = { place: ReturnType<typeof useAddress>['place']; today: string; language: Language };

function wordShown(what: Unknown['what'], { place, today, language }: Shown): string {
  const { t, say, format } = language;
  if (what === 'page') return t('unknown.home');
  if (what === 'period') return format.period(periodAt(place.period, today));
  if (what === 'tree') return t(`trend.${place.tree}`);
  if (what === 'grain') return t(`trend.grain.${place.grain}`);
  if (what === 'group') return t('group.all');
  return say(chooseIndicator(place.indicator).words);
}
