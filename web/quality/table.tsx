import type { ReactNode } from 'react';
import { useLanguage } from '../words/words.ts';

/** Columns of the tables of data quality, named by their words. */
export type Head =
  | ('feed' | 'grade' | 'state' | 'cadence' | 'last' | 'refused' | 'repeated' | 'why')
  | ('unit' | 'completeness' | 'identity' | 'left' | 'right');

type TableProps = { heads: readonly Head[]; children: ReactNode };

/** A table of data quality: its columns by name, its rows as they are given. */
export function QualityTable({ heads, children }: TableProps) {
  const { t } = useLanguage();
  return (
    <div className="office-scroll">
      <table className="office-table quality-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`quality.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
