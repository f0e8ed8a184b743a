import type { Correction } from '../../shared/explain.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { addDays } from '../../shared/period.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { useNow } from './place.ts';
import type { StoryProps } from './story-figure.tsx';

/** What was corrected since the figure was first shown, newest first. */
export function StoryCorrections({ story, indicator }: StoryProps) {
  const { t } = useLanguage();
  const { corrections } = story;
  return (
    <section className="explain-corrections">
      <h3>{t('explain.corrections')}</h3>
      {corrections.length === 0 ? (
        <p className="explain-soft">{t('explain.noCorrections')}</p>
      ) : (
        <ol>
          {corrections.map((one) => (
            <CorrectionLine key={one.knownOn} correction={one} indicator={indicator} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** Whether a correction is read by the count: that of an indicator which is, unless its share alone became another. */
function isCounted({ before, after }: Correction, { hero, unit }: Indicator): boolean {
  return unit === 'count' || (hero === 'numerator' && before.numerator !== after.numerator);
}

/** `sửa 14:05: 78,38 → 79,02 %`: a rate in two decimals, as small differences are what it is about. */
export function wordCorrection(
  correction: Correction,
  indicator: Indicator,
  { language, now }: { language: Language; now: number },
): string {
  const { t, format } = language;
  const moment = format.moment(Date.parse(correction.at), now);
  const asCount = isCounted(correction, indicator);
  const [before, after] = [correction.before, correction.after].map(({ value, numerator }) => {
    if (asCount) return format.number(numerator);
    return value === null ? t('tile.nothing') : format.fine(value);
  });
  const unit = indicator.unit === 'percent' && !asCount ? ' %' : '';
  return `${t('explain.corrected', { moment })}: ${before} → ${after}${unit}`;
}

type LineProps = { correction: Correction; indicator: Indicator };

function CorrectionLine({ correction, indicator }: LineProps) {
  const language = useLanguage();
  const { t, format } = language;
  const now = useNow();
  const { days, over, before, after, shownSince, feeds } = correction;
  const last = addDays(days.to, -1);
  const about = [
    days.from === last
      ? t('explain.correctedDay', { day: format.day(last) })
      : t('explain.correctedDays', { from: format.day(days.from), to: format.day(last) }),
    t('explain.correctedOver', { day: format.day(addDays(over.to, -1)) }),
  ];
  const ratio = ({ numerator, denominator }: Correction['before']) =>
    denominator === null ? '' : `${format.number(numerator)}/${format.number(denominator)}`;
  if (before.denominator !== null) about.push(`${ratio(before)} → ${ratio(after)}`);
  if (shownSince !== null)
    about.push(t('explain.correctedShown', { moment: format.moment(Date.parse(shownSince), now) }));
  if (feeds.length > 0) about.push(t('explain.correctedBy', { feeds: feeds.join(', ') }));
  return (
    <li>
      <strong>{wordCorrection(correction, indicator, { language, now })}</strong>
      <small>{about.join(' · ')}</small>
    </li>
  );
}
