/** How each indicator is worked out, in words and symbols, with its version, source and ground: all from the catalogue itself. */
import { useState } from 'react';
import { INDICATORS } from '../../shared/catalogue.ts';
import { writeFormula, writeSymbols } from '../../shared/formula.ts';
import { COMPONENTS, INDEX_GROUPS } from '../../shared/index766-components.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { findShippedSource, SHIPPED_RULES } from '../../shared/shipped-rules.ts';
import { findIndicators, groupIndicators } from '../figures/groups.ts';
import { OfficeFrame } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { hasOwnLimit, STANDINGS, type Standing, standingOf } from './standing.ts';
import './catalogue.css';

/** `/methodology`: the definitions, with a search, and which of them are law. */
export function MethodologyPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const [search, setSearch] = useState('');
  const [standing, choose] = useState<Standing | null>(null);
  const found = findIndicators(search).filter((one) => standing === null || standingOf(one) === standing);
  return (
    <OfficeFrame page="methodology" about={t('methodology.about')} preferences={preferences}>
      <p className="methodology-caution">{t('methodology.caution')}</p>
      <div className="office-tools">
        <input
          type="search"
          aria-label={t('catalogue.search')}
          placeholder={t('catalogue.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span role="status">{t('catalogue.count', { count: found.length })}</span>
      </div>
      <fieldset className="switch catalogue-groups" aria-label={t('methodology.standings')}>
        <button type="button" aria-pressed={standing === null} onClick={() => choose(null)}>
          {t('catalogue.all')}
        </button>
        {STANDINGS.map((one) => (
          <button key={one} type="button" aria-pressed={one === standing} onClick={() => choose(one)}>
            {t(`methodology.standing.${one}`)} ({countOf(one)})
          </button>
        ))}
      </fieldset>
      {found.length === 0 && <p>{t('catalogue.none')}</p>}
      {groupIndicators(found).map(({ group, indicators }) => (
        <section key={group} className="catalogue-group">
          <h2>{t(`catalogue.group.${group}`)}</h2>
          <ul className="methodology-list">
            {indicators.map((indicator) => (
              <Definition key={indicator.id} indicator={indicator} />
            ))}
          </ul>
          {group === 'IDX' && <Components />}
        </section>
      ))}
    </OfficeFrame>
  );
}

const countOf = (standing: Standing) => INDICATORS.filter((one) => standingOf(one) === standing).length;

function Definition({ indicator }: { indicator: Indicator }) {
  const { t, say } = useLanguage();
  const { id, words, version, source } = indicator;
  const standing = standingOf(indicator);
  return (
    <li id={id} className="methodology-entry" data-indicator={id}>
      <h3>
        {say(words)}{' '}
        <small>
          {id} · {t('catalogue.version', { version })}
        </small>
      </h3>
      <dl>
        <dt>{t('methodology.formula')}</dt>
        <dd>{say(writeFormula(indicator))}</dd>
        <dt>{t('methodology.symbols')}</dt>
        <dd>
          <code>{writeSymbols(indicator)}</code>
        </dd>
        <dt>{t('catalogue.source')}</dt>
        <dd lang="vi">{source}</dd>
        <dt>{t('methodology.standing')}</dt>
        <dd data-standing={standing}>
          {t(`methodology.standing.${standing}`)}
          {hasOwnLimit(indicator) && ` · ${t('methodology.standing.own')}`}
        </dd>
        <dt>{t('methodology.limits')}</dt>
        <dd>
          {listLimits(id).length === 0 && t('methodology.noRule')}
          {listLimits(id).map((words) => (
            <span key={words.vi} className="catalogue-line">
              {say(words)}
            </span>
          ))}
        </dd>
      </dl>
    </li>
  );
}

/** Where the limits of the rules that are shipped on an indicator come from. */
function listLimits(indicator: string) {
  return SHIPPED_RULES.flatMap(({ id, body: { condition } }) =>
    condition.kind === 'level' && condition.indicator === indicator ? (findShippedSource(id) ?? []) : [],
  );
}

function Components() {
  const { t, say, format } = useLanguage();
  return (
    <div className="office-scroll">
      <h3>{t('methodology.index')}</h3>
      <table className="office-table catalogue-table">
        <thead>
          <tr>
            <th scope="col">{t('methodology.component')}</th>
            <th scope="col">{t('methodology.points')}</th>
            <th scope="col">{t('methodology.full')}</th>
            <th scope="col">{t('methodology.whenNone')}</th>
            <th scope="col">{t('catalogue.source')}</th>
          </tr>
        </thead>
        <tbody>
          {COMPONENTS.map((component) => (
            <tr key={component.id} data-component={component.id}>
              <th scope="row">
                {say(component.words)}
                <small>
                  {component.id} · {say(INDEX_GROUPS[component.group])}
                </small>
                {component.own === null && <small>{t('methodology.taken')}</small>}
              </th>
              <td data-label={t('methodology.points')}>{format.number(component.max)}</td>
              <td data-label={t('methodology.full')}>{format.number(100 * component.full)} %</td>
              <td data-label={t('methodology.whenNone')}>
                {t(`methodology.whenNone.${component.whenNone}`)}
              </td>
              <td data-label={t('catalogue.source')} lang="vi">
                {component.source}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
