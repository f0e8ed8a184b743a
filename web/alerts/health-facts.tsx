import { useFollowing } from '../following.tsx';
import { useLanguage } from '../words/words.ts';

/** One thing the health of alerts is measured by: `value` null where nothing occurred; `target` is what is sound, in words. */
export type Fact = {
  title: string;
  value: number | null;
  unit?: string;
  /** How the value is written, where it is no plain number. */
  text?: string;
  isSound: boolean;
  note?: string;
  /** When the most of it was. */
  at?: string | null;
  target: string;
};

/** Facts beside each other; what is not sound is marked by shape and word, not by colour alone. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <ul className="health-facts">
      {facts.map((fact) => (
        <FactView key={fact.title} fact={fact} />
      ))}
    </ul>
  );
}

function FactView({ fact: { title, value, unit, text, isSound, note, at, target } }: { fact: Fact }) {
  const { t, format } = useLanguage();
  const { serverNow } = useFollowing();
  const digits = value !== null && value > 0 && value < 0.05 ? format.fine(value) : format.number(value ?? 0);
  return (
    <li data-severity={isSound ? 'normal' : 'major'}>
      <span className="health-title">{title}</span>
      <span className="health-value" data-words={value === null || undefined}>
        {value === null ? t('tile.nothing') : (text ?? digits)}
        {value !== null && unit && <small> {unit}</small>}
      </span>
      {!isSound && (
        <span className="health-verdict">
          <span aria-hidden="true">▲</span> {t('health.over')}
        </span>
      )}
      <span className="health-note">
        {[target, note, at ? format.moment(Date.parse(at), serverNow()) : ''].filter(Boolean).join(' · ')}
      </span>
    </li>
  );
}
