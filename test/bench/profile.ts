/** Reads CPU profiles that Node wrote: how much time of each thread fell to which part of the server. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Node = z.object({
  id: z.number(),
  callFrame: z.object({ functionName: z.string(), url: z.string() }),
  children: z.array(z.number()).optional(),
});
const Profile = z.object({
  nodes: z.array(Node),
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type Profile = z.infer<typeof Profile>;

/** What a piece of time is counted as: the first rule that fits the innermost frame that any rule fits. */
const RULES: readonly [pattern: RegExp, label: string][] = [
  [/^\(idle\)$/, 'idle'],
  [/^\(garbage collector\)$/, 'garbage collection'],
  [/^\(program\)$/, 'node itself: sockets, strings'],
  [/statement-times\.ts|better-sqlite3/, 'SQL'],
  [/server\/store\/|\/kysely\/|node:internal\/worker/, 'store: rows, Kysely, between threads'],
  [/node_modules\/zod\//, 'check: zod'],
  [/acts\/admit\.ts/, 'admit: units, days, hashes, log text'],
  [/server\/kinds\/|acts\/folding\.ts/, 'fold: dossiers, due times'],
  [/acts\/differences\.ts/, 'differences: sums in memory'],
  [/server\/(acts|writer)\//, 'acts, writer: the rest'],
  [/node_modules\/(body-parser|raw-body|iconv-lite)\/|routes\.ts/, 'body: read, parse JSON'],
  [/^node:|node_modules\/|server\/(app|http|metrics)\.ts|server\/people/, 'HTTP: node, express'],
];

function labelOf(frame: { functionName: string; url: string }): string | undefined {
  const text = frame.url === '' ? frame.functionName : frame.url;
  return RULES.find(([pattern]) => pattern.test(text))?.[1];
}

/** The label of each node of the tree: its own, else its caller's. */
function labelNodes({ nodes }: Profile): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const labels = new Map<number, string>();
  const walk = (id: number, inherited: string): void => {
    const node = byId.get(id);
    if (!node) return;
    const label = labelOf(node.callFrame) ?? inherited;
    labels.set(id, label);
    for (const child of node.children ?? []) walk(child, label);
  };
  for (const { id } of nodes) if (!labels.has(id)) walk(id, 'other');
  return labels;
}

/** Milliseconds by label of one thread: what it did between two instants of the machine's steady clock. */
function sumProfile(profile: Profile, { from, to }: { from: number; to: number }): Map<string, number> {
  const labels = labelNodes(profile);
  const sums = new Map<string, number>();
  let at = profile.startTime;
  for (const [index, sample] of profile.samples.entries()) {
    const us = profile.timeDeltas[index + 1] ?? 0;
    at += profile.timeDeltas[index] ?? 0;
    if (at < from * 1000 || at >= to * 1000) continue;
    const label = labels.get(sample) ?? 'other';
    sums.set(label, (sums.get(label) ?? 0) + us / 1000);
  }
  return sums;
}

/** The number of the thread that wrote a profile: 0 for the one that answers requests. */
const threadOf = (file: string): number => Number(/\.(\d+)\.\d+\.cpuprofile$/.exec(file)?.[1] ?? 0);

/** What the thread that answers requests did, and the one that writes, from the profiles in a folder. */
export async function readProfiles(
  folder: string,
  span: { from: number; to: number },
): Promise<{ requests: Map<string, number>; writer: Map<string, number> }> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.cpuprofile'));
  const [requests, writer] = await Promise.all(
    names
      .sort((a, b) => threadOf(a) - threadOf(b))
      .map(async (name) =>
        sumProfile(Profile.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))), span),
      ),
  );
  if (!requests || !writer) throw new Error('the server left no profile');
  return { requests, writer };
}
