import type { Indicator } from '../../shared/indicator.ts';
import { useAddress } from '../address.ts';
import { CHOOSABLE, groupIndicators } from '../figures/groups.ts';
import { useLanguage } from '../words/words.ts';

/** Chooses the indicator of the page, by the groups of the catalogue; it stands in a panel's title or at the end of its head. */
export function IndicatorChooser({ indicator, at }: { indicator: Indicator; at: 'title' | 'aside' }) {
  const { go } = useAddress();
  const { t, say } = useLanguage();
  const listed = CHOOSABLE.includes(indicator) ? CHOOSABLE : [...CHOOSABLE, indicator];
  return (
    <select
      className={at === 'title' ? 'chooser' : 'desk-select'}
      aria-label={t('indicator.choose')}
      value={indicator.id}
      onChange={(event) => go({ indicator: event.target.value })}
    >
      {groupIndicators(listed).map(({ group, indicators }) => (
        <optgroup key={group} label={t(`catalogue.group.${group}`)}>
          {indicators.map(({ id, words }) => (
            <option key={id} value={id}>
              {say(words)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
