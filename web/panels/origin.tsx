import type { UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';
import { ReportedShare } from './silent.tsx';

type OriginProps = { unit: UnitView; figures: FiguresView; versions: readonly string[] };

/** How old the figures are, who is in them, and by which definitions they were made. */
export function Origin({ unit, figures, versions }: OriginProps) {
  const { t, say, format } = useLanguage();
  const { serverNow } = useFollowing();
  const indicators = versions.flatMap((id) => findIndicator(id) ?? []);
  // The age and the share of those who told are the unit's: the same whatever is counted.
  const figure = indicators[0] && figures.figureOf(unit.id, indicators[0].id);
  const asOf = figure?.asOf ?? null;
  const share = figure?.completeness ?? null;
  const named = indicators.map((indicator) =>
    t('unit.version', { indicator: say(indicator.words), version: indicator.version }),
  );
  return (
    <footer className="desk-foot">
      <span>
        {asOf === null
          ? t('unit.asOfNever')
          : t('unit.asOf', { moment: format.moment(Date.parse(asOf), serverNow()) })}
      </span>
      {share !== null && (
        <ReportedShare
          unit={unit}
          period={figures.period}
          text={t('unit.completeness', { percent: format.share(share) })}
          isWhole={share >= 1}
        />
      )}
      <span>
        {t('unit.versions')}: {named.join(', ')}
      </span>
    </footer>
  );
}
