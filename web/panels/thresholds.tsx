import type { Figure, Indicator, Severity } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import { listThresholdNotes, listThresholds } from '../figures/thresholds.ts';
import { writeFigure } from '../format.ts';
import { useLanguage } from '../words/words.ts';
import { SEVERITY_SHAPES } from './severity.tsx';

/** What the colours of an indicator stand for: its levels with their limits, the one that holds now marked. */
export function Thresholds({ indicator, now = null }: { indicator: Indicator; now?: Severity | null }) {
  const language = useLanguage();
  const thresholds = listThresholds(indicator, language);
  return (
    <>
      {thresholds.length > 0 && (
        <div>
          <span className="tip-soft">{language.t('threshold.title')}</span>
          <ul>
            {thresholds.map(({ severity, text }) => (
              <li key={severity} data-now={severity === now}>
                <span className="threshold-shape" data-severity={severity} aria-hidden="true">
                  {SEVERITY_SHAPES[severity]}
                </span>
                {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <span className="tip-soft">{listThresholdNotes(indicator, language).join(' · ')}</span>
    </>
  );
}

/** One unit's figure with what it is made of, and what its colour stands for. */
export function FigureAbout(props: { name: string; indicator: Indicator; figure: Figure }) {
  const { name, indicator, figure } = props;
  const { t, say, format } = useLanguage();
  const { value, numerator, denominator } = figure;
  const word = denominator === null ? t('tile.nobody') : t('tile.nothing');
  const unit = indicator.unit === 'percent' ? '%' : format.unitOf(indicator);
  const parts = denominator === null ? [] : [`${format.number(numerator)} / ${format.number(denominator)}`];
  const text = value === null ? word : `${writeFigure(indicator, figure, { format })} ${unit}`;
  return (
    <>
      <strong>{name}</strong>
      <span>
        {say(indicator.words)}: {[text, ...parts].join(' · ')}
      </span>
      <Thresholds indicator={indicator} now={judge(indicator, figure).severity} />
    </>
  );
}
