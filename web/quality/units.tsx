import { Link } from 'wouter';
import { INDICATORS } from '../../shared/catalogue.ts';
import { MEASURES, type MeasureId } from '../../shared/measure.ts';
import type { FailureView, UnitQuality } from '../../shared/quality-wire.ts';
import { TAKEN_MEASURES, type TakenId } from '../../shared/taken-measures.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { GradeMark, Reasons } from './grade.tsx';
import { QualityTable } from './table.tsx';

type UnitsProps = { units: readonly UnitQuality[]; hrefOf: (ref: string) => string };
type RowProps = { row: UnitQuality } & Pick<UnitsProps, 'hrefOf'>;

const HEADS = ['unit', 'grade', 'completeness', 'why'] as const;

/** A unit and those below it, with who of them has told; those that nothing grades are folded into one line. */
export function Units({ units, hrefOf }: UnitsProps) {
  const { t, say, format } = useLanguage();
  const graded = units.filter(({ grade }) => grade !== null);
  const others = units.filter(({ grade }) => grade === null);
  return (
    <>
      {graded.length > 0 && (
        <QualityTable heads={HEADS}>
          {graded.map((row) => (
            <UnitRow key={row.unit.id} row={row} hrefOf={hrefOf} />
          ))}
        </QualityTable>
      )}
      {others.length > 0 && (
        <details className="quality-others">
          <summary>{t('quality.ungradedUnits', { count: format.number(others.length) })}</summary>
          <ul>
            {others.map(({ unit }) => (
              <li key={unit.id}>
                <Link href={hrefOf(unit.ref)}>{say(unit.name)}</Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function UnitRow({ row: { unit, grade, told, reporting }, hrefOf }: RowProps) {
  const { t, say } = useLanguage();
  return (
    <tr>
      <th scope="row">
        <Link href={hrefOf(unit.ref)}>{say(unit.name)}</Link>
      </th>
      <td data-head={t('quality.grade')}>
        <GradeMark grade={grade} />
      </td>
      <td data-head={t('quality.completeness')}>{grade && `${told}/${reporting}`}</td>
      <td data-head={t('quality.why')}>
        <Reasons grade={grade} />
      </td>
    </tr>
  );
}

function sayName(name: string, { t, say }: Language): string {
  const found = MEASURES[name as MeasureId] ?? TAKEN_MEASURES[name as TakenId];
  return found ? say(found.words) : t('quality.column', { columns: name });
}

/** The figure in whose story a measure stands: one that counts it first, else one that it is a part of. */
function findStory(measure: string): string {
  const known = INDICATORS.filter(({ numerator }) => measure in numerator);
  const [first] = known.toSorted((a, b) => Object.keys(a.numerator).length - Object.keys(b.numerator).length);
  return first?.id ?? INDICATORS.find(({ denominator }) => denominator && measure in denominator)?.id ?? '';
}

type FailureProps = { failure: FailureView; unit: UnitQuality['unit']; period: string };

function FailureRow({ failure, unit, period }: FailureProps) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { rule, left, right, leftValue, rightValue } = failure;
  const name = (side: string) => `${sayName(side, language)}, ${say(unit.name)}`;
  return (
    <tr>
      <th scope="row">{say(unit.name)}</th>
      <td data-head={t('quality.identity')}>{t(`quality.identity.${rule}`)}</td>
      <td data-head={t('quality.left')}>
        {sayName(left, language)}:{' '}
        <b>
          <ExplainButton indicator={findStory(left)} unit={unit.ref} period={period} label={name(left)}>
            {format.number(leftValue)}
          </ExplainButton>
        </b>
      </td>
      <td data-head={t('quality.right')}>
        {right !== null && rightValue !== null && (
          <>
            {sayName(right, language)}:{' '}
            <b>
              <ExplainButton indicator={findStory(right)} unit={unit.ref} period={period} label={name(right)}>
                {format.number(rightValue)}
              </ExplainButton>
            </b>
          </>
        )}
      </td>
    </tr>
  );
}

/** Identities that fail, with the two figures side by side. */
export function Failures({ units, period }: { units: readonly UnitQuality[]; period: string }) {
  const { t } = useLanguage();
  const rows = units.flatMap(({ unit, failures }) => failures.map((failure) => ({ unit, failure })));
  if (rows.length === 0) return <p>{t('quality.noFailures')}</p>;
  return (
    <QualityTable heads={['unit', 'identity', 'left', 'right']}>
      {rows.map(({ unit, failure }) => (
        <FailureRow key={`${unit.id} ${failure.rule} ${failure.left}`} {...{ unit, failure, period }} />
      ))}
    </QualityTable>
  );
}
