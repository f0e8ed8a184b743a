import type { Severity } from '../../shared/indicator.ts';
import { useLanguage } from '../words/words.ts';

/** The shape of each severity: legible without colour. */
export const SEVERITY_SHAPES: Record<Severity, string> = {
  critical: '◆',
  major: '▲',
  warning: '●',
  normal: '',
};

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
