import type { AlertDetail } from '../../shared/alert.ts';
import { dayOf, periodOf } from '../../shared/period.ts';
import type { Condition } from '../../shared/rule.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useServerClock } from '../panels/connection.tsx';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { writeAlertFigure } from './figure.ts';

/** The grain of the period whose story tells of what a condition looks at: of days that are no period, of their last one. */
function grainOf(condition: Condition): 'day' | 'month' | 'quarter' | 'year' {
  const window = 'window' in condition ? condition.window : 'day';
  return window === 'month' || window === 'quarter' || window === 'year' ? window : 'day';
}

/** What was measured, as the way to the story of the figure behind it; a mere text where no figure of the catalogue is. */
export function Measured({ detail: { alert, body } }: { detail: AlertDetail }) {
  const language = useLanguage();
  const { say } = language;
  const { zone } = useSession();
  const now = useServerClock();
  const text = writeAlertFigure(alert, alert.figure, { ...language, beside: alert.threshold });
  if (alert.indicator === null) return <>{text}</>;
  const at = alert.closedAt === null ? now : Date.parse(alert.closedAt);
  return (
    <ExplainButton
      indicator={alert.indicator}
      unit={alert.ref}
      period={periodOf(dayOf(at, zone), grainOf(body.condition)).key}
      label={`${say(alert.name)}, ${say(alert.unitName)}`}
    >
      {text}
    </ExplainButton>
  );
}
