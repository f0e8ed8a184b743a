import type { Preferences } from '../preferences.ts';
import { AlertPage } from './alert.tsx';
import { CentrePage } from './centre.tsx';
import { ExplanationsPage } from './explanations.tsx';
import { HandoverPage } from './handover.tsx';
import { HealthPage } from './health.tsx';
import type { AlertPlace } from './place.ts';
import { SlipPage } from './slip.tsx';

/** The page of alerts that an address names. */
export function AlertPages({ place, preferences }: { place: AlertPlace; preferences: Preferences }) {
  switch (place.page) {
    case 'alerts':
      return <CentrePage unit={place.unit} preferences={preferences} />;
    case 'explanations':
      return <ExplanationsPage unit={place.unit} preferences={preferences} />;
    case 'health':
      return <HealthPage unit={place.unit} preferences={preferences} />;
    case 'handover':
      return <HandoverPage unit={place.unit} preferences={preferences} />;
    case 'alert':
      return <AlertPage key={place.id} id={place.id} preferences={preferences} />;
    case 'slip':
      return <SlipPage key={place.id} id={place.id} preferences={preferences} />;
  }
}
