import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { useAddress } from '../address.ts';
import { useLanguage } from '../words/words.ts';

/** The way from the top of the viewer's scope to a unit; every unit but the last is a link to the same page of it. */
export function Breadcrumb({ path }: { path: readonly UnitView[] }) {
  const { place, href } = useAddress();
  const { t, say } = useLanguage();
  const page = place.page === 'home' ? 'wall' : place.page;
  return (
    <nav className="crumbs" aria-label={t('crumb.label')}>
      <ol>
        {path.map((unit, index) => (
          <li key={unit.id}>
            {index === path.length - 1 ? (
              <span aria-current="page">{say(unit.name)}</span>
            ) : (
              <Link href={href({ page, unit: unit.ref })}>{say(unit.name)}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
