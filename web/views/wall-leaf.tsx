import '../panels/unit-panels.css';
import type { ReactNode } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import { BreakdownPanel } from '../panels/breakdown.tsx';
import { TrendPanel } from '../panels/trend.tsx';
import { useLanguage } from '../words/words.ts';

const ROWS = 8;

/** What the wall shows in the map's stead where nothing below has a place: how an indicator went. */
export function WallCourse(props: { unit: UnitView; indicator: Indicator; chooser: ReactNode }) {
  const { unit, indicator, chooser } = props;
  return (
    <div className="wall-map wall-course">
      <TrendPanel unit={unit} indicator={indicator} height={null} title={chooser} />
    </div>
  );
}

/** How an indicator went, below a short ranking: it takes the room that is left. */
export function WallUnderRanking({ unit, indicator }: { unit: UnitView; indicator: Indicator }) {
  return <TrendPanel unit={unit} indicator={indicator} height={null} canStep={false} />;
}

type WallLeafProps = {
  unit: UnitView;
  period: Period;
  isAbsent: boolean;
  indicator: Indicator;
  chooser: ReactNode;
};

/** What the wall shows of a unit with none below it: how an indicator went, and its areas of work in the period. */
export function WallLeaf({ unit, period, isAbsent, indicator, chooser }: WallLeafProps) {
  const { t } = useLanguage();
  return (
    <div className="wall-leaf">
      <TrendPanel unit={unit} indicator={indicator} height={null} title={chooser} />
      {!isAbsent && (
        <BreakdownPanel
          unit={unit}
          period={period}
          by="field"
          field={null}
          title={t('breakdown.field')}
          rows={ROWS}
        />
      )}
    </div>
  );
}
