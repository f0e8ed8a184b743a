/** Tables that go out and come in: downloads, and a table that is tried first, with what it would change, before it is applied. */
import { type ReactNode, useId, useState } from 'react';
import { ApiError } from '../api.ts';
import { Field } from '../people/asking.tsx';
import { wordProblem, wordReason } from '../people/problem-words.ts';
import { useLanguage } from '../words/words.ts';
import { ReasonForm } from './reason-form.tsx';

const MOST_BYTES = 2_000_000;
const SHOWN = 200;

type FileFormat = 'csv' | 'json';
type Told = { format: FileFormat; text: string };

type DownloadsProps = { hrefOf: (format: FileFormat) => string; name: string };

/** Links that download a table, as CSV and as JSON. */
export function TableDownloads({ hrefOf, name }: DownloadsProps) {
  const { t } = useLanguage();
  return (
    <div className="office-tools">
      {(['csv', 'json'] as const).map((format) => (
        <a key={format} className="button" href={hrefOf(format)} download={`${name}.${format}`}>
          {t(`table.${format}`)}
        </a>
      ))}
    </div>
  );
}

/** JSON begins with a bracket; all else is taken for CSV. */
function guessFormat(text: string): FileFormat {
  return /^\s*[[{]/.test(text) ? 'json' : 'csv';
}

/** What every table that was tried tells. */
export type Tried = { isDryRun: boolean; added: number; changed: number };

type ImportProps = {
  /** The act that takes a table in, and how it stands. */
  run: {
    isPending: boolean;
    error: Error | null;
    reset: () => void;
    mutate: (order: Told & { reason: string; isDryRun: boolean }) => void;
  };
  tried: Tried | null;
  /** What was tried was another table. */
  forget: () => void;
  /** What the table that was tried changes. */
  outcome: ReactNode;
};

/** A table to paste or to choose as a file: tried first, applied as it was tried. */
export function TableImport({ run, tried, forget, outcome }: ImportProps) {
  const language = useLanguage();
  const { t } = language;
  const [told, setTold] = useState<Told>({ format: 'csv', text: '' });
  const change = (part: Partial<Told>) => {
    forget();
    run.reset();
    setTold((before) => ({ ...before, ...part }));
  };
  const changes = tried ? tried.added + tried.changed : 0;
  const isReady = tried?.isDryRun === true && changes > 0;
  const isLong = new Blob([told.text]).size > MOST_BYTES;
  return (
    <div className="office-form import-form">
      <ImportFields told={told} change={change} />
      {isLong && <p className="slot-fault">{t('table.tooLong')}</p>}
      {outcome}
      <LineFaults error={run.error} />
      <ReasonForm
        submit={isReady ? t('table.apply', { count: changes }) : t('table.try')}
        isBusy={run.isPending}
        isDisabled={told.text.trim() === '' || isLong}
        error={run.error}
        {...(linesOf(run.error).length > 0 && { words: wordProblem(run.error as ApiError, language) })}
        onSubmit={(reason) => run.mutate({ ...told, reason, isDryRun: !isReady })}
      />
    </div>
  );
}

/** What is refused of single lines. */
function linesOf(error: Error | null): (ApiError['errors'][number] & { index: number })[] {
  if (!(error instanceof ApiError)) return [];
  return error.errors.flatMap(({ index, ...one }) => (index === undefined ? [] : [{ ...one, index }]));
}

/** Every line that cannot be taken, with what is wrong in it. */
function LineFaults({ error }: { error: Error | null }) {
  const language = useLanguage();
  const { t } = language;
  const faults = linesOf(error);
  if (faults.length === 0 || !(error instanceof ApiError)) return null;
  return (
    <ul className="import-faults" role="alert">
      {faults.map((fault) => (
        <li key={`${fault.index} ${fault.field} ${fault.reason}`}>
          <strong>{t('refused.line', { line: fault.index })}</strong>{' '}
          {wordReason(fault, language) ?? t('problem.notPossible')}
        </li>
      ))}
      {error.unlisted > 0 && <li>{t('refused.unlisted', { count: error.unlisted })}</li>}
    </ul>
  );
}

function ImportFields({ told, change }: { told: Told; change: (part: Partial<Told>) => void }) {
  const { t } = useLanguage();
  const id = useId();
  const take = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    change({ text, format: file.name.endsWith('.json') ? 'json' : guessFormat(text) });
  };
  return (
    <>
      <div className="field import-text">
        <label htmlFor={`${id}-text`}>{t('table.text')}</label>
        <textarea
          id={`${id}-text`}
          rows={6}
          spellCheck={false}
          aria-describedby={`${id}-rule`}
          value={told.text}
          onChange={(event) => change({ text: event.target.value, format: guessFormat(event.target.value) })}
        />
        <small id={`${id}-rule`} className="field-rule">
          {t('table.textRule')}
        </small>
      </div>
      <Field id={`${id}-file`} label={t('table.file')}>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.json,text/csv,application/json"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </Field>
      <Field id={`${id}-format`} label={t('table.format')}>
        <select
          id={`${id}-format`}
          value={told.format}
          onChange={(event) => change({ format: event.target.value === 'json' ? 'json' : 'csv' })}
        >
          <option value="csv">CSV</option>
          <option value="json">JSON</option>
        </select>
      </Field>
    </>
  );
}

type OutcomeProps = {
  tried: Tried;
  /** How many lines do what. */
  result: string;
  /** What is said once it is applied. */
  applied: string;
  /** The heads of the columns, and what each difference says below them; the first names the line. */
  columns: readonly string[];
  rows: readonly { line: number; key: string; cells: readonly string[] }[];
};

/** What a table that was tried would change, or has changed, difference by difference. */
export function TableOutcome({ tried, result, applied, columns, rows }: OutcomeProps) {
  const { t } = useLanguage();
  const isNothing = tried.added + tried.changed === 0;
  const standing = tried.isDryRun ? t(isNothing ? 'table.nothing' : 'table.tried') : applied;
  return (
    <div className="import-outcome" role="status">
      <p>
        <strong>{standing}</strong> {result}
      </p>
      {rows.length > 0 && (
        <div className="office-scroll">
          <table className="office-table">
            <thead>
              <tr>
                <th scope="col">{t('table.line')}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map(({ line, key, cells }) => (
                <tr key={key}>
                  <th scope="row">{line}</th>
                  {cells.map((cell, index) => (
                    <td key={columns[index]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > SHOWN && <p>{t('table.shown', { shown: SHOWN, all: rows.length })}</p>}
    </div>
  );
}
