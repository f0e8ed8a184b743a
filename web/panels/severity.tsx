import type { Severity } from '../../shared/indicator.ts';
import type { Judgement } from '../../shared/judgement.ts';
import { type Language, useLanguage } from '../words/words.ts';

/** The shape of each severity: legible without colour. */
export const SEVERITY_SHAPES: Record<Severity, string> = {
  critical: '◆',
  major: '▲',
  warning: '●',
  normal: '',
};

/** The shape of what a figure of few cases appears to be: hollow, without colour. */
const HOLLOW_SHAPES: Record<Severity, string> = {
  critical: '◇',
  major: '△',
  warning: '○',
  normal: '◦',
};

/** The shape of a verdict: filled where the figure was judged, hollow where its cases are too few. */
export function shapeOf({ standing, severity, apparent }: Judgement): string {
  return standing === 'few' ? HOLLOW_SHAPES[apparent] : SEVERITY_SHAPES[severity];
}

/** The word of a verdict; of few cases that they are few. Nothing where all is normal. */
export function wordLevel({ standing, severity }: Judgement, t: Language['t']): string {
  if (standing === 'few') return t('severity.few');
  return severity === 'normal' ? '' : t(`severity.${severity}`);
}

/** What a figure of few cases has in the place of a level: a hollow shape, and the word for it. */
export function FewChip({ judgement }: { judgement: Judgement }) {
  const { t } = useLanguage();
  if (judgement.standing !== 'few') return null;
  return (
    <span className="few-chip">
      <span aria-hidden="true">{shapeOf(judgement)}</span> {t('severity.few')}
    </span>
  );
}

/** Shape and word on the severity's colour; nothing when all is normal. */
export function SeverityChip({ severity }: { severity: Severity }) {
  const { t } = useLanguage();
  if (severity === 'normal') return null;
  return (
    <span className="severity-chip" data-severity={severity}>
      <span aria-hidden="true">{SEVERITY_SHAPES[severity]}</span> {t(`severity.${severity}`)}
    </span>
  );
}
