import { findIndicator } from '../../shared/catalogue.ts';
import { writeFormula } from '../../shared/formula.ts';
import { useLanguage } from '../words/words.ts';
import { Now } from './rows.tsx';
import type { CatalogueTold } from './told.ts';

const WAYS = ['TT01', 'TT02'];

/** Both definitions of what is on time beside each other, each by its name, with its formula and source. */
export function TwoWays({ told }: { told: CatalogueTold }) {
  const { t, say, format } = useLanguage();
  const ways = WAYS.flatMap((id) => findIndicator(id) ?? []);
  const [one, other] = ways.map(({ id }) => told.figureOf(id)?.value ?? null);
  return (
    <section className="two-ways" aria-label={t('catalogue.two')}>
      <h2>{t('catalogue.two')}</h2>
      <p className="office-about">
        {t('catalogue.twoAbout')}
        {one != null &&
          other != null &&
          ` ${t('catalogue.apart', { amount: format.fine(Math.abs(one - other)) })}`}
      </p>
      <ul>
        {ways.map((indicator) => (
          <li key={indicator.id} data-way={indicator.id}>
            <h3>
              {say(indicator.words)}{' '}
              <small>
                {indicator.id} · {t('catalogue.version', { version: indicator.version })}
              </small>
            </h3>
            <Now indicator={indicator} figure={told.figureOf(indicator.id)} told={told} />
            <small className="two-ways-formula">{say(writeFormula(indicator))}</small>
            <small lang="vi">{indicator.source}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
