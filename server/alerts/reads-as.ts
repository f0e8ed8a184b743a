import type { Override, RuleBody } from '../../shared/rule.ts';
import type { StoredEpisode } from '../store/episode-store.ts';

/**
 * Whether the figure of an episode is a count, where its rule compares a share and a count: told by whose threshold it stands
 * beside, of the rule or of one of its overrides. Where both have the same, a figure with a fraction is a share.
 */
export function isCounted(
  { levels }: Pick<RuleBody, 'levels'>,
  overrides: readonly Pick<Override, 'values'>[],
  { figure, threshold }: Pick<StoredEpisode, 'figure' | 'threshold'>,
): boolean {
  const listOf = (key: 'raise' | 'count') => [
    ...levels.map((level) => level[key]),
    ...overrides.flatMap(({ values }) => Object.values(values[key] ?? {})),
  ];
  const isOf = (key: 'raise' | 'count') => threshold !== null && listOf(key).includes(threshold);
  if (isOf('count') && isOf('raise')) return figure !== null && Number.isInteger(figure);
  return isOf('count');
}
