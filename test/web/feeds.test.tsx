import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedView, UnitView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import { parsePeriod, periodOf } from '../../shared/period.ts';
import type { FiguresView } from '../../web/figures.ts';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { startState } from '../../web/live/fold.ts';
import { FeedAges } from '../../web/panels/feed-ages.tsx';
import { LiveStrip } from '../../web/panels/strip.tsx';
import { FigureTile } from '../../web/panels/tile.tsx';
import { startWords } from '../../web/words/words.ts';

const at = (local: string) => Date.parse(`${local.replace(' ', 'T')}:00+07:00`);
const iso = (local: string) => `${local.replace(' ', 'T')}:00+07:00`;

const province: UnitView = {
  ...{ id: 1, ref: '25', code: '25', level: 'province', from: '2025-07-01', to: null, lat: null, lon: null },
  name: { vi: 'Tỉnh Phú Thọ', en: 'Phu Tho Province' },
};

const period = parsePeriod('2026-11');
const indicator = findIndicator('TT01');
if (!period || !indicator) throw new Error('no such period or indicator');

const figures: FiguresView = {
  ...{ period, isCurrent: true, isProvisional: true, on: '2026-11-18', unit: province, path: [province] },
  ...{ children: [], status: 'ready', error: null, retry: () => undefined },
  ...{ figureOf: () => null, figuresOf: () => new Map() },
};

/** A feed that told of something just before it spoke; `late` and `missing` are local times. */
function feedOf(name: string, heard: string | null, late: string | null, missing: string | null): FeedView {
  const show = (local: string | null) => (local === null ? null : iso(local));
  return {
    ...{ id: name, name, unit: '25', events: heard === null ? 0 : 7, cadence: null, dueTime: null },
    ...{ lastAt: show(heard), heardAt: show(heard), lateAt: show(late), missingAt: show(missing) },
  };
}

const tet = feedOf('Một cửa', '2026-02-13 16:50', '2026-02-23 07:50', '2026-02-23 08:35');

/** The province followed at a local time, with its feeds; with `lost`, over a link lost since then. */
function followingOf(feeds: readonly FeedView[], now: string, lost: string | null = null): Following {
  const state = startState({
    ...{ type: 'snapshot', build: 'b1', seq: 1, at: iso(now), day: now.slice(0, 10), unit: province },
    ...{ path: [province], children: [], workingDays: {}, silent: [], tallies: { measures: [], rows: [] } },
    ...{ steps: [], alerts: [], rulesSeq: 0, feeds: [...feeds] },
  });
  return {
    ...{ ref: '25', state, problem: null, stage: lost === null ? 'live' : 'offline' },
    ...{ lostAt: lost === null ? null : at(lost), serverNow: () => at(now) },
  };
}

type Shown = { title: string; feeds: string[] };

/** The feeds' part of the strip at a local time. */
function read(feeds: readonly FeedView[], now: string, lost: string | null = null): Shown {
  const { container } = render(
    <FollowingProvider value={followingOf(feeds, now, lost)}>
      <LiveStrip figures={figures} indicator={indicator as NonNullable<typeof indicator>} own={['TT02']} />
    </FollowingProvider>,
  );
  const list = container.querySelector('.strip-feeds');
  const shown = {
    title: list?.querySelector('.strip-title')?.textContent ?? '',
    feeds: [...(list?.querySelectorAll('li') ?? [])].map((line) => {
      const mark = line.querySelector('.late-mark') ? '! ' : '';
      return mark + [...line.children].map((part) => part.textContent?.trim()).join(' | ');
    }),
  };
  cleanup();
  return shown;
}

beforeEach(() => startWords('vi'));
afterEach(cleanup);

