import { stat } from 'node:fs/promises';
import type { OpsEvent } from '../../shared/event.ts';
import type { UnitRecord } from '../../shared/unit-record.ts';
import { dropCheckpoint, emptyTally, findCheckpoint, saveCheckpoint, type Tally } from './checkpoint.ts';
import { createMapper, type MappedRow, type Refused, type RowMapper } from './map-row.ts';
import type { Mapping } from './mapping.ts';
import { listColumns } from './mapping-check.ts';
import type { createProgress } from './progress.ts';
import { openRows, type ReadRow, type RowStream } from './read.ts';
import { createWarnings, openRejects, type Rejects } from './rejects.ts';
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

/** Ids told lately. A forgotten one is new again. */
function createRecent() {
  let young = new Set<string>();
  let old = new Set<string>();
  return {
    has: (id: string) => young.has(id) || old.has(id),
    add(id: string) {
      if (young.size >= REMEMBERED) {
        old = young;
        young = new Set();
      }
      young.add(id);
    },
    forget(id: string) {
      young.delete(id);
      old.delete(id);
    },
  };
}

/** What is new in a row, the ids it repeats, and what is wrong or doubtful in it. */
type Counted = { events: OpsEvent[]; repeated: string[]; refused: Refused[]; warned: Refused[] };

function createCounter(tally: Tally): {
  count(mapped: MappedRow): Counted;
  forget(ids: readonly string[]): void;
} {
  const recent = createRecent();
  const nothing: Counted = { events: [], repeated: [], refused: [], warned: [] };
  return {
    count(mapped) {
      tally.rows += 1;
      if (mapped.state === 'left') tally.leftRows += 1;
      if (mapped.state === 'empty') tally.emptyRows += 1;
      if (mapped.state === 'refused') {
        tally.refusedRows += 1;
        return { ...nothing, refused: mapped.refused };
      }
      if (mapped.state !== 'events') return nothing;
      const counted: Counted = { ...nothing, events: [], repeated: [], warned: mapped.warned };
      for (const event of mapped.events) {
        if (recent.has(event.id)) counted.repeated.push(event.id);
        else counted.events.push(event);
        recent.add(event.id);
      }
      tally.events += counted.events.length;
      tally.repeated += counted.repeated.length;
      return counted;
    },
    forget: (ids) => ids.forEach(recent.forget),
  };
}

/** Reads a whole file without sending anything: its counts, the units it names and its first five events. */
export async function surveyFile(job: ImportJob, hear?: (counted: Counted) => void): Promise<Survey> {
  const { rows, share } = await openFile(job);
  const map = createMapper(job.mapping);
  const units = createUnitCollector();
  const tally = emptyTally();
  const { count } = createCounter(tally);
  const first: OpsEvent[] = [];
  for await (const row of rows) {
    const mapped = mapRead(map, row);
    const counted = count(mapped);
    if (mapped.state === 'events') units.add(mapped.units, row.line);
    first.push(...counted.events.slice(0, SHOWN_EVENTS - first.length));
    hear?.(counted);
    job.progress.show({ rows: tally.rows, events: tally.events, share: share() });
  }
  return { tally, units: units.list(), first };
}

/** How far a file has gone to the server. */
type Sending = {
  pending: Map<string, Pending>;
  refused: Refused[];
  tally: Tally;
  rejects: Rejects | undefined;
  skipTo: number;
  forget(ids: readonly string[]): void;
};

function createFlush(
  job: ImportJob,
  target: Target,
  checkpointFile: string,
): (sending: Sending, line: number) => Promise<void> {
  let isFirst = true;
  return async (sending, line) => {
    const sent = await sendBatch([...sending.pending.values()], target);
    sending.tally.accepted += sent.accepted;
    sending.tally.duplicates += sent.duplicates;
    sending.tally.refusedByServer += new Set(sent.refused.map((refused) => refused.line)).size;
    sending.pending.clear();
    sending.forget(sent.leftOut);
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
  const { count, forget } = createCounter(tally);
  const pending = new Map<string, Pending>();
  const sending: Sending = { pending, refused: [], tally, rejects: undefined, skipTo: 0, forget };
  const flush = createFlush(job, target, checkpointFile);
  const warnings = createWarnings(job.progress.say);
  let line = 0;
  try {
    for await (const row of rows) {
      if (row.line <= sending.skipTo) continue;
      line = row.line;
      const { events, repeated, refused, warned } = count(mapRead(map, row));
      for (const event of events) pending.set(event.id, { lines: [line], event });
      for (const id of repeated) pending.get(id)?.lines.push(line);
      sending.refused.push(...refused);
      warnings.add(warned);
      if (pending.size >= BATCH || sending.refused.length >= BATCH) await flush(sending, line);
      job.progress.show({ rows: tally.rows, events: tally.events, share: share() });
    }
    await flush(sending, line);
    await dropCheckpoint(checkpointFile);
  } finally {
    await sending.rejects?.close();
    warnings.close();
  }
  return tally;
}
