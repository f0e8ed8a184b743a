import { Link } from 'wouter';
import type { Figure, Indicator, Severity } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import type { OfUnit } from '../../shared/thresholds.ts';
import {
  listThresholdNotes,
  listThresholdReasons,
  listThresholdSources,
  listThresholds,
} from '../figures/thresholds.ts';
import { useFollowing } from '../following.tsx';
import { writeFigure } from '../format.ts';
import { addressOfThresholds } from '../rules/addresses.ts';
import { useThresholds } from '../thresholds.tsx';
import { useLanguage } from '../words/words.ts';
import { SEVERITY_SHAPES } from './severity.tsx';

type ThresholdsProps = { indicator: Indicator; unit: OfUnit; now?: Severity | null };

/**
 * What the colours of an indicator stand for in a unit: its levels with their limits, the one that holds now marked, and where
 * the limits come from.
 */
export function Thresholds({ indicator, unit, now = null }: ThresholdsProps) {
  const language = useLanguage();
  const book = useThresholds();
  const { ref } = useFollowing();
  const known = book.of(indicator.id, unit);
  const told = book.told(indicator.id, unit);
  const thresholds = listThresholds(indicator, known, language);
  const sources = told && thresholds.length > 0 ? listThresholdSources(told, language) : [];
  const reasons = told && thresholds.length > 0 ? listThresholdReasons(told) : [];
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
      <span className="tip-soft">{listThresholdNotes(indicator, known, language).join(' · ')}</span>
      {sources.length > 0 && (
        <span className="tip-soft" data-part="source">
          {language.t('threshold.source', { source: [...sources, ...reasons].join(' · ') })}
        </span>
      )}
      {sources.length > 0 && <Link href={addressOfThresholds(ref)}>{language.t('thresholds.why')}</Link>}
    </>
  );
}

/** One unit's figure with what it is made of, and what its colour stands for. */
export function FigureAbout(props: { name: string; unit: OfUnit; indicator: Indicator; figure: Figure }) {
  const { name, unit: teller, indicator, figure } = props;
  const thresholds = useThresholds().of(indicator.id, teller);
  const { t, say, format } = useLanguage();
  const { value, numerator, denominator } = figure;
  const word = denominator === null ? t('tile.nobody') : t('tile.nothing');
  const unit = indicator.unit === 'percent' ? '%' : format.unitOf(indicator);
  const parts = denominator === null ? [] : [`${format.number(numerator)} / ${format.number(denominator)}`];
  const text = value === null ? word : `${writeFigure(indicator, figure, { format, thresholds })} ${unit}`;
  return (
    <>
      <strong>{name}</strong>
      <span>
        {say(indicator.words)}: {[text, ...parts].join(' · ')}
      </span>
      <Thresholds indicator={indicator} unit={teller} now={judge(indicator, figure, thresholds).severity} />
    </>
  );
}
