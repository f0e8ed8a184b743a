import type { ExplainAnswer } from '../../shared/explain.ts';
import { rowsExport } from '../api.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';

/** The rows behind the figure as files, for people who have signed in. */
export function StoryRows({ story }: { story: ExplainAnswer }) {
  const { t } = useLanguage();
  const { session } = useSession();
  if (session?.caller.kind !== 'person') return null;
  // Only what is counted has cases; of a period of which nothing is known there is nothing at all.
  const hasCases = story.numerator.terms.length > 0;
  if (!hasCases && story.stated === null) return null;
  const query = { unit: story.unit.ref, indicator: story.indicator.id, period: story.period };
  const links = [
    { of: 'units', format: 'csv', word: t('explain.unitExport') },
    { of: 'cases', format: 'csv', word: t('explain.caseExport') },
    { of: 'cases', format: 'ndjson', word: t('explain.caseExport') },
  ] as const;
  return (
    <section>
      <h3>{t('explain.export')}</h3>
      <ul className="explain-exports">
        {links
          .filter(({ of }) => hasCases || of === 'units')
          .map(({ of, format, word }) => (
            <li key={`${of}${format}`}>
              <a href={rowsExport({ ...query, of, format })} download>
                {word} ({format.toUpperCase()})
              </a>
            </li>
          ))}
      </ul>
      <p className="explain-soft">{t('explain.exportNote')}</p>
    </section>
  );
}
