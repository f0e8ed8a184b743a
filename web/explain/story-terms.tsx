import type { ExplainAnswer, TermView } from '../../shared/explain.ts';
import { useLanguage } from '../words/words.ts';
import type { StoryProps } from './story-figure.tsx';

type Side = NonNullable<ExplainAnswer['denominator']>;

/** What stands above and below the line of the formula: each measure with what it comes to. */
export function StoryTerms({ story }: StoryProps) {
  const { t } = useLanguage();
  const { numerator, denominator } = story;
  if (numerator.terms.length === 0) return null;
  return (
    <>
      <StorySide title={t('explain.numerator')} side={numerator} />
      {denominator && <StorySide title={t('explain.denominator')} side={denominator} />}
    </>
  );
}

function StorySide({ title, side }: { title: string; side: Side }) {
  const { t, format } = useLanguage();
  return (
    <section>
      <table className="explain-table">
        <caption>
          {title}: <strong>{format.number(side.value)}</strong>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('explain.measure')}</th>
            <th scope="col">{t('explain.weight')}</th>
            <th scope="col">{t('explain.sum')}</th>
          </tr>
        </thead>
        <tbody>
          {side.terms.map((term) => (
            <TermRow key={term.measure} term={term} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const KINDS = ['dossier', 'document', 'petition', 'rating', 'probe', 'report', 'task'] as const;

/** The name of a kind of events on screen. */
export function useKindName(): (kind: string) => string {
  const { t } = useLanguage();
  return (kind) => {
    const known = KINDS.find((one) => one === kind);
    return known ? t(`explain.kind.${known}`) : kind;
  };
}

function TermRow({ term }: { term: TermView }) {
  const { t, say, format } = useLanguage();
  const nameOf = useKindName();
  const about = [nameOf(term.events), t(`explain.${term.kind}`), t(`explain.at.${term.at}`)];
  if (term.isOwn) about.push(t('explain.own'));
  const size = Math.abs(term.weight);
  const weight = size < 1 ? `1/${format.number(Math.round(1 / size))}` : format.number(size);
  return (
    <tr>
      <th scope="row">
        {say(term.words)}
        <small>{about.join(' · ')}</small>
      </th>
      <td>{`${term.weight < 0 ? '−' : ''}${weight}`}</td>
      <td>{format.number(term.sum)}</td>
    </tr>
  );
}
