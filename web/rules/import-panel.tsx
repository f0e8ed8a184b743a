/** Thresholds as a table: out for other programs, and in, with what it would change shown first. */
import { useState } from 'react';
import type { ImportAnswer } from '../../shared/rule-view.ts';
import { thresholdsExport } from '../api.ts';
import { useAct } from '../people/asking.tsx';
import { useLanguage } from '../words/words.ts';
import { useFieldWords } from './field-words.ts';
import { type Telling, writeNumber } from './sentence.ts';
import { TableDownloads, TableImport, TableOutcome } from './table-import.tsx';

type TableProps = { unit: string; mayImport: boolean; telling: Telling };

/** Downloads of a unit's overrides, and taking a table in. */
export function ThresholdTable({ unit, mayImport, telling }: TableProps) {
  const { t } = useLanguage();
  return (
    <section className="table-panel" aria-label={t('table.title')}>
      <h2>{t('table.title')}</h2>
      <TableDownloads hrefOf={(format) => thresholdsExport({ unit, format })} name="thresholds" />
      {mayImport && <Import telling={telling} />}
    </section>
  );
}

function Import({ telling }: { telling: Telling }) {
  const [tried, setTried] = useState<ImportAnswer | null>(null);
  const run = useAct('importThresholds', {
    renews: ['listOverrides', 'listThresholds', 'listRules', 'getRule'],
    after: setTried,
  });
  return (
    <TableImport
      run={run}
      tried={tried}
      forget={() => setTried(null)}
      outcome={tried && <Outcome tried={tried} telling={telling} />}
    />
  );
}

function Outcome({ tried, telling }: { tried: ImportAnswer; telling: Telling }) {
  const { t, say } = useLanguage();
  const wordField = useFieldWords();
  const { isDryRun: _, differences, ...counts } = tried;
  const write = (value: number | null) => (value === null ? t('rules.empty') : writeNumber(value, telling));
  const rows = differences.map(({ line, rule, unitName, field, before, after }) => ({
    ...{ line, key: `${line} ${field}` },
    cells: [telling.nameRule(rule), say(unitName), wordField(field), write(before), write(after)],
  }));
  return (
    <TableOutcome
      tried={tried}
      result={t('table.result', counts)}
      applied={t('table.applied')}
      columns={[t('table.rule'), t('table.unit'), t('table.field'), t('table.before'), t('table.after')]}
      rows={rows}
    />
  );
}
