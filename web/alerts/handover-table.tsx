import type { ReactNode } from 'react';
import { useLanguage } from '../words/words.ts';

type TableProps = {
  title: string;
  /** What is said in the stead of rows. */
  none: string;
  heads: readonly string[];
  /** Each with a key; the first cell is its heading. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
};

/** A part of the handover: how many, and each in a row; words where there is none. */
export function HandoverTable({ title, none, heads, rows }: TableProps) {
  const { format } = useLanguage();
  return (
    <section className="panel handover-part">
      <header className="panel-head">
        <h2 className="panel-title">{title}</h2>
        {rows.length > 0 && <p className="panel-note">{format.number(rows.length)}</p>}
      </header>
      {rows.length === 0 ? (
        <p className="panel-quiet">{none}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section className="table-box" tabIndex={0} aria-label={title}>
          <table className="watch-table">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells: [first, ...rest] }) => (
                <tr key={key}>
                  <th scope="row">{first}</th>
                  {rest.map((cell, index) => (
                    <td key={heads[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
