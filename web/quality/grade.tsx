import { type FindingId, GRADES } from '../../shared/quality.ts';
import type { GradeView } from '../../shared/quality-wire.ts';
import { type Language, useLanguage } from '../words/words.ts';

const SHAPES = { A: '●', B: '◆', C: '▲', D: '■' } as const;

/** A grade by shape, letter and word. */
export function GradeMark({ grade }: { grade: GradeView | null }) {
  const { t, say } = useLanguage();
  const found = GRADES.find(({ id }) => id === grade?.grade);
  if (!grade || !found) return <span className="quality-ungraded">{t('quality.ungraded')}</span>;
  return (
    <span className="quality-grade" data-grade={found.id}>
      <i aria-hidden="true">{SHAPES[found.id]}</i> <b>{found.id}</b> {say(found.words)}
    </span>
  );
}

/** Findings that there are or are not: how much of them there is says nothing. */
const PLAIN = ['late', 'missing', 'feedLate', 'feedMissing', 'form'] as const;

const isPlain = (finding: FindingId): finding is (typeof PLAIN)[number] =>
  (PLAIN as readonly FindingId[]).includes(finding);

function sayFinding({ finding, size }: GradeView['findings'][number], { t, format }: Language): string {
  if (isPlain(finding)) return t(`quality.finding.${finding}`);
  return t(`quality.finding.${finding}`, { size: format.number(size) });
}

/** What points were lost by, each with how many. */
export function Reasons({ grade }: { grade: GradeView | null }) {
  const language = useLanguage();
  const { t } = language;
  if (!grade) return null;
  if (grade.findings.length === 0) return <>{t('quality.nothing')}</>;
  return (
    <ul>
      {grade.findings.map((one) => (
        <li key={one.finding}>{t('quality.cost', { why: sayFinding(one, language), points: one.points })}</li>
      ))}
    </ul>
  );
}
