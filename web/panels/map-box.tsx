import { Suspense } from 'react';
import type { PanelOf } from '../../shared/board.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { useAddress } from '../address.ts';
import { useMarksBelow } from '../alerts/use-unit-marks.ts';
import { type BoardView, useFiguresState } from '../board-view.ts';
import { levelsOf } from '../figures/levels.ts';
import { wordUnreportedOf } from '../figures/unreported.ts';
import { laterPart } from '../part.ts';
import { useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';
import { IndicatorChooser } from './indicator-chooser.tsx';

const MapPanel = laterPart(async () => (await import('./map.tsx')).MapPanel);

type MapBoxProps = { panel: PanelOf<'map'>; view: BoardView; indicator: Indicator };

/** The map in its frame: it stands at once, the drawing comes after the first figures. */
export function MapBox({ panel, view, indicator }: MapBoxProps) {
  const language = useLanguage();
  const { t, say } = language;
  const { go } = useAddress();
  const { unit, figures } = view;
  const state = useFiguresState(figures, indicator.id);
  const marks = useMarksBelow(figures);
  const unreported = wordUnreportedOf(figures, indicator, language);
  const [level] = levelsOf(figures.children);
  const chooser = panel.chooser && <IndicatorChooser indicator={indicator} at={panel.chooser} />;
  const title = panel.title ? say(panel.title) : say(indicator.words);
  return (
    <PanelFrame
      className="map"
      id="part-below"
      title={panel.chooser === 'title' ? chooser : title}
      note={[
        ...(level ? [t('map.by', { group: t(`group.${level}`).toLocaleLowerCase() })] : []),
        ...(unreported === null ? [] : [unreported]),
      ].join(' · ')}
      aside={panel.chooser === 'aside' ? chooser : undefined}
      state={state}
      retry={figures.retry}
    >
      {unit && (
        <Suspense fallback={<div className="skeleton" />}>
          <MapPanel
            unit={unit}
            on={figures.on}
            indicator={indicator}
            figures={figures.figuresOf(indicator.id)}
            units={figures.children}
            marks={marks}
            onPick={(picked) => go({ page: 'unit', unit: picked.ref })}
            {...(panel.rem !== undefined && { height: `${panel.rem}rem` })}
          />
        </Suspense>
      )}
    </PanelFrame>
  );
}
