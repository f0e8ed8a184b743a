import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IndexAnswer } from '../shared/index766-wire.ts';
import { importMonth, listAgencies } from './server/portal-month.ts';
import { type Running, runApp } from './server.ts';

/** A made-up month in the shape of the portal's exports; scores worked by hand from the law. */
const FILES: Record<string, string> = {
  agencies: `agency_code,agency,commune_code
H44.01,Văn phòng,
H44.100,Phường Một,90001
H44.101,Xã Hai,90002`,
  progress: `agency_code,agency,level,received,on_time,overdue,mean_days,ratio,score
H44.01,Văn phòng,PROVINCE,0,0,0,0,0,0
H44.100,Phường Một,COMMUNE,400,300,100,4.2,75,15
H44.101,Xã Hai,COMMUNE,300,299,1,2,99.67,19.93`,
  online: `agency_code,score,ratio
H44.01,0,0
H44.100,9.6,80
H44.101,6,50`,
  payment: `agency_code,agency,level,dossiers_paid_online,dossiers_with_obligation,procedures_paid_online,fee_procedures_distinct,fee_procedures_integrated,fee_procedures,score,ratio
H44.01,Văn phòng,PROVINCE,0,0,0,0,0,0,0,0
H44.100,Phường Một,COMMUNE,90,120,9,10,3,10,7.25,72.5
H44.101,Xã Hai,COMMUNE,50,50,2,20,20,20,8.25,82.5`,
  satisfaction: `agency_code,agency,level,total_score,receiving_satisfaction_numerator,receiving_satisfaction_denominator,petitions,petitions_processed_on_time,petitions_handled_satisfied
H44.01,Văn phòng,PROVINCE,12,0,0,0,0,0
H44.100,Phường Một,COMMUNE,12.5,300,400,4,3,2
H44.101,Xã Hai,COMMUNE,18,299,300,0,0,0`,
  digitised: `agency_code,agency,level,total_score,dossiers,electronic_result_numerator,dossier_digitised_numerator,digitised_data_reused_numerator,synced_for_reuse_numerator,citizen_data_dossiers_numerator,citizen_data_procedures_numerator,citizen_data_procedures_denominator,certified_copy_ratio
H44.01,Văn phòng,PROVINCE,2,0,,,,,,0,3,100
H44.100,Phường Một,COMMUNE,8.35,400,300,100,40,10,200,1,4,50
H44.101,Xã Hai,COMMUNE,22,300,300,300,270,300,300,7,7,100`,
  province: `group,measure,value
progress,received,700
progress,on_time,599
progress,completed,650
progress,score,17.11
transparency,full_content_numerator,87
transparency,full_content_denominator,89
transparency,total_score,7.96`,
};

let folder: string;
let running: Running;
let token: string;
const index = async (unit: string) => {
  const { body } = await running.ask(`/api/index766?unit=${unit}&period=2026-08&basis=portal&children=1`, {
    token,
  });
  return body as IndexAnswer;
};
const pointsOf = (groups: IndexAnswer['score']['groups']) =>
  Object.fromEntries(groups.map(({ id, points, outOf }) => [id, `${points}/${outOf}`]));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'month-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, `${name}.csv`), `${text}\n`);
  running = await runApp({ selection: { units: listAgencies(folder, '25'), lineage: [] } });
  token = await running.token('display', '25');
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
  expect(running.troubles).toEqual([]);
});

test('every file is taken through the import command, and twice changes nothing', async () => {
  const feed = await running.token('feed', '25');
  const first = await importMonth(running, folder, feed);
  expect(first.map(({ file, status, out }) => [file, status, out.trim()])).toEqual([
    ['progress', 0, '3 rows: 9 new, 0 already there'],
    ['online', 0, '3 rows: 3 new, 0 already there'],
    ['payment', 0, '3 rows: 18 new, 0 already there'],
    ['satisfaction', 0, '3 rows: 18 new, 0 already there'],
    ['digitised', 0, '3 rows: 25 new, 0 already there'],
    ['province', 0, '7 rows: 6 new, 0 already there, 1 row without a step'],
  ]);
  const again = await importMonth(running, folder, feed);
  expect(again.every(({ out }) => / 0 new, \d+ already there/.test(out))).toBe(true);
});

test('a unit is known by the portal’s code of it, and its scores come out as published', async () => {
  const { unit, score } = await index('H44.100');
  expect(unit.code).toBe('90001');
  expect(pointsOf(score.groups)).toEqual({
    ...{ transparency: '0/0', progress: '15/20', online: '9.6/12', payment: '7.25/10' },
    ...{ satisfaction: '12.5/18', digitisation: '8.35/22' },
  });
  expect(pointsOf((await index('90002')).score.groups)).toEqual({
    ...{ transparency: '0/0', progress: '19.93/20', online: '6/12', payment: '8.25/10' },
    ...{ satisfaction: '18/18', digitisation: '22/22' },
  });
});

test('a unit without dossiers has what the rule for nothing gives it, a blank is not told, and it is not ranked', async () => {
  const { score, standing } = await index('H44.01');
  const digitisation = score.groups.find(({ id }) => id === 'digitisation');
  expect(digitisation).toMatchObject({ points: 2, outOf: 22, isTaken: true });
  expect(digitisation?.components.find(({ id }) => id === 'digitised')).toMatchObject({
    reason: 'notReported',
  });
  expect(score.groups.find(({ id }) => id === 'satisfaction')).toMatchObject({ points: 12, outOf: 18 });
  expect(standing).toBeNull();
});

test('the province’s line stands beside its units, with a group as published where its parts are not told', async () => {
  const { score, children } = await index('H44');
  expect(score.groups.slice(0, 2)).toMatchObject([
    { id: 'transparency', points: 7.96, outOf: 18, isTaken: true },
    { id: 'progress', points: 17.11, outOf: 20, isTaken: false },
  ]);
  expect(children.map(({ unit, standing }) => [unit.code, standing])).toEqual([
    ['90001', { rank: 2, among: 2 }],
    ['90002', { rank: 1, among: 2 }],
    ['H44.01', null],
  ]);
});
