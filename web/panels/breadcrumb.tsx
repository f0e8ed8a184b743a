import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { useAddress } from '../address.ts';
import { useOwnNames } from '../figures/names.ts';
import { useLanguage } from '../words/words.ts';

/**
 * The way from the top of the viewer's scope to a unit; every unit but the last is a link to the same page of it. Where
 * the unit is the title beside it (`isTitled`), the way ends above it.
 */
export function Breadcrumb({ path, isTitled = false }: { path: readonly UnitView[]; isTitled?: boolean }) {
  const { place, href } = useAddress();
  const { t } = useLanguage();
  const nameOf = useOwnNames(path);
  const page = place.page === 'home' ? 'wall' : place.page;
  return (
    <nav className="crumbs" aria-label={t('crumb.label')}>
      <ol>
        {(isTitled ? path.slice(0, -1) : path).map((unit, index) => (
          <li key={unit.id}>
            {index === path.length - 1 ? (
              <span aria-current="page">{nameOf(unit)}</span>
            ) : (
              <Link href={href({ page, unit: unit.ref })}>{nameOf(unit)}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
