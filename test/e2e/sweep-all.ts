/**
 * `node test/e2e/sweep-all.ts`: the whole sweep, minutes long. SWEEP_URL names a demo that runs already, else it makes a
 * province of its own; SWEEP_PICTURES a folder for a picture of each fault; SWEEP_DEPTH=short asks for the few of the test.
 */
import process from 'node:process';
import { dayOf } from '../../shared/period.ts';
import { openBrowser } from './browser.ts';
import { openOffice } from './office.ts';
import { openProvince } from './province.ts';
import { openPeople, PATIENT } from './sweep/people.ts';
import { listScreens } from './sweep/screens.ts';
import { sweep, wordFault } from './sweep.ts';

const { SWEEP_URL: running, SWEEP_PICTURES: pictures, SWEEP_DEPTH: depth } = process.env;
const today = dayOf(Date.now(), 'Asia/Ho_Chi_Minh');
const { screens, combinations } = listScreens(depth === 'short' ? 'short' : 'all', today);
console.log(`${screens.length} screens cover ${combinations.covered} of ${combinations.all} combinations.`);

const closed = await openOffice({ isDemo: false, site: PATIENT });
const province = running ? null : await openProvince({ sampling: 30, kinds: 'all' });
const browser = await openBrowser();
const startedAt = performance.now();
try {
  const sites = await openPeople(closed, running ?? province?.url ?? '');
  const onScreen = (done: number) => {
    if (done % 50 === 0)
      console.log(`${done} screens in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  };
  const faults = await sweep({ browser, sites, screens, pictures, onScreen });
  const kinds = Map.groupBy(faults, ({ kind }) => kind);
  for (const [kind, own] of kinds) console.log(`${kind}: ${own.length} elements`);
  for (const fault of faults) console.log(wordFault(fault));
  console.log(
    `${screens.length} screens in ${Math.round((performance.now() - startedAt) / 1000)} s, ${faults.length} faults.`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await province?.close();
  await closed.close();
}
