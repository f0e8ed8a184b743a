import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { FormAnswer, UnitView } from '../../shared/answers.ts';
import {
  addRows,
  columnsOf,
  FORM_IDS,
  FORMS,
  type FormColumn,
  type FormId,
  type FormLayout,
} from '../../shared/form-layout.ts';
import type { WideFormAnswer } from '../../shared/form-wire.ts';
import type { Period } from '../../shared/period.ts';
import { useAddress } from '../address.ts';
import { formExport, formQuery, wideFormQuery } from '../api/forms.ts';
import { figuresQuery } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { toldBy, usePanelState } from '../panel-state.ts';
import { useLanguage } from '../words/words.ts';
import { PanelFrame } from './frame.tsx';
import { ShortShare } from './silent.tsx';

type AnyForm = FormAnswer | WideFormAnswer;

const RENEW_MS = 60_000;

type FormPanelProps = { unit: UnitView; period: Period; field: string | null };

/** The form that was chosen, asked again while its period runs. */
function useForm(id: FormId, query: { unit: string; period: string }) {
  const refetchInterval = ({ state }: { state: { data?: AnyForm | undefined } }) =>
    state.data?.provisional === false ? (false as const) : RENEW_MS;
  const form = useQuery({ ...formQuery(query), enabled: id === 'II.06a', refetchInterval });
  const wide = useQuery({ ...wideFormQuery(query), enabled: id === '07a', refetchInterval });
  return id === '07a' ? wide : form;
}

/** A reporting form of a unit and a period: a row per area of work, which narrows the page to it, and the sum. */
export function FormPanel({ unit, period, field }: FormPanelProps) {
  const { t, lang, format } = useLanguage();
  const [id, choose] = useState<FormId>('II.06a');
  const query = { unit: unit.ref, period: period.key };
  const { data, error, refetch } = useForm(id, query);
  const state = usePanelState(
    toldBy<AnyForm>({ data, error }, (told) =>
      sumOf(told, { id, field }).some((value) => value !== null && value !== 0) ? 'figures' : 'nothing',
    ),
  );
  const note = `${format.period(period)}${data?.provisional ? ` · ${t('form.open')}` : ''}`;
  return (
    <PanelFrame
      className="form"
      id="part-form"
      title={t('form.title', { code: FORMS[id].code })}
      note={
        <>
          {note} <ShortShare unit={unit} period={period} share={data?.completeness ?? null} />
        </>
      }
      aside={
        <>
          <FormSwitch id={id} onChoose={choose} />
          <a className="button" href={formExport({ ...query, lang })} download>
            {t('form.download')}
          </a>
        </>
      }
      state={state}
      retry={() => void refetch()}
      emptyNext={t('form.empty')}
    >
      {data && <FormTable id={id} answer={data} period={period} field={field} />}
      {id === '07a' ? (
        <p className="form-note">{t('form.wideNote')}</p>
      ) : (
        <FormNote unit={unit} period={period} field={field} />
      )}
    </PanelFrame>
  );
}

function FormSwitch({ id, onChoose }: { id: FormId; onChoose: (id: FormId) => void }) {
  const { t } = useLanguage();
  return (
    <fieldset className="switch" aria-label={t('form.switch')}>
      {FORM_IDS.map((one) => (
        <button key={one} type="button" aria-pressed={one === id} onClick={() => onChoose(one)}>
          {one}
        </button>
      ))}
    </fieldset>
  );
}

/** Why the form and the key figure of what was received differ: each counts at another unit. */
function FormNote({ unit, period, field }: FormPanelProps) {
  const { t, format } = useLanguage();
  const { data } = useQuery({
    ...figuresQuery({
      ...{ unit: unit.ref, period: period.key, indicators: 'HS01' },
      ...(field === null ? {} : { field }),
    }),
    refetchInterval: RENEW_MS,
  });
  const received = data?.units[0]?.figures.HS01;
  const count = received && received.value !== null ? `: ${format.number(received.value)}` : '';
  return <p className="form-note">{t('form.note', { count })}</p>;
}

