// Days are the site's, by the server's clock: a screen in another zone, or with a wrong clock, shows the same.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { UnitView } from '../../shared/answers.ts';
import type { Session } from '../../shared/people.ts';
import { periodOf } from '../../shared/period.ts';
import { FollowingProvider, useToday } from '../../web/following.tsx';
import { ServerClock, ServerDay } from '../../web/panels/connection.tsx';
import { PeriodPicker } from '../../web/panels/picker.tsx';
import { SessionProvider } from '../../web/session.tsx';
import { startWords } from '../../web/words/words.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
/** The first minutes of December at the site; a viewer in Los Angeles is still in November, and its clock a day slow. */
const SERVER_NOW = Date.parse('2026-12-01T00:30:00+07:00');
const MACHINE_NOW = SERVER_NOW - 86_400_000;

const unit: UnitView = {
  ...{ id: 1, ref: '25', code: '25', level: 'province', from: '2025-07-01', to: null, lat: null, lon: null },
  name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
};

const session = {
  ...{ unit, zone: ZONE, build: 'b1', since: '2026-09-01' },
  now: new Date(SERVER_NOW).toISOString(),
} as unknown as Session;

function Today() {
  return <output>{useToday()}</output>;
}

/** The picker at a period that holds a day, in the first minutes of December. */
function show(grain: 'day' | 'month', on = '2026-12-01') {
  const { hook, history } = memoryLocation({ path: '/wall/25', record: true });
  const following = {
    ...({ ref: '25', state: null, stage: 'live', lostAt: null, problem: null } as const),
    serverNow: () => SERVER_NOW,
  };
  render(
    <Router hook={hook} searchHook={() => ''}>
      <SessionProvider value={{ zone: ZONE, session }}>
        <FollowingProvider value={following}>
          <PeriodPicker period={periodOf(on, grain)} on={on} />
          <Today />
          <ServerDay />
          <ServerClock />
        </FollowingProvider>
      </SessionProvider>
    </Router>,
  );
  return history;
}

const grains = () => [...document.querySelectorAll('.picker-grain')].map((button) => button.textContent);
const months = () => [...document.querySelectorAll('option')].map((option) => option.textContent).slice(1);

beforeEach(() => {
  vi.stubEnv('TZ', 'America/Los_Angeles');
  vi.useFakeTimers({ now: MACHINE_NOW, toFake: ['Date'] });
  expect([new Date('2026-12-01').getDate(), new Date().getDate()]).toEqual([30, 29]);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

it.each([
  [
    'en',
    ['Today', 'Dec', 'Q4', '2026'],
    ['December 2026', 'November 2026', 'October 2026', 'September 2026'],
  ],
  [
    'vi',
    ['Hôm nay', 'Tháng 12', 'Quý IV', 'Năm 2026'],
    ['Tháng 12/2026', 'Tháng 11/2026', 'Tháng 10/2026', 'Tháng 9/2026'],
  ],
] as const)('names the periods of the day at the site: %s', async (lang, labels, listed) => {
  await startWords(lang);
  show('month');
  expect([grains(), months()]).toEqual([labels, listed]);
  expect(document.querySelector('output')?.textContent).toBe('2026-12-01');
  expect(document.querySelector('.day')?.textContent).toContain('01/12/2026');
  expect(document.querySelector('.clock')?.textContent).toBe('00:30:00');
});

it.each('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name, index) => ({ name, index })))(
  'names a month by its own name: $name',
  async ({ name, index }) => {
    await startWords('en');
    show('month', `2026-${String(index + 1).padStart(2, '0')}-01`);
    expect(grains()[1]).toBe(name);
  },
);

it('offers today and not tomorrow, and jumps to whole months of the site', async () => {
  await startWords('en');
  const history = show('day');
  expect(screen.getByRole('button', { name: 'Period after' })).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByRole('combobox'), { target: { value: '2026-10' } });
  expect(history.at(-1)).toContain('period=2026-10');
});

/** The machine's own clock and zone, and what writes by them. */
const MACHINE_TIME = /new Date\(|Date\.now|toLocale(?:Date|Time)?String|DateTimeFormat/;

it('asks the machine for the time only where no day comes of it', () => {
  const root = join(import.meta.dirname, '../../web');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const found = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    const count = lines.filter((line) => MACHINE_TIME.test(line)).length;
    return count > 0 ? [`${file} ${count}`] : [];
  });
  // How old an answer is; an instant written in a zone that is named; how far the clock has moved; whether the page was loaded anew lately.
  expect(found.sort()).toEqual(['figures/asked.ts 1', 'format.ts 1', 'live/clock.ts 1', 'reload.ts 1']);
});
