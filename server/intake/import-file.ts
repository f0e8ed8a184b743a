import { stat } from 'node:fs/promises';
import type { OpsEvent } from '../../shared/event.ts';
import type { UnitRecord } from '../../shared/unit.ts';
import { dropCheckpoint, emptyTally, findCheckpoint, saveCheckpoint, type Tally } from './checkpoint.ts';
import { createMapper, type MappedRow, type Refused, type RowMapper } from './map-row.ts';
import type { Mapping } from './mapping.ts';
import { listColumns } from './mapping-check.ts';
import type { createProgress } from './progress.ts';
import { openRows, type ReadRow, type RowStream } from './read.ts';
import { openRejects, type Rejects } from './rejects.ts';
import { type Pending, sendBatch, type Target } from './send.ts';
import { createUnitCollector } from './units.ts';

/** A file to import, the mapping of its rows, where its refusals go and who shows how far it is. */
export type ImportJob = {
  file: string;
  mapping: Mapping;
  rejects: string | undefined;
  progress: ReturnType<typeof createProgress>;
};
/** What a whole reading of a file found, sending nothing. */
export type Survey = { tally: Tally; units: UnitRecord[]; first: OpsEvent[] };

const BATCH = 1000;
const SHOWN_EVENTS = 5;
/** Ids remembered to leave out steps that several rows of a dossier repeat; the server knows the older ones. */
const REMEMBERED = 20_000;

async function openFile({ file, mapping }: ImportJob): Promise<RowStream & { share(): number | undefined }> {
  const { size } = await stat(file);
  const stream = openRows(file, { format: mapping.file, columns: listColumns(mapping) });
  return {
    ...stream,
    share() {
      const read = stream.bytesRead();
      return read === undefined || size === 0 ? undefined : read / size;
    },
  };
}

function mapRead(map: RowMapper, row: ReadRow): MappedRow {
  if ('cells' in row) return map(row);
  return { state: 'refused', refused: [{ line: row.line, field: '', reason: row.reason }] };
}

function createRecent(): (id: string) => boolean {
  let young = new Set<string>();
  let old = new Set<string>();
  return (id) => {
    if (young.has(id) || old.has(id)) return true;
    if (young.size >= REMEMBERED) {
      old = young;
      young = new Set();
    }
    young.add(id);
    return false;
  };
}

function createCounter(tally: Tally): (mapped: MappedRow) => { events: OpsEvent[]; refused: Refused[] } {
  const isRepeated = createRecent();
  return (mapped) => {
    tally.rows += 1;
    if (mapped.state === 'left') tally.leftRows += 1;
    if (mapped.state === 'empty') tally.emptyRows += 1;
    if (mapped.state === 'refused') {
      tally.refusedRows += 1;
      return { events: [], refused: mapped.refused };
    }
    if (mapped.state !== 'events') return { events: [], refused: [] };
    const events = mapped.events.filter(({ id }) => !isRepeated(id));
    tally.events += events.length;
    tally.repeated += mapped.events.length - events.length;
    return { events, refused: [] };
  };
}

/** Reads a whole file without sending anything: its counts, the units it names and its first five events. */
export async function surveyFile(job: ImportJob, onRefused?: (refused: Refused[]) => void): Promise<Survey> {
  const { rows, share } = await openFile(job);
  const map = createMapper(job.mapping);
  const units = createUnitCollector();
  const tally = emptyTally();
  const count = createCounter(tally);
  const first: OpsEvent[] = [];
  for await (const row of rows) {
    const mapped = mapRead(map, row);
    const { events, refused } = count(mapped);
    if (mapped.state === 'events') units.add(mapped.units, row.line);
    first.push(...events.slice(0, SHOWN_EVENTS - first.length));
    if (refused.length > 0) onRefused?.(refused);
    job.progress.show({ rows: tally.rows, events: tally.events, share: share() });
  }
  return { tally, units: units.list(), first };
}

/** How far a file has gone to the server. */
type Sending = {
  pending: Pending[];
  refused: Refused[];
  tally: Tally;
  rejects: Rejects | undefined;
  skipTo: number;
};

function createFlush(
  job: ImportJob,
  target: Target,
  checkpointFile: string,
): (sending: Sending, line: number) => Promise<void> {
  let isFirst = true;
  return async (sending, line) => {
    const sent = await sendBatch(sending.pending, target);
    sending.tally.accepted += sent.accepted;
    sending.tally.duplicates += sent.duplicates;
    sending.tally.refusedEvents += sent.refused.length;
    sending.pending = [];
    const before = isFirst ? await findCheckpoint(checkpointFile) : undefined;
    isFirst = false;
    const isResumed =
      before !== undefined && before.line >= line && sent.accepted === 0 && sent.duplicates > 0;
    sending.rejects ??= openRejects({ path: job.rejects, isResumed, say: job.progress.say });
    if (isResumed) {
      job.progress.say(`going on after line ${before.line}, where the last run stopped`);
      sending.skipTo = before.line;
      Object.assign(sending.tally, before.tally);
    } else {
      sending.rejects.add([...sending.refused, ...sent.refused].sort((a, b) => a.line - b.line));
      await saveCheckpoint(checkpointFile, { line, tally: sending.tally });
    }
    sending.refused = [];
  };
}

/**
 * Sends a file's events in batches of 1,000 and gives the counts. After each batch it notes how far it is; a later run
 * sends the first batch again and, when the server has all of it still, goes on from there.
 */
export async function sendFile(job: ImportJob, target: Target, checkpointFile: string): Promise<Tally> {
  const { rows, share } = await openFile(job);
  const map = createMapper(job.mapping);
  const tally = emptyTally();
  const sending: Sending = { pending: [], refused: [], tally, rejects: undefined, skipTo: 0 };
  const count = createCounter(tally);
  const flush = createFlush(job, target, checkpointFile);
  let line = 0;
  try {
    for await (const row of rows) {
      if (row.line <= sending.skipTo) continue;
      line = row.line;
      const { events, refused } = count(mapRead(map, row));
      sending.pending.push(...events.map((event) => ({ line: row.line, event })));
      sending.refused.push(...refused);
      if (sending.pending.length >= BATCH || sending.refused.length >= BATCH) await flush(sending, line);
      job.progress.show({ rows: tally.rows, events: tally.events, share: share() });
    }
    await flush(sending, line);
    await dropCheckpoint(checkpointFile);
  } finally {
    await sending.rejects?.close();
  }
  return tally;
}
