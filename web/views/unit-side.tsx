import './unit-side.css';
import { Link } from 'wouter';
import { useAddress } from '../address.ts';
import { useField } from '../figures/field.ts';
import { bareName } from '../figures/names.ts';
import type { FiguresView } from '../figures.ts';
import { Choices, DemoMark } from '../panels/choices.tsx';
import { ConnectionState } from '../panels/connection.tsx';
import type { Preferences } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';

type SideProps = { unit: string; figures: FiguresView; preferences: Preferences };

/** Beside a desk's page: the pages of the unit, the parts of this one, the link to the server, language and theme. */
export function DeskSide({ unit: ref, figures, preferences }: SideProps) {
  const unit = figures.status === 'error' ? null : ref;
  const { href } = useAddress();
  const { session } = useSession();
  const { t, say } = useLanguage();
  const site = session ? bareName(say(session.unit.name)) : '';
  return (
    <header className="desk-side">
      <p className="desk-brand">{t('unit.site', { unit: site })}</p>
      <DemoMark />
      <nav aria-label={t('unit.nav')} className="desk-nav">
        <Link href={href({ page: 'wall', unit })}>{t('unit.wall')}</Link>
        <Link href={href({ page: 'unit', unit })} aria-current="page">
          {t('unit.page')}
        </Link>
      </nav>
      <PartLinks figures={figures} />
      <div className="desk-state">
        <ConnectionState />
        <Choices preferences={preferences} />
      </div>
    </header>
  );
}

/** The parts of a long page, each a jump away. */
const PARTS = ['trend', 'dossiers', 'below', 'form', 'field', 'procedure'] as const;
type Part = (typeof PARTS)[number];

/** Ways to the parts that the page has now; they leave the address as it is. */
function PartLinks({ figures }: { figures: FiguresView }) {
  const { t } = useLanguage();
  const { field } = useAddress().place;
  const { unit, children, absence, period } = figures;
  const { noData } = useField(unit, period, field);
  if (!unit || absence || noData) return null;
  const absent: Part[] = [];
  if (field !== null) absent.push('below', 'field');
  else if (children.length === 0) absent.push('below');
  return (
    <nav aria-label={t('unit.parts')} className="desk-parts">
      {PARTS.filter((part) => !absent.includes(part)).map((part) => (
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
