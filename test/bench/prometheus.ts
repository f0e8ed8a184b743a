/** Prometheus, Debian's package, with as many alerting rules over the same series: how long one evaluation of all takes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endProcess, findPort, type Workspace } from './workspace.ts';

const BINARIES = ['/usr/bin/prometheus', '/usr/bin/promtool'] as const;

/** Series as they are judged by: sums of units by day. */
export type DailySums = { unit: string; at: number; numerator: number; denominator: number }[];

/** Whether it is on this machine. */
export const hasPrometheus = (): boolean => BINARIES.every((path) => existsSync(path));

function writeMetrics(sums: DailySums): string {
  const byName = (['numerator', 'denominator'] as const).flatMap((name) => [
    `# TYPE ioc_${name} gauge`,
    ...sums.map((row) => `ioc_${name}{unit="${row.unit}"} ${row[name]} ${Math.round(row.at / 1000)}`),
  ]);
  return `${byName.join('\n')}\n# EOF\n`;
}

/** Rules of one unit each: the rate of the month so far below a line. */
function writeRules(units: readonly string[], count: number): string {
  const rules = Array.from({ length: count }, (_, index) => {
    const label = `{unit="${units[index % units.length]}"}[27d]`;
    const rate = `100 * sum_over_time(ioc_numerator${label}) / sum_over_time(ioc_denominator${label})`;
    return `      - alert: bench_${index}\n        expr: ${rate} < 50\n`;
  });
  return `groups:\n  - name: bench\n    interval: 2s\n    rules:\n${rules.join('')}`;
}

async function readDuration(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then(
    (response) => response.text(),
    () => '',
  );
  return Number(/^prometheus_rule_group_last_duration_seconds\{.*\} (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Seconds that one evaluation of all rules took, several times over. */
async function measure(url: string): Promise<number[]> {
  const seen: number[] = [];
  for (const end = Date.now() + 60_000; Date.now() < end && seen.length < 5; await wait(2000)) {
    const seconds = await readDuration(url);
    if (seconds > 0) seen.push(seconds);
  }
  return seen;
}

/** Runs it over the series with so many rules; gives the seconds of its evaluations. */
export async function evaluateRules(workspace: Workspace, sums: DailySums, count: number): Promise<number[]> {
  const folder = await workspace.makeFolder();
  const [prometheus, promtool] = BINARIES;
  const units = [...new Set(sums.map(({ unit }) => unit))];
  await mkdir(join(folder, 'tsdb'));
  await writeFile(join(folder, 'sums.txt'), writeMetrics(sums));
  await writeFile(join(folder, 'rules.yml'), writeRules(units, count));
  await writeFile(join(folder, 'config.yml'), 'rule_files: [rules.yml]\n');
  execFileSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', 'sums.txt', 'tsdb'], { cwd: folder });
  const port = await findPort();
  const listen = `127.0.0.1:${port}`;
  const flags = ['--config.file=config.yml', '--storage.tsdb.path=tsdb', `--web.listen-address=${listen}`];
  const retention = '--storage.tsdb.retention.time=20y';
  const child: ChildProcess = spawn(prometheus, [...flags, retention, '--log.level=error'], {
    cwd: folder,
    stdio: 'ignore',
  });
  try {
    return await measure(`http://${listen}`);
  } finally {
    await endProcess(child);
  }
}
