import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UnitView } from '../../shared/answers.ts';
import type { SystemsAnswer, SystemView } from '../../shared/system-wire.ts';
import { systemsQuery } from '../../web/api.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { createFormat } from '../../web/format.ts';
import { DayBand, SystemMark } from '../../web/systems/system-marks.tsx';
import { runsOf, wordBand, wordLatency, wordPercent, wordSince } from '../../web/systems/system-words.ts';
import { SystemsStrip } from '../../web/systems/systems-strip.tsx';
import { startWords } from '../../web/words/words.ts';

const NOW = Date.parse('2026-11-24T10:00:00+07:00');
const province: UnitView = {
  ...{ id: 1, ref: '25', code: '25', level: 'province', from: '2025-07-01', to: null, lat: null, lon: null },
  name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
};
const none = { readings: 0, up: 0, availability: null, calls: 0, failed: 0, success: null, p95: null };

const systemOf = (name: string, more: Partial<SystemView> = {}): SystemView => ({
  ...{ name, key: name.toLowerCase(), unit: province, state: 'up', isSinceKnown: true },
  ...{ since: '2026-11-24T08:00:00+07:00', lastAt: '2026-11-24T10:00:00+07:00' },
  rhythm: { minutes: 5, source: 'learned', hours: 'all' },
  ...{ day: none, month: none, queue: null, certificate: null, band: [], silentMinutes: 0 },
  ...more,
});

beforeEach(() => startWords('vi'));
afterEach(cleanup);

const following: Following = {
  ...{
    ref: '25',
    state: null,
    glimpse: null,
    problem: null,
    stage: 'live',
    lostAt: null,
    serverNow: () => NOW,
  },
};

/** What the strip of a unit says of systems, links and lists apart. */
function read(systems: SystemView[], unit = province, more: Partial<Following> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  const answer: SystemsAnswer = {
    ...{ unit, day: '2026-11-24', month: '2026-11', at: '2026-11-24T10:00:00+07:00', seq: 1, systems },
  };
  client.setQueryData<SystemsAnswer>(systemsQuery({ unit: unit.ref }).queryKey, answer);
  const { container } = render(
    <QueryClientProvider client={client}>
      <FollowingProvider value={{ ...following, ...more }}>
        <SystemsStrip unit={unit} rows={2} />
      </FollowingProvider>
    </QueryClientProvider>,
  );
  const strip = container.querySelector('.systems-strip');
  return (
    strip && {
      isQuiet: strip.hasAttribute('data-quiet'),
      head: strip.querySelector('a')?.textContent,
      href: strip.querySelector('a')?.getAttribute('href'),
      lines: [...strip.querySelectorAll('li')].map((line) =>
        [...line.children].map((part) => part.textContent).join(' | '),
      ),
      isLate: strip.querySelector('.late-mark') !== null,
    }
  );
}

test('the strip is one quiet line while all are up', () => {
  expect(read([systemOf('LGSP'), systemOf('VNeID')])).toEqual({
    ...{ isQuiet: true, head: 'Hệ thống kết nối: cả 2 hệ thống đang thông', lines: [], isLate: false },
    href: '/systems?unit=25',
  });
});

test('else it names those that need a look, with shape, code and word, and counts the others', () => {
  const certificate = { until: '2026-11-28T10:00:00+07:00', daysLeft: 4, state: 'urgent' } as const;
  const bad = [
    systemOf('LGSP', { state: 'down', since: '2026-11-24T09:30:00+07:00' }),
    systemOf('Trục', { state: 'silent', since: '2026-11-24T07:00:00+07:00' }),
    systemOf('VNeID', { certificate }),
  ];
  expect(read([...bad, systemOf('EMC')])).toEqual({
    ...{
      isQuiet: false,
      head: 'Hệ thống kết nối: 3 trên 4 cần xem',
      isLate: false,
      href: '/systems?unit=25',
    },
    lines: [
      'LGSP | ▲2Mất kết nối | từ 09:30 (30 phút)',
      'Trục | ▢?Mất tín hiệu | lần kiểm tra cuối 07:00',
      '',
    ],
  });
  cleanup();
  expect(read(bad.slice(2))?.lines).toEqual(['VNeID | ▲ Chứng thư chỉ còn 4 ngày']);
});

test('a province of which nothing was ever read says so; a unit without systems takes no room', () => {
  expect(read([])).toMatchObject({ head: 'Hệ thống kết nối: chưa có lần kiểm tra nào' });
  cleanup();
  expect(read([], { ...province, id: 2, ref: 'A', level: 'commune' })).toBeNull();
});

test('over a lost link the strip says that it stands still', () => {
  expect(read([systemOf('LGSP')], province, { stage: 'offline', lostAt: NOW - 60_000 })).toMatchObject({
    isLate: true,
  });
});

test('a state is told without colour; a band as stretches that are not up', () => {
  const shown = (['up', 'down', 'silent', 'unknown'] as const).map((state) => {
    const { container } = render(<SystemMark state={state} />);
    return container.textContent;
  });
  expect(shown).toEqual(['Thông', '▲2Mất kết nối', '▢?Mất tín hiệu', '▢?Chưa rõ']);
  const band: SystemView['band'] = [
    ...Array.from({ length: 35 }, () => 'up' as const),
    ...(['partly', 'down', 'down', 'none'] as const),
    ...Array.from({ length: 57 }, () => 'ahead' as const),
  ];
  const { container } = render(<DayBand band={band} />);
  expect(container.querySelector('[role=img]')?.getAttribute('aria-label')).toBe(
    '08:45–09:00 chập chờn, 09:00–09:30 mất kết nối, 09:30–09:45 không có tín hiệu',
  );
  expect(runsOf(band).map(({ from, to }) => to - from)).toEqual([35, 1, 2, 1, 57]);
});

test('figures are told with their units, and nothing as nothing', async () => {
  const telling = {
    ...{ lang: 'en' as const, format: createFormat('en', 'Asia/Ho_Chi_Minh'), now: NOW },
    t: (key: string, values?: object) => String(i18next.t(key, { ...values })),
  };
  await startWords('en');
  expect([null, 100, 99.5].map((value) => wordPercent(value, telling))).toEqual(['–', '100 %', '99.50 %']);
  const latency = (ms: number, isOver = false) => wordLatency({ ms, isOver }, telling);
  expect([wordLatency(null, telling), latency(300), latency(3000), latency(10_000, true)]).toEqual([
    ...['–', '≤ 300 ms', '≤ 3 s', 'over 10 s'],
  ]);
  expect(wordBand(['up', 'ahead'], telling)).toBe('up throughout');
  expect(wordSince(systemOf('LGSP', { isSinceKnown: false }), telling)).toBe('since before 08:00');
});
