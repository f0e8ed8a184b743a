import { useMemo } from 'react';
import type { RuleView } from '../../shared/rule-view.ts';
import { findShippedRule } from '../../shared/shipped-rules.ts';
import { useUnitChoice } from '../people/grant-fields.tsx';
import { useLanguage } from '../words/words.ts';
import type { Telling } from './sentence.ts';

/** How rules are told on this screen, with the names of units and of other rules; and the units there are. */
export function useTelling(rules: readonly RuleView[]): {
  telling: Telling;
  units: ReturnType<typeof useUnitChoice>;
} {
  const { t, say, format } = useLanguage();
  const units = useUnitChoice();
  const telling = useMemo((): Telling => {
    const names = new Map(units.units.map(({ ref, name }) => [ref, say(name)]));
    return {
      ...{ t, say, format },
      nameUnit: (ref) => names.get(ref) ?? ref,
      nameRule: (id) => {
        const name =
          rules.find((rule) => rule.id === id)?.current.body.name ?? findShippedRule(id)?.body.name;
        return name ? say(name) : id;
      },
    };
  }, [rules, units, t, say, format]);
  return { telling, units };
}