function rowsOf({ rows }: AnyForm, field: string | null): AnyForm['rows'] {
  return field === null ? rows : rows.filter((row) => row.field.code === field);
}

type Chosen = { id: FormId; field: string | null };

/** The sum of what is shown: of the unit, or of the area of work alone. */
function sumOf(answer: AnyForm, { id, field }: Chosen): readonly (number | null)[] {
  if (field === null) return answer.total;
  return addRows(
    FORMS[id],
    rowsOf(answer, field).map(({ columns }) => columns),
  );
}

type FormTableProps = Chosen & { answer: AnyForm; period: Period };

/** The table itself; it scrolls in its own box, with the areas of work always in sight. */
export function FormTable({ id, answer, period, field }: FormTableProps) {
  const { t, say, format } = useLanguage();
  const layout = FORMS[id];
  const rows = rowsOf(answer, field);
  const columns = columnsOf(layout);
  const label = t('form.label', { form: id, unit: say(answer.unit.name), period: format.period(period) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-box" tabIndex={0} aria-label={label}>
      <table className="figures-table form-table">
        <caption className="hidden">{label}</caption>
        <FormHead layout={layout} />
        <tbody>
          {rows.map((row) => (
            <FormRow
              key={row.field.code}
              heading={<FieldLink {...row.field} />}
              of={row.field}
              columns={columns}
              values={row.columns}
            />
          ))}
        </tbody>
        <tfoot>
          <FormRow heading={t('form.sum')} columns={columns} values={sumOf(answer, { id, field })} />
        </tfoot>
      </table>
    </section>
  );
}

function FormHead({ layout }: { layout: FormLayout }) {
  const { t, say } = useLanguage();
  return (
    <thead>
      <tr>
        <th rowSpan={2} scope="col">
          {t('form.field')}
        </th>
        {layout.groups.map(({ words, columns }) => (
          <th key={words.vi} colSpan={columns.length} scope="colgroup" className="group">
            <span>{say(words)}</span>
          </th>
        ))}
      </tr>
      <tr>
        {columnsOf(layout).map(({ number, words }) => (
          <th key={number} scope="col">
            {say(words)} <small className="column-number">({number})</small>
          </th>
        ))}
      </tr>
    </thead>
  );
}

type FormRowProps = {
  heading: React.ReactNode;
  /** The area of work; the whole unit without it. */
  of?: AnyForm['rows'][number]['field'];
  columns: readonly FormColumn[];
  values: readonly (number | null)[];
};

function FormRow({ heading, of, columns, values }: FormRowProps) {
  return (
    <tr>
      <th scope="row">{heading}</th>
      {columns.map((column, index) => (
        <FormCell key={column.number} column={column} value={values[index] ?? null} of={of} />
      ))}
    </tr>
  );
}

type FormCellProps = { column: FormColumn; value: number | null; of: FormRowProps['of'] };

/** A figure that opens its story, or a dash where nothing is counted. */
function FormCell({ column, value, of }: FormCellProps) {
  const { t, say, format } = useLanguage();
  const { number, words, sumOf, isLate, story = '' } = column;
  if (value === null)
    return (
      <td className="nothing" title={t('form.unknown')}>
        <span aria-hidden="true">–</span>
        <span className="hidden">{t('form.unknown')}</span>
      </td>
    );
  return (
    <td data-sum={sumOf !== undefined || undefined} data-bad={(isLate && value > 0) || undefined}>
      <ExplainButton
        indicator={story}
        {...(of && { field: of.code })}
        label={`${say(words)} (${number}), ${of ? say(of.name) : t('form.sum')}`}
      >
        {format.number(value)}
      </ExplainButton>
    </td>
  );
}

/** The name of an area of work, as the way to the page narrowed to it. */
export function FieldLink({ code, name }: FormAnswer['rows'][number]['field']) {
  const { href, place } = useAddress();
  const { say } = useLanguage();
  return (
    <Link
      href={href({ field: place.field === code ? null : code })}
      aria-current={place.field === code || undefined}
    >
      {say(name)}
    </Link>
  );
}
