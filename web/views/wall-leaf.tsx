import '../panels/unit-panels.css';
import type { ReactNode } from 'react';
import type { UnitView } from '../../shared/answers.ts';
import type { Indicator } from '../../shared/indicator.ts';
import type { Period } from '../../shared/period.ts';
import { BreakdownPanel } from '../panels/breakdown.tsx';
import { TrendPanel } from '../panels/trend.tsx';
import { useLanguage } from '../words/words.ts';

/** What the wall shows in the map's stead where nothing below has a place: how an indicator went. */
export function WallCourse(props: { unit: UnitView; indicator: Indicator; chooser: ReactNode }) {
  const { unit, indicator, chooser } = props;
  return (
    <div className="wall-map wall-course">
      {chooser}
      <TrendPanel unit={unit} indicator={indicator} height="480px" />
    </div>
  );
}

/** What the wall shows of a unit with none below it: how an indicator went, and its areas of work. */
export function WallLeaf(props: { unit: UnitView; period: Period; indicator: Indicator }) {
  const { unit, period, indicator } = props;
  const { t } = useLanguage();
  return (
    <div className="wall-leaf">
      <TrendPanel unit={unit} indicator={indicator} height="300px" />
      <BreakdownPanel unit={unit} period={period} by="field" field={null} title={t('breakdown.field')} />
    </div>
  );
}
