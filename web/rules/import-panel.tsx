/** Thresholds as a table: out for other programs, and in, with what it would change shown first. */
import { useId, useState } from 'react';
import type { ImportAnswer } from '../../shared/rule-view.ts';
import { ApiError, thresholdsExport } from '../api.ts';
import { Field, useAct } from '../people/asking.tsx';
import { wordProblem, wordReason } from '../people/problem-words.ts';
import { useLanguage } from '../words/words.ts';
import { useFieldWords } from './field-words.ts';
import { ReasonForm } from './reason-form.tsx';
import { type Telling, writeNumber } from './sentence.ts';

const MOST_BYTES = 2_000_000;
const SHOWN = 200;

type TableProps = { unit: string; mayImport: boolean; telling: Telling };

/** Downloads of a unit's overrides, and taking a table in. */
export function ThresholdTable({ unit, mayImport, telling }: TableProps) {
  const { t } = useLanguage();
  return (
    <section className="table-panel" aria-label={t('table.title')}>
      <h2>{t('table.title')}</h2>
      <div className="office-tools">
        {(['csv', 'json'] as const).map((format) => (
          <a
            key={format}
            className="button"
            href={thresholdsExport({ unit, format })}
            download={`thresholds.${format}`}
          >
            {t(`table.${format}`)}
          </a>
        ))}
      </div>
      {mayImport && <Import telling={telling} />}
    </section>
  );
}

type Told = { format: 'csv' | 'json'; text: string };

/** JSON begins with a bracket; all else is taken for CSV. */
function guessFormat(text: string): Told['format'] {
  return /^\s*[[{]/.test(text) ? 'json' : 'csv';
}

function Import({ telling }: { telling: Telling }) {
  const language = useLanguage();
  const { t } = language;
  const [told, setTold] = useState<Told>({ format: 'csv', text: '' });
  const [tried, setTried] = useState<ImportAnswer | null>(null);
  const run = useAct('importThresholds', {
    renews: ['listOverrides', 'listThresholds', 'listRules', 'getRule'],
    after: setTried,
  });
  const change = (part: Partial<Told>) => {
    // What was tried was another table.
    setTried(null);
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
      {tried && <Outcome tried={tried} telling={telling} />}
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

function Outcome({ tried, telling }: { tried: ImportAnswer; telling: Telling }) {
  const { t, say } = useLanguage();
  const wordField = useFieldWords();
  const { isDryRun, lines, added, changed, same, units, differences } = tried;
  const write = (value: number | null) => (value === null ? t('rules.empty') : writeNumber(value, telling));
  const isNothing = added + changed === 0;
  return (
    <div className="import-outcome" role="status">
      <p>
        <strong>{t(isDryRun ? (isNothing ? 'table.nothing' : 'table.tried') : 'table.applied')}</strong>{' '}
        {t('table.result', { lines, added, changed, same, units })}
      </p>
      {differences.length > 0 && (
        <div className="office-scroll">
          <table className="office-table">
            <thead>
              <tr>
                <th scope="col">{t('table.line')}</th>
                <th scope="col">{t('table.rule')}</th>
                <th scope="col">{t('table.unit')}</th>
                <th scope="col">{t('table.field')}</th>
                <th scope="col">{t('table.before')}</th>
                <th scope="col">{t('table.after')}</th>
              </tr>
            </thead>
            <tbody>
              {differences.slice(0, SHOWN).map((one) => (
                <tr key={`${one.line} ${one.field}`}>
                  <th scope="row">{one.line}</th>
                  <td>{telling.nameRule(one.rule)}</td>
                  <td>{say(one.unitName)}</td>
                  <td>{wordField(one.field)}</td>
                  <td>{write(one.before)}</td>
                  <td>{write(one.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {differences.length > SHOWN && <p>{t('table.shown', { shown: SHOWN, all: differences.length })}</p>}
    </div>
  );
}
