import type { AlertSeverity } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';

/** The shape of each severity of an alert: legible without colour. */
export const ALERT_SHAPES: Record<AlertSeverity, string> = {
  critical: '◆',
  major: '▲',
  warning: '●',
  advisory: '○',
};

/** A severity as its shape on its colour; whoever does not see it reads the word beside it. */
export function AlertShape({ severity }: { severity: AlertSeverity }) {
  return (
    <span className="rule-shape" data-severity={severity} aria-hidden="true">
      {ALERT_SHAPES[severity]}
    </span>
  );
}

/** A severity as shape and word. */
export function AlertWord({ severity }: { severity: AlertSeverity }) {
  const { t } = useLanguage();
  return (
    <span className="rule-severity">
      <AlertShape severity={severity} /> {t(`alertSeverity.${severity}`)}
    </span>
  );
}