describe('the feeds of the strip', () => {
  it('are not late at Tết or on a weekend, and late soon after', () => {
    const told = ['2026-02-18 10:00', '2026-02-23 07:49', '2026-02-23 08:25', '2026-02-23 09:50'];
    expect(told.map((now) => read([tet], now).feeds[0])).toEqual([
      'Một cửa | 4 ngày trước',
      'Một cửa | 9 ngày trước',
      '! Một cửa | đến 13/02 · trễ 35 phút',
      '! Một cửa | đến 13/02 · mất tin 2 giờ',
    ]);
  });

  it('are late by their own rhythm, within the hour where they mean to speak often', () => {
    const often = feedOf('Thuế', '2026-11-18 10:00', '2026-11-18 10:30', '2026-11-18 11:15');
    const rare = feedOf('Thống kê', '2026-11-16 10:00', '2026-11-30 10:00', '2026-12-07 10:00');
    expect(read([rare, often], '2026-11-18 10:45').feeds).toEqual([
      '! Thuế | đến 10:00 · trễ 15 phút',
      'Thống kê | 2 ngày trước',
    ]);
  });

  it('that are late since another day say since which: nights and days off are nobody’s delay', () => {
    expect(read([tet], '2026-02-24 10:00').feeds).toEqual(['! Một cửa | đến 13/02 · mất tin từ 23/02']);
  });

  it('that never spoke, or of which the calendar does not tell, look neither late nor well', async () => {
    const never = feedOf('Mới', null, null, null);
    const untold = feedOf('Cũ', '2027-01-05 10:00', null, null);
    const fresh = feedOf('An', '2027-01-05 10:00', '2027-01-06 10:00', null);
    const late = feedOf('Muộn', '2027-01-05 08:00', '2027-01-05 09:00', null);
    expect(read([fresh, untold, never, late], '2027-01-05 10:02')).toEqual({
      title: 'Nguồn số liệu: 4, trễ 1, chưa rõ 2',
      feeds: [
        '! Muộn | đến 08:00 · trễ 1 giờ',
        '! Mới | chưa gửi lần nào',
        '! Cũ | đến 10:00 · thiếu lịch làm việc',
      ],
    });
    await i18next.changeLanguage('en');
    expect(read([fresh, untold, never, late], '2027-01-05 10:02')).toEqual({
      title: 'Feeds: 4, 1 late, 2 not known',
      feeds: [
        '! Muộn | to 08:00 · late 1 h',
        '! Mới | never reported',
        '! Cũ | to 10:00 · no working calendar',
      ],
    });
  });

  it('stand as they last did while the link is lost', () => {
    const often = feedOf('Thuế', '2026-11-18 10:00', '2026-11-18 10:30', '2026-11-18 11:15');
    expect(read([often], '2026-11-18 14:00', '2026-11-18 10:05').feeds).toEqual(['Thuế | 5 phút trước']);
  });
});

describe('a strip with room for more feeds', () => {
  it('shows them, in columns of three, and counts what is left', () => {
    const feeds = Array.from({ length: 8 }, (_, index) =>
      feedOf(`Nguồn ${index}`, '2026-11-18 10:00', null, null),
    );
    const columnsOf = (room?: number) => {
      const { container } = render(
        <FollowingProvider value={followingOf(feeds, '2026-11-18 10:05')}>
          <FeedAges room={room} />
        </FollowingProvider>,
      );
      const box = container.querySelector('.strip-feeds');
      const told = [box?.getAttribute('data-columns'), box?.querySelectorAll('li').length];
      cleanup();
      return told;
    };
    expect([columnsOf(), columnsOf(6), columnsOf(9)]).toEqual([
      ['1', 3],
      ['2', 6],
      ['3', 8],
    ]);
  });
});

describe('a tile', () => {
  const asOf = iso('2026-02-13 16:50');
  const figure = { value: 3, numerator: 3, denominator: 4, provisional: true, asOf, completeness: 1 };

  function readFoot(feeds: readonly FeedView[], now: string): string {
    const { container } = render(
      <FollowingProvider value={followingOf(feeds, now)}>
        <FigureTile
          unit={{ id: 1, level: 'commune' }}
          {...{ indicator: indicator as NonNullable<typeof indicator>, figure, spark: [], subject: 'one' }}
          period={periodOf('2026-02-18', 'month')}
        />
      </FollowingProvider>,
    );
    const foot = container.querySelector('.tile-foot > :last-child');
    const mark = foot?.classList.contains('late-mark') ? '! ' : '';
    cleanup();
    return `${mark}${foot?.textContent?.trim()}`;
  }

  it('is not late at Tết while its feeds are well, and is once one of them is late or none is known', () => {
    const late = feedOf('Muộn', '2026-02-12 08:00', '2026-02-12 10:00', '2026-02-12 14:00');
    const never = feedOf('Mới', null, null, null);
    expect([
      readFoot([tet], '2026-02-18 10:00'),
      readFoot([tet, never], '2026-02-18 10:00'),
      readFoot([tet, late], '2026-02-18 10:00'),
      readFoot([tet], '2026-02-23 09:50'),
      readFoot([], '2026-02-18 10:00'),
    ]).toEqual(['đến 13/02', 'đến 13/02', '! 4 ngày', '! 9 ngày', '! 4 ngày']);
  });
});
