import { Link, useSearch } from 'wouter';
import { INDEX_BANDS, VOLUME_CLASSES } from '../../shared/index766.ts';
import { INDEX_GROUP_IDS, INDEX_GROUPS } from '../../shared/index766-components.ts';
import type { IndexAnswer, IndexRow } from '../../shared/index766-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useLanguage } from '../words/words.ts';
import { indexPath } from './place.ts';
import { type StoryPlace, storyPlace, writeChange } from './say.ts';

type Class = { key: string; title: string; rows: IndexRow[] };

/** The units below, ranked within their level and volume class, the largest class first; those without a rank at the end. */
export function UnitsBelow({ answer }: { answer: IndexAnswer }) {
  const { children } = answer;
  const place = storyPlace(answer);
  const { t, say } = useLanguage();
  if (children.length === 0) return <p className="index-nothing">{t('index.units.none')}</p>;
  const ranked = children.filter(({ standing }) => standing !== null);
  const classes = [...VOLUME_CLASSES].reverse().flatMap(({ id, words }): Class[] => {
    const levels = Map.groupBy(
      ranked.filter(({ volume }) => volume === id),
      ({ unit }) => unit.level,
    );
    return [...levels].map(([level, rows]) => ({
      key: `${id} ${level}`,
      title: `${t(`level.${level}`, { count: rows.length })}, ${say(words)}`,
      rows: rows.toSorted((a, b) => (a.standing?.rank ?? 0) - (b.standing?.rank ?? 0)),
    }));
  });
  const rest = children.filter(({ standing }) => standing === null);
  return (
    <section className="panel index-table" aria-label={t('index.units')}>
      <header className="panel-head">
        <h3 className="panel-title">{t('index.units')}</h3>
        <p className="panel-note">{t('index.units.ranked')}</p>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('index.rankHead')}</th>
            <th scope="col">{t('index.unit')}</th>
            <th scope="col">{t('index.score')}</th>
            <th scope="col">{t('index.changeHead')}</th>
            {INDEX_GROUP_IDS.map((id) => (
              <th key={id} scope="col" className="index-wide">
                {say(INDEX_GROUPS[id])}
              </th>
            ))}
          </tr>
        </thead>
        {classes.map(({ key, title, rows }) => (
          <Rows key={key} title={title} rows={rows} place={place} />
        ))}
        {rest.length > 0 && <Rows title={t('index.unranked')} rows={rest} place={place} />}
      </table>
    </section>
  );
}

function Rows({ title, rows, place }: { title: string; rows: readonly IndexRow[]; place: StoryPlace }) {
  return (
    <tbody>
      <tr className="index-group">
        <th scope="rowgroup" colSpan={4 + INDEX_GROUP_IDS.length}>
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.unit.id} row={row} place={place} />
      ))}
    </tbody>
  );
}

function Row({ row, place }: { row: IndexRow; place: StoryPlace }) {
  const { say, format } = useLanguage();
  const search = useSearch();
  const { unit, standing, value, change, band, groups } = row;
  const words = INDEX_BANDS.find(({ id }) => id === band)?.words;
  return (
    <tr>
      <td>{standing ? standing.rank : '–'}</td>
      <th scope="row">
        <Link href={indexPath({ unit: unit.ref, view: 'points' }, search)}>{say(unit.name)}</Link>
      </th>
      <td>
        {value === null ? (
          '–'
        ) : (
          <ExplainButton indicator="IDX" {...place} unit={unit.ref} label={say(unit.name)}>
            {format.fine(value)}
          </ExplainButton>
        )}
        {words && <small> {say(words)}</small>}
      </td>
      <td>{change !== null && writeChange(format, change.points)}</td>
      {groups.map(({ id, points, outOf }) => (
        <td key={id} className="index-wide">
          {outOf === 0 ? '–' : format.fine(points)}
          {outOf > 0 && <small>/{format.number(outOf)}</small>}
        </td>
      ))}
    </tr>
  );
}
