import { useMemo } from 'react';
import type { Indicator } from '../../shared/indicator.ts';
import { useAddress } from '../address.ts';
import { type ChoiceGroup, Combobox } from '../combobox.tsx';
import { CHOOSABLE, groupIndicators } from '../figures/groups.ts';
import { useLanguage } from '../words/words.ts';

/** Indicators as choices by the groups of the catalogue; a search finds them by id and name, in either language. */
export function useIndicatorChoices(indicators: readonly Indicator[]): ChoiceGroup[] {
  const { t, say } = useLanguage();
  return useMemo(
    () =>
      groupIndicators(indicators).map(({ group, indicators: own }) => ({
        id: group,
        label: t(`catalogue.group.${group}`),
        choices: own.map(({ id, words }) => ({ id, label: say(words), also: [id, words.vi, words.en] })),
      })),
    [indicators, t, say],
  );
}

/** Chooses the indicator of the page, by the groups of the catalogue; it stands in a panel's title or at the end of its head. */
export function IndicatorChooser({ indicator, at }: { indicator: Indicator; at: 'title' | 'aside' }) {
  const { go } = useAddress();
  const { t } = useLanguage();
  const listed = useMemo(
    () => (CHOOSABLE.includes(indicator) ? CHOOSABLE : [...CHOOSABLE, indicator]),
    [indicator],
  );
  return (
    <Combobox
      className={at === 'title' ? 'chooser' : 'desk-select'}
      label={t('indicator.choose')}
      groups={useIndicatorChoices(listed)}
      value={indicator.id}
      onChoose={(id) => go({ indicator: id })}
    />
  );
}
