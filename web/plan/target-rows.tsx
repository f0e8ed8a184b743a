import { Link } from 'wouter';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { dayOf } from '../../shared/period.ts';
import { isReported } from '../../shared/reported.ts';
import type { TargetRow, TargetVersion } from '../../shared/target-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { SEVERITY_SHAPES } from '../panels/severity.tsx';
import { useSession } from '../session.tsx';
import { type PlainKey, useLanguage } from '../words/words.ts';
import { planPath } from './place.ts';
import { WayBar } from './way-bar.tsx';
import { severityOf, wordPace, writeValue } from './writing.ts';

type RowsProps = { rows: readonly TargetRow[]; year: number; until: string; isByUnit: boolean };

/** What somebody decided before the defaults of the catalogue, and of these what is worst first. */
function rankOf({ target, pace }: TargetRow): number {
  const order = { critical: 1, warning: 2, normal: 3 };
  return target?.source === 'catalogue' ? order[severityOf({ pace })] : 0;
}

/** Rows of targets: of one unit by indicator, or of one indicator by unit; those of which nothing is known apart. */
export function TargetRows({ rows, ...rest }: RowsProps) {
  const { t } = useLanguage();
  const { isByUnit } = rest;
  const isIdle = ({ now, versions }: TargetRow) => now === null && versions.length === 0;
  const told = rows.filter((row) => isByUnit || !isIdle(row));
  const idle = rows.filter((row) => !isByUnit && isIdle(row));
  const sorted = isByUnit ? told : told.toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    <>
      <Rows rows={sorted} {...rest} />
      {idle.length > 0 && (
        <details className="target-idle">
          <summary>{t('targets.idle', { count: idle.length })}</summary>
          <Rows rows={idle} {...rest} />
        </details>
      )}
    </>
  );
}

function Rows({ rows, ...rest }: RowsProps) {
  return (
    <ul className="target-rows">
      {rows.map((row) => {
        const indicator = findIndicator(row.indicator);
        return indicator && <Row key={`${row.unit.id} ${row.indicator}`} {...{ row, indicator, ...rest }} />;
      })}
    </ul>
  );
}

type RowProps = Omit<RowsProps, 'rows'> & { row: TargetRow; indicator: Indicator };

function Row({ row, indicator, year, until, isByUnit }: RowProps) {
  const language = useLanguage();
  const { t, say } = language;
  const { now, target, unit, percent } = row;
  const severity = severityOf(row);
  return (
    <li className="target-row" data-severity={severity}>
      <div className="target-name">
        <h3>{say(isByUnit ? unit.name : indicator.words)}</h3>
        {isByUnit ? null : (
          <Link href={planPath('targets', unit.ref, { year: `${year}`, indicator: indicator.id })}>
            {indicator.id} · {t('targets.seeBelow')}
          </Link>
        )}
      </div>
      <dl className="target-figures">
        <div>
          <dt>{t('targets.now')}</dt>
          <dd>
            {now === null ? (
              t(wordNothing(indicator))
            ) : (
              <ExplainButton
                indicator={indicator.id}
                unit={unit.ref}
                period={`${year}`}
                label={`${say(indicator.words)}, ${say(unit.name)}`}
              >
                {writeValue(indicator, now, language)}
              </ExplainButton>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('targets.target')}</dt>
          <dd>{target ? <Aim indicator={indicator} value={target.value} /> : t('targets.noTarget')}</dd>
        </div>
      </dl>
      <div className="target-way">
        <WayBar indicator={indicator} row={row} />
        {percent !== null && severity !== 'normal' && (
          <small>
            {percent <= -0.5
              ? t('targets.backwards')
              : t('targets.percentOfWay', { percent: language.format.number(Math.abs(Math.round(percent))) })}
          </small>
        )}
      </div>
      <p className="target-pace">
        {severity !== 'normal' && (
          <span className="target-shape" aria-hidden="true">
            {SEVERITY_SHAPES[severity]}{' '}
          </span>
        )}
        {target ? wordPace({ indicator, row, until }, language) : ''}
      </p>
      <Source row={row} />
      {row.versions.length > 0 && <Versions versions={row.versions} indicator={indicator} />}
    </li>
  );
}

/** Why there is no figure: nothing occurred, nothing was reported yet, or nothing is known. */
function wordNothing(indicator: Indicator): PlainKey {
  if (indicator.basis !== 'sums') return 'tile.unknown';
  return isReported(indicator) ? 'tile.unreported' : 'targets.noFigure';
}

function Aim({ indicator, value }: { indicator: Indicator; value: number }) {
  const language = useLanguage();
  const text = writeValue(indicator, value, language);
  return language.t(indicator.direction === 'down' ? 'targets.atMost' : 'targets.atLeast', { value: text });
}

function Source({ row: { target } }: { row: TargetRow }) {
  const { t, say, format } = useLanguage();
  const { zone } = useSession();
  if (!target) return null;
  const { source, unitName, office, paper, signedAt, signedBy } = target;
  const whose = {
    own: t('targets.source.own'),
    above: t('targets.source.above', { unit: unitName ? say(unitName) : '' }),
    catalogue: t('targets.source.catalogue'),
  }[source];
  return (
    <div className="target-source">
      <span>{whose}</span>
      <small>{office === null ? paper : t('targets.by', { office, paper })}</small>
      {signedAt !== null && (
        <small>
          {t('targets.signed', { day: format.day(dayOf(Date.parse(signedAt), zone)), by: signedBy ?? '' })}
        </small>
      )}
    </div>
  );
}

function Versions({ versions, indicator }: { versions: readonly TargetVersion[]; indicator: Indicator }) {
  const language = useLanguage();
  const { t, format } = language;
  const { zone } = useSession();
  const day = (iso: string) => format.day(dayOf(Date.parse(iso), zone));
  return (
    <details className="target-versions">
      <summary>
        {t('targets.history')} ({versions.length})
      </summary>
      <ol>
        {versions.map(({ id, value, state, savedAt, savedBy, office, paper, reason }) => (
          <li key={id}>
            <b>{value === null ? t('targets.takenBack') : writeValue(indicator, value, language)}</b>{' '}
            {t(`targets.state.${state}`)} · {day(savedAt)}, {savedBy} · {t('targets.by', { office, paper })} ·
            “{reason}”
          </li>
        ))}
      </ol>
    </details>
  );
}
