// What a person reads in the ranking, in a panel and on the band of a lost link.
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Following, FollowingProvider } from '../../web/following.tsx';
import { ConnectionState, LostBand } from '../../web/panels/connection.tsx';
import { startWords } from '../../web/words/words.ts';

const NOW = Date.parse('2026-11-22T14:31:30+07:00');

function show(content: ReactNode, changes: Partial<Following> = {}) {
  const following: Following = {
    ref: '25',
    state: null,
    stage: 'live',
    lostAt: null,
    problem: null,
    serverNow: () => NOW,
    ...changes,
  };
  return render(<FollowingProvider value={following}>{content}</FollowingProvider>);
}

beforeAll(async () => {
  await startWords('vi');
});
afterEach(async () => {
  cleanup();
  await i18next.changeLanguage('vi');
});

describe('the link', () => {
  it('is said to be lost over the whole width, and since when', () => {
    show(<LostBand />, { stage: 'offline', lostAt: Date.parse('2026-11-22T14:32:05+07:00') });
    expect(screen.getByRole('alert').textContent).toContain('MẤT KẾT NỐI từ 14:32:05');
  });

  const broken = {
    type: 'urn:ioc:problem:internal',
    title: 'Internal error',
    status: 500,
    detail: 'It broke.',
  };

  it.each([
    ['vi', 'Máy chủ báo lỗi', 'KHÔNG CÓ SỐ LIỆU MỚI từ 14:32:05 · Máy chủ gặp lỗi, chưa lấy được số liệu.'],
    [
      'en',
      'Server error',
      'NO NEW FIGURES since 14:32:05 · The server failed: the figures could not be read.',
    ],
  ])(
    'says in %s why there is nothing newer, in our words and in those of the server',
    async (lang, word, why) => {
      await i18next.changeLanguage(lang);
      const lostAt = Date.parse('2026-11-22T14:32:05+07:00');
      const link = (
        <>
          <LostBand />
          <ConnectionState />
        </>
      );
      show(link, { stage: 'offline', lostAt, problem: broken });
      expect(screen.getByRole('alert').textContent).toContain(why);
      expect(screen.getByRole('alert').textContent).toContain('500 Internal error: It broke.');
      expect(screen.getByRole('status').textContent).toBe(word);
    },
  );

  it('is not called disconnected where the server answers that there is no such unit', () => {
    show(<LostBand />, { stage: 'offline', lostAt: null, problem: { ...broken, status: 404 } });
    const text = screen.getByRole('alert').textContent;
    expect(text).toContain('CHƯA CÓ SỐ LIỆU TRỰC TIẾP · Không tìm thấy đơn vị này');
    expect(text).not.toContain('KẾT NỐI');
  });

  it('is only named slow before that', () => {
    show(
      <>
        <LostBand />
        <ConnectionState />
      </>,
      { stage: 'slow' },
    );
    expect([screen.queryByRole('alert'), screen.getByRole('status').textContent]).toEqual([null, 'Chậm']);
  });
});
