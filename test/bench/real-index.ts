/**
 * `node test/bench/real-index.ts FOLDER [ONLINE]`: one published month of a province's agencies, as the national portal tells it,
 * through `ioc import` and /api/index766: whether the board shows the index as published, by group and unit, and what differs.
 * ONLINE: the province's points for online provision, where the folder's province.csv does not tell them.
 */
import process from 'node:process';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { importMonth, listAgencies, type Row, readRows } from '../server/portal-month.ts';
import { runApp } from '../server.ts';
import { printTable, whole } from './table.ts';

const [folder, online] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
const PERIOD = '2026-08';
const PROVINCE = '25';
const TOLERANCE = 0.02;

/** Where the published points of a group stand: file and column. */
const PUBLISHED = {
  progress: ['progress', 'score'],
  online: ['online', 'score'],
  payment: ['payment', 'score'],
  satisfaction: ['satisfaction', 'total_score'],
  digitisation: ['digitised', 'total_score'],
} as const;

const running = await runApp({ selection: { units: listAgencies(folder, PROVINCE), lineage: [] } });
const token = await running.token('feed', PROVINCE);
for (const { file, out, error } of await importMonth(running, folder, token))
  process.stderr.write(`${file}: ${out.trim()}${error.trim()}\n`);
if (online !== undefined) {
  const facts = { unit: PROVINCE, measure: 'portalOnlinePoints', period: PERIOD, value: Number(online) };
  const event = { id: 'online', kind: 'report', at: '2026-09-26T02:00:00+07:00', ...facts };
  await running.post([event], token);
}

const viewer = await running.token('display', PROVINCE);
const address = `/api/index766?unit=${PROVINCE}&period=${PERIOD}&children=1&basis=portal`;
const { body } = await running.ask(address, { token: viewer });
const answer = body as IndexAnswer;
const codeOf = new Map(
  readRows(folder, 'agencies').map(({ agency_code = '', commune_code }) => [
    commune_code || agency_code,
    agency_code,
  ]),
);

type Difference = { agency: string; group: string; published: number; shown: number };

function compare(group: keyof typeof PUBLISHED): { units: number; differences: Difference[] } {
  const [file, column] = PUBLISHED[group];
  const rows = new Map<string, Row>(readRows(folder ?? '', file).map((row) => [row.agency_code ?? '', row]));
  const differences = answer.children.flatMap(({ unit, groups }): Difference[] => {
    const agency = codeOf.get(unit.code) ?? '';
    const published = Number(rows.get(agency)?.[column] ?? Number.NaN);
    const shown = groups.find(({ id }) => id === group)?.points ?? Number.NaN;
    return Math.abs(published - shown) < 0.005 ? [] : [{ agency, group, published, shown }];
  });
  return { units: rows.size, differences };
}

const compared = (Object.keys(PUBLISHED) as (keyof typeof PUBLISHED)[]).map((group) => ({
  group,
  ...compare(group),
}));
const all = compared.flatMap(({ differences }) => differences);
const apart = ({ published, shown }: Difference) => Math.abs(published - shown);

printTable({
  title: `The index of ${answer.children.length} units in ${PERIOD}, as published and as shown`,
  head: ['group', 'units', 'equal', 'apart', 'beyond 0.02', 'most apart'],
  rows: compared.map(({ group, units, differences }) => [
    group,
    whole(units),
    whole(units - differences.length),
    whole(differences.length),
    whole(differences.filter((one) => apart(one) > TOLERANCE).length),
    Math.max(0, ...differences.map(apart)).toFixed(2),
  ]),
  notes: [
    ...all.map(
      ({ agency, group, published, shown }) => `${agency} ${group}: published ${published}, shown ${shown}`,
    ),
    'apart: three parts of payment, each rounded to two decimals by us; the portal rounded one of them the other way;',
    'transparency is published of the province alone: of units it has no figure and stands in no total.',
  ],
});

const province = new Map(
  readRows(folder, 'province').map((row) => [`${row.group} ${row.measure}`, Number(row.value)]),
);
const GROUP_OF: Record<string, string> = {
  ...{ transparency: 'transparency total_score', progress: 'progress score', payment: 'payment score' },
  ...{ satisfaction: 'satisfaction total_score', digitisation: 'digitised total_score' },
};
printTable({
  title: `The province: ${answer.score.points} of ${answer.score.outOf} points, band ${answer.score.band}`,
  head: ['group', 'published', 'shown', 'how'],
  rows: answer.score.groups.map(({ id, points, isTaken }) => [
    id,
    String(province.get(GROUP_OF[id] ?? '') ?? online ?? ''),
    points.toFixed(2),
    isTaken ? 'taken as published' : 'from counts',
  ]),
  notes: [
    'the sum published on 26 September is 59.91; satisfaction and digitisation were captured two days later and differ by 0.01 and 0.02.',
  ],
});
await running.close();
