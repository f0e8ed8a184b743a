/** Targets of a year as a table: out for other programs, and in, with what it would set shown first. */
import { useState } from 'react';
import { findIndicator } from '../../shared/catalogue.ts';
import type { TargetsImported } from '../../shared/target-wire.ts';
import { targetsExport } from '../api.ts';
import { useAct } from '../people/asking.tsx';
import { TableDownloads, TableImport, TableOutcome } from '../rules/table-import.tsx';
import { useLanguage } from '../words/words.ts';
import { writeValue } from './writing.ts';
import '../rules/thresholds.css';

type TableProps = { unit: string; year: number; mayImport: boolean };

/** Downloads of the targets that a unit and those below it have of their own, and taking a table in. */
export function TargetTable({ unit, year, mayImport }: TableProps) {
  const { t } = useLanguage();
  return (
    <section className="table-panel office-part" aria-label={t('targets.table')}>
      <h2>{t('targets.table')}</h2>
      <p className="plan-soft">{t('targets.tableAbout', { year })}</p>
      <TableDownloads hrefOf={(format) => targetsExport({ unit, year, format })} name={`targets-${year}`} />
      {mayImport && <Import year={year} />}
    </section>
  );
}

function Import({ year }: { year: number }) {
  const [tried, setTried] = useState<TargetsImported | null>(null);
  const run = useAct('importTargets', { renews: ['listTargets'], after: setTried });
  return (
    <TableImport
      run={{ ...run, mutate: (order) => run.mutate({ ...order, year }) }}
      tried={tried}
      forget={() => setTried(null)}
      outcome={tried && <Outcome tried={tried} />}
    />
  );
}

function Outcome({ tried }: { tried: TargetsImported }) {
  const language = useLanguage();
  const { t, say } = language;
  const { isDryRun: _, differences, ...counts } = tried;
  const rows = differences.map(({ line, unitName, indicator: id, before, after }) => {
    const indicator = findIndicator(id);
    const write = (value: number | null) =>
      value === null || !indicator ? t('targets.noTarget') : writeValue(indicator, value, language);
    const name = indicator ? `${id} · ${say(indicator.words)}` : id;
    return { line, key: `${line}`, cells: [say(unitName), name, write(before), write(after)] };
  });
  return (
    <TableOutcome
      tried={tried}
      result={t('targets.tableResult', counts)}
      applied={t('targets.saved')}
      columns={[t('table.unit'), t('targets.indicator'), t('table.before'), t('table.after')]}
      rows={rows}
    />
  );
}
