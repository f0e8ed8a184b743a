import { Link } from 'wouter';
import type { FigureView } from '../../shared/answers.ts';
import type { Group, Indicator } from '../../shared/indicator.ts';
import { judge } from '../../shared/judgement.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { writeLimit } from '../figures/thresholds.ts';
import { wordUnreported } from '../figures/unreported.ts';
import { FewChip, SeverityChip } from '../panels/severity.tsx';
import { Spark } from '../panels/spark.tsx';
import { detailOf, heroOf } from '../panels/tile.tsx';
import { wordTargetSource, writeValue } from '../plan/writing.ts';
import { useAskedAt } from '../session.tsx';
import { type Language, type PlainKey, useLanguage } from '../words/words.ts';
import { type CatalogueTold, type Rank, useRanks, type YearlyTarget } from './told.ts';

type GroupProps = { group: Group; indicators: readonly Indicator[]; told: CatalogueTold };

/** One group of the catalogue as a table; on a phone each row is a card. */
export function GroupTable({ group, indicators, told }: GroupProps) {
  const { t } = useLanguage();
  const rankOf = useRanks(told, indicators);
  const id = `group-${group}`;
  return (
    <section className="catalogue-group" aria-labelledby={id}>
      <h2 id={id}>{t(`catalogue.group.${group}`)}</h2>
      <table className="office-table catalogue-table">
        <thead>
          <tr>
            {COLUMNS.map((word) => (
              <th key={word} scope="col">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indicators.map((indicator) => (
            <Row key={indicator.id} indicator={indicator} told={told} rank={rankOf(indicator)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const COLUMNS = [
  'catalogue.indicator',
  'catalogue.now',
  'catalogue.goal',
  'catalogue.course',
  'catalogue.rank',
  'catalogue.source',
] as const satisfies readonly PlainKey[];

type RowProps = { indicator: Indicator; told: CatalogueTold; rank: Rank | null };

function Row({ indicator, told, rank }: RowProps) {
  const language = useLanguage();
  const { t, say } = language;
  const figure = told.figureOf(indicator.id);
  const arrow = { up: 'catalogue.up', down: 'catalogue.down', none: 'catalogue.flat' } as const;
  return (
    <tr data-indicator={indicator.id}>
      <th scope="row">
        <Name indicator={indicator} unit={told.unit?.ref ?? null} />
        <small>
          {indicator.id} · {t('catalogue.version', { version: indicator.version })}
        </small>
        <small>{t(arrow[indicator.direction])}</small>
      </th>
      <td data-label={t('catalogue.now')}>
        <Now indicator={indicator} figure={figure} told={told} />
      </td>
      <td data-label={t('catalogue.goal')}>
        {wordGoal(indicator, language).map((line) => (
          <span key={line} className="catalogue-line">
            {line}
          </span>
        ))}
        <Yearly indicator={indicator} target={told.targetOf(indicator.id)} />
      </td>
      <td data-label={t('catalogue.course')} className="catalogue-course">
        <Spark values={told.courseOf(indicator)} />
      </td>
      <td data-label={t('catalogue.rank')}>
        <RankOf rank={rank} hasPeers={told.parent !== null} indicator={indicator} />
      </td>
      <td data-label={t('catalogue.source')}>
        <span className="catalogue-source" lang="vi" title={say(indicator.words)}>
          {indicator.source}
        </span>
      </td>
    </tr>
  );
}

/** What a board can show is a way to it. */
function Name({ indicator: { id, words, basis }, unit }: { indicator: Indicator; unit: string | null }) {
  const { t, say } = useLanguage();
  if (basis !== 'sums' || unit === null) return say(words);
  return (
    <Link href={`/unit/${encodeURIComponent(unit)}?indicator=${id}`} title={t('catalogue.show')}>
      {say(words)}
    </Link>
  );
}

type NowProps = { indicator: Indicator; figure: FigureView | null; told: CatalogueTold };

/** The figure with its level, what it is made of, how old it is and of how many units; its story behind it. */
export function Now({ indicator, figure, told: { unit, period, book } }: NowProps) {
  const language = useLanguage();
  const { t, format } = language;
  const now = useAskedAt();
  if (!figure || (figure.value === null && figure.denominator === null))
    return <span className="catalogue-none">{t('catalogue.unknown')}</span>;
  const thresholds = unit && book.of(indicator.id, unit);
  const judgement = judge(indicator, figure, thresholds);
  const hero = heroOf(indicator, figure, { language, thresholds });
  const sign =
    hero.unit === '' && indicator.denominator === null ? format.unitOf(indicator) : (hero.unit ?? '');
  const { asOf, completeness } = figure;
  const unreported = wordUnreported(figure, period, language);
  return (
    <span className="catalogue-now">
      <ExplainButton indicator={indicator.id} period={period.key} {...(unit && { unit: unit.ref })}>
        <strong>{hero.text}</strong> {sign}
      </ExplainButton>{' '}
      <SeverityChip severity={judgement.severity} />
      <FewChip judgement={judgement} />
      {unreported !== null && <small className="catalogue-unreported">{unreported}</small>}
      {indicator.denominator !== null && <small>{detailOf(indicator, figure, language)}</small>}
      {asOf !== null && <small>{t('tile.asOf', { moment: format.moment(Date.parse(asOf), now) })}</small>}
      {completeness !== null && completeness < 1 && (
        <small>{t('unit.completeness', { percent: format.share(completeness) })}</small>
      )}
    </span>
  );
}

/** The target with its unit, and what somebody else reached. */
function wordGoal(indicator: Indicator, language: Language): string[] {
  const { t, say, format } = language;
  const { target, benchmark, hero, noun } = indicator;
  const write = (value: number) =>
    hero === 'numerator' || indicator.unit === 'count'
      ? `${format.number(value)} ${say(noun)}`
      : writeLimit(indicator, value, language);
  return [
    target === null ? t('catalogue.noGoal') : write(target),
    ...(benchmark
      ? [
          t('catalogue.elsewhere', {
            value: writeLimit(indicator, benchmark.value, language),
            who: say(benchmark.words),
          }),
        ]
      : []),
  ];
}

/** What somebody decided for the year beside what the catalogue says, and what waits to be signed. */
function Yearly({ indicator, target }: { indicator: Indicator; target: YearlyTarget | null }) {
  const language = useLanguage();
  const { t } = language;
  if (!target) return null;
  const { year, held, waiting } = target;
  const write = (value: number | null) =>
    value === null ? t('targets.takenBack') : writeValue(indicator, value, language);
  return (
    <>
      {held && held.source !== 'catalogue' && (
        <span className="catalogue-line" data-target={held.source}>
          {t('catalogue.yearly', { year, value: write(held.value) })}
          <small>{wordTargetSource(held, language)}</small>
        </span>
      )}
      {waiting && (
        <span className="catalogue-line" data-target="waiting">
          {t('catalogue.yearlyWaiting', { year, value: write(waiting.value) })}
        </span>
      )}
    </>
  );
}

function RankOf({
  rank,
  hasPeers,
  indicator,
}: {
  rank: Rank | null;
  hasPeers: boolean;
  indicator: Indicator;
}) {
  const { t } = useLanguage();
  if (!hasPeers)
    return (
      <span className="catalogue-none" title={t('catalogue.noPeers')}>
        –<span className="hidden"> {t('catalogue.noPeers')}</span>
      </span>
    );
  if (indicator.direction === 'none') return <span className="catalogue-none">{t('catalogue.flat')}</span>;
  if (rank === null) return <span className="catalogue-none">…</span>;
  if (rank.rank === null)
    return (
      <span className="catalogue-none" title={t('catalogue.noRank')}>
        {t('catalogue.notRanked')}
      </span>
    );
  const words = { rank: rank.rank, count: rank.count };
  return <span title={t('catalogue.rankAbout', words)}>{t('catalogue.rankOf', words)}</span>;
}
