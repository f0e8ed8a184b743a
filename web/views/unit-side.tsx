import './unit-side.css';
import { Link } from 'wouter';
import { useAddress } from '../address.ts';
import { AlertBell } from '../alerts/alert-bell.tsx';
import { Choices, DemoMark, SiteName } from '../panels/choices.tsx';
import { ConnectionState } from '../panels/connection.tsx';
import type { Part } from '../panels/entry.ts';
import type { Preferences } from '../preferences.ts';
import { addressOfThresholds } from '../rules/addresses.ts';
import { useLanguage } from '../words/words.ts';

type SideProps = {
  page: 'unit' | 'leaders';
  unit: string | null;
  parts: readonly Part[];
  preferences: Preferences;
};

/** Beside a desk's page: the pages of the unit (null: of the viewer's own), the parts of this one, the link to the server, language and theme. */
export function DeskSide({ page, unit, parts, preferences }: SideProps) {
  const { href } = useAddress();
  const { t } = useLanguage();
  return (
    <header className="desk-side">
      <SiteName />
      <DemoMark />
      <nav aria-label={t('unit.nav')} className="desk-nav">
        <Link href={href({ page: 'wall', unit })}>{t('unit.wall')}</Link>
        {(['unit', 'leaders'] as const).map((one) => (
          <Link key={one} href={href({ page: one, unit })} aria-current={one === page ? 'page' : undefined}>
            {t(`${one}.page`)}
          </Link>
        ))}
        <AlertBell unit={unit} />
        <Link href={addressOfThresholds(unit)} title={t('thresholds.title')}>
          {t('thresholds.short')}
        </Link>
      </nav>
      {parts.length > 0 && <PartLinks parts={parts} />}
      <div className="desk-state">
        <ConnectionState />
        <Choices preferences={preferences} />
      </div>
    </header>
  );
}

/** Ways to the parts that the page has now; they leave the address as it is. */
function PartLinks({ parts }: { parts: readonly Part[] }) {
  const { t } = useLanguage();
  return (
    <nav aria-label={t('unit.parts')} className="desk-parts">
      {parts.map((part) => (
        <button key={part} type="button" onClick={() => showPart(part)}>
          {t(`part.${part}`)}
        </button>
      ))}
    </nav>
  );
}

function showPart(part: Part): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const place = document.getElementById(`part-${part}`);
  place?.scrollIntoView({ behavior: isCalm ? 'instant' : 'smooth', block: 'start' });
  place?.focus({ preventScroll: true });
}
