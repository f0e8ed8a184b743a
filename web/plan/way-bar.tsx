import type { Indicator } from '../../shared/indicator.ts';
import type { TargetRow } from '../../shared/target-wire.ts';
import { useLanguage } from '../words/words.ts';
import { writeValue } from './writing.ts';

/** A bar of the figure so far, with lines where the target is and where the plan is by today. */
export function WayBar({ indicator, row }: { indicator: Indicator; row: TargetRow }) {
  const language = useLanguage();
  const { t } = language;
  const { now, target, planned } = row;
  if (now === null || target === null) return null;
  const isShare = indicator.unit === 'points' || (indicator.unit === 'percent' && indicator.hero === 'value');
  const most = isShare ? 100 : Math.max(now, target.value, planned ?? 0, 1) * 1.05;
  const at = (value: number) => `${Math.min(100, Math.max(0, (100 * value) / most))}%`;
  const write = (value: number) => writeValue(indicator, value, language);
  const words = [t('targets.wayWord', { now: write(now), target: write(target.value) })];
  if (planned !== null) words.push(t('targets.wayPlanned', { planned: write(planned) }));
  return (
    <div className="way-bar" role="img" aria-label={words.join(', ')} title={words.join(', ')}>
      <span className="way-now" style={{ width: at(now) }} />
      {planned !== null && <span className="way-planned" style={{ left: at(planned) }} />}
      <span className="way-target" style={{ left: at(target.value) }} />
    </div>
  );
}
