import type Database from 'better-sqlite3';

/** The most statements kept; ours are some fifty texts. */
const MOST = 500;

/** Prepares each text once: preparing anew costs more than most of our statements. */
export function createStatements(database: Database.Database): (sql: string) => Database.Statement {
  const prepared = new Map<string, Database.Statement>();
  return (sql) => {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size >= MOST) prepared.clear();
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
}
