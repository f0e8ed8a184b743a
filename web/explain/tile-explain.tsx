import { useQuery } from '@tanstack/react-query';
import type { Correction } from '../../shared/explain.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import { periodAt, useAddress } from '../address.ts';
import { correctionsQuery } from '../api.ts';
import { useFollowing, useToday } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { ExplainButton } from './explain-button.tsx';

const RENEW_MS = 60_000;

/** A correction of the last day by which a figure became another one as tiles write it: one question for all of a unit's. */
function useCorrection(indicator: Indicator, period: Period) {
  const { ref, state } = useFollowing();
  const { format } = useLanguage();
  const { data } = useQuery({
    ...correctionsQuery({ unit: ref, period: period.key }),
    staleTime: RENEW_MS,
    refetchInterval: RENEW_MS,
    // Of a unit that is not there, nobody is asked.
    enabled: state !== null,
  });
  const write = ({ value, numerator }: Correction['before']) =>
    format.figure(indicator, indicator.hero === 'numerator' ? numerator : (value ?? 0));
  return data?.corrections.find(
    (one) => one.indicator === indicator.id && write(one.before) !== write(one.after),
  );
}

type TileExplainProps = {
  indicator: Indicator;
  period: Period;
  /** What the tile calls the figure. */
  title: string;
};

/** On a tile: the way to the figure's story, and a trace of a correction of the last day that opens it, too. */
export function TileExplain({ indicator, period, title }: TileExplainProps) {
  const { t, format } = useLanguage();
  const { place } = useAddress();
  const today = useToday();
  const correction = useCorrection(indicator, period);
  const own = period.key === periodAt(place.period, today).key ? {} : { period: period.key };
  const moment = correction && format.time(Date.parse(correction.at));
  return (
    <>
      {correction && moment && (
        <span className="tile-corrected">
          <ExplainButton
            indicator={indicator.id}
            {...own}
            label={`${title}: ${t('explain.corrected', { moment })}`}
          >
            {t('explain.corrected', { moment })}
          </ExplainButton>
        </span>
      )}
      <ExplainButton indicator={indicator.id} {...own} label={title} />
    </>
  );
}
