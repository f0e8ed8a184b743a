import { useQuery } from '@tanstack/react-query';
import type { FigureView, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { evaluate, type Indicator } from '../../shared/indicator.ts';
import { emptySums } from '../../shared/measure.ts';
import type { Period } from '../../shared/period.ts';
import { hasTerritory } from '../../shared/territory.ts';
import { useAddress } from '../address.ts';
import { figuresQuery } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { stockDay, titleOf } from '../figures/stock.ts';
import { useToday } from '../following.tsx';
import { hasFigures, toldBy, usePanelState } from '../panel-state.ts';
import { useLanguage } from '../words/words.ts';
import { PanelStead } from './frame.tsx';
import { FigureTile } from './tile.tsx';

const RENEW_MS = 30_000;

type FieldFiguresProps = { unit: UnitView; period: Period; field: string; indicators: readonly string[] };

/** The key figures of one area of work of a unit. */
export function FieldFigures({ unit, period, field, indicators }: FieldFiguresProps) {
  const { place, go } = useAddress();
  const language = useLanguage();
  const when = { period, unit: hasTerritory(unit) ? null : unit, isOver: period.to <= useToday() };
  const { data, error, refetch } = useQuery({
    ...figuresQuery({
      unit: unit.ref,
      period: period.key,
      indicators: indicators.join(','),
      field,
      compare: '1',
    }),
    refetchInterval: RENEW_MS,
  });
  const state = usePanelState(toldBy({ data, error }));
  if (!hasFigures(state) && state.kind !== 'loading') {
    return <PanelStead state={state} retry={() => void refetch()} />;
  }
  const figures = data && (data.units[0]?.figures ?? {});
  return (
    <section className="key-figures" aria-label={language.t('unit.key')}>
      {indicators
        .flatMap((id) => findIndicator(id) ?? [])
        .map((indicator) => (
          <FigureTile
            key={indicator.id}
            indicator={indicator}
            unit={unit}
            title={titleOf(indicator, when.isOver, language)}
            instant={stockDay(indicator, when, language)}
            period={period}
            figure={figures ? (figures[indicator.id] ?? nothingOf(indicator)) : null}
            spark={[]}
            subject={`${unit.ref}|${period.key}|${field}`}
            isChosen={place.indicator === indicator.id}
            onChoose={() => go({ indicator: indicator.id })}
            story={<ExplainButton indicator={indicator.id} field={field} period={period.key} />}
          />
        ))}
    </section>
  );
}

/** An area of work without a row in the period: nothing occurred. */
function nothingOf(indicator: Indicator): FigureView {
  return { ...evaluate(indicator, emptySums(), 1), provisional: true, asOf: null, completeness: null };
}
