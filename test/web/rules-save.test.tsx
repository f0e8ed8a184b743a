// Saving a rule, with what was typed kept through a conflict; the list of rules, and who may do what there.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepProposal } from '../../web/alerts/proposal.ts';
import { RuleEditor } from '../../web/rules/editor.tsx';
import { RulesPage } from '../../web/rules/rules.tsx';
import { startWords } from '../../web/words/words.ts';
import { asked, bodyOf, held, serveRule, showPage, viewOf } from './rules-stand.tsx';

const preferences = { theme: 'light', chooseLang: () => undefined, chooseTheme: () => undefined } as never;

beforeEach(async () => {
  await startWords('vi');
  held.rule = viewOf('TT02');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('saving', () => {
  it('shows what changes, wants a reason, and says what version it became', async () => {
    serveRule(({ path, method, body }) => {
      if (path !== '/api/rules' || method !== 'POST') return undefined;
      const saved = {
        ...held.rule.current,
        version: 1,
        body: bodyOf({ method, path, body }),
        savedBy: 'soan',
        savedAt: '2026-11-27T03:00:00Z',
      };
      held.rule = { ...held.rule, current: saved };
      return { body: held.rule };
    });
    showPage(<RuleEditor id="TT02" />);
    await screen.findByText('Chưa đổi gì so với bản đang áp dụng.');
    fill('Ngưỡng Chú ý', '88');
    const table = screen.getByRole('row', { name: /Ngưỡng Chú ý/ });
    expect(table.textContent).toBe('Ngưỡng Chú ýthấp hơn 90 %thấp hơn 88 %');
    const button = screen.getByRole('button', { name: 'Lưu quy tắc' });
    expect(button).toHaveProperty('disabled', true);
    fill('Lý do', 'Nới theo chỉ đạo số 12');
    fireEvent.click(button);
    await screen.findByText('Đã lưu phiên bản 1, đang áp dụng.');
    const sent = asked.find(({ method, path }) => method === 'POST' && path === '/api/rules');
    expect(sent?.body).toMatchObject({ id: 'TT02', base: 0, reason: 'Nới theo chỉ đạo số 12' });
    await screen.findByText('Chưa đổi gì so với bản đang áp dụng.');
  });

  it('begins with what was proposed elsewhere, once, and shows how it differs', async () => {
    serveRule();
    keepProposal('TT02', { body: { ...held.rule.current.body, deadband: 2.5 } });
    showPage(<RuleEditor id="TT02" />);
    await screen.findByRole('row', { name: /2,5/ });
    cleanup();
    showPage(<RuleEditor id="TT02" />);
    await screen.findByText('Chưa đổi gì so với bản đang áp dụng.');
  });

  it('loses nothing typed when somebody saved in between, tells who, and saves on top of it', async () => {
    serveRule(({ path, method, body }) => {
      if (path !== '/api/rules' || method !== 'POST') return undefined;
      const { base } = body as { base: number };
      if (base === 0) {
        const theirs = {
          ...held.rule.current,
          version: 1,
          savedBy: 'khac',
          savedAt: '2026-11-27T03:00:00Z',
          body: { ...held.rule.current.body, minimum: 50 },
        };
        held.rule = { ...held.rule, current: theirs };
        return { status: 409, body: { status: 409, title: 'Conflict', detail: 'Somebody saved version 1.' } };
      }
      held.rule = {
        ...held.rule,
        current: { ...held.rule.current, version: 2, body: bodyOf({ method, path, body }) },
      };
      return { body: held.rule };
    });
    showPage(<RuleEditor id="TT02" />);
    await screen.findByText('Chưa đổi gì so với bản đang áp dụng.');
    fill('Ngưỡng Chú ý', '88');
    fill('Tên (tiếng Việt)', 'Đúng hạn, bản mới');
    fill('Lý do', 'Nới theo chỉ đạo');
    fireEvent.click(screen.getByRole('button', { name: 'Lưu quy tắc' }));
    await screen.findByText(/^khac vừa lưu phiên bản 1/);
    expect(screen.getByLabelText('Ngưỡng Chú ý')).toHaveProperty('value', '88');
    expect(screen.getByLabelText('Tên (tiếng Việt)')).toHaveProperty('value', 'Đúng hạn, bản mới');
    expect(screen.getByLabelText('Lý do')).toHaveProperty('value', 'Nới theo chỉ đạo');
    expect(screen.getByRole('row', { name: /Ít nhất bao nhiêu/ }).textContent).toContain('5030');
    fireEvent.click(screen.getByRole('button', { name: 'Lưu đè lên phiên bản 1' }));
    await screen.findByText('Đã lưu phiên bản 2, đang áp dụng.');
  });

  it('tells that another has to approve where the office wants four eyes', async () => {
    serveRule(undefined, true);
    showPage(<RuleEditor id="TT02" />);
    await screen.findByText(/^Cơ quan dùng chế độ hai người/);
  });

  it('is not offered to who may not, and why is said', async () => {
    held.rule = viewOf('TT02', { may: [] });
    serveRule();
    showPage(<RuleEditor id="TT02" />, { role: 'viewer' });
    await screen.findByText(/^Chỉ cán bộ đặt ngưỡng/);
    expect(screen.queryByRole('button', { name: 'Lưu quy tắc' })).toBeNull();
    expect(await screen.findByText('Không chạy lại: việc xác nhận, việc tạm gác.')).toBeTruthy();
  });
});

describe('the list', () => {
  it('shows each rule by its indicator as a sentence, with its state, and offers what may be done', async () => {
    held.rule = viewOf('TT02', { isIdle: true, overrides: 2 });
    serveRule();
    showPage(<RulesPage preferences={preferences} />);
    const group = await screen.findByRole('region', { name: 'Đúng hạn (QĐ 766)' });
    expect(group.textContent).toContain('Cảnh báo mức Chú ý khi Đúng hạn (QĐ 766) trong tháng');
    for (const text of ['3 đợt cảnh báo đang mở', '2 ngưỡng riêng', 'Hơn 183 ngày chưa ai xem lại'])
      expect(within(group).getByText(text)).toBeTruthy();
    expect(
      within(group)
        .getByRole('link', { name: /^Sửa quy tắc/ })
        .getAttribute('href'),
    ).toBe('/rules/TT02');
    expect(screen.getByRole('link', { name: 'Quy tắc mới' })).toBeTruthy();
  });

  it('lets another editor decide on what is proposed with a reason, and not the one who wrote it', async () => {
    const proposed = {
      ...viewOf('TT02').current,
      version: 3,
      state: 'proposed' as const,
      savedBy: 'soan',
      reason: 'siết lại',
    };
    held.rule = viewOf('TT02', { proposed, may: ['save', 'approve'] });
    serveRule(({ path, method }) =>
      path === '/api/rules' && method === 'PUT' ? { body: held.rule } : undefined,
    );
    showPage(<RulesPage preferences={preferences} />);
    await screen.findByText('Phiên bản 3 chờ duyệt, do soan soạn: siết lại');
    fireEvent.click(screen.getByRole('button', { name: 'Duyệt' }));
    fill('Lý do', 'đồng ý');
    fireEvent.click(screen.getAllByRole('button', { name: 'Duyệt' }).at(-1) as HTMLElement);
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
        ...{ id: 'TT02', version: 3, decision: 'approve', reason: 'đồng ý' },
      }),
    );
    cleanup();
    held.rule = viewOf('TT02', { proposed, may: ['save'] });
    serveRule();
    showPage(<RulesPage preferences={preferences} />);
    await screen.findByText('Chờ một người đặt ngưỡng khác duyệt: người soạn không tự duyệt.');
    expect(screen.queryByRole('button', { name: 'Duyệt' })).toBeNull();
  });

  it('offers a viewer to read and try, not to write', async () => {
    held.rule = viewOf('TT02', { may: [] });
    serveRule();
    showPage(<RulesPage preferences={preferences} />, { role: 'viewer' });
    await screen.findByRole('link', { name: /^Xem quy tắc/ });
    expect(screen.queryByRole('link', { name: 'Quy tắc mới' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Bãi bỏ/ })).toBeNull();
    expect(screen.getByText(/^Chỉ cán bộ đặt ngưỡng/)).toBeTruthy();
  });
});
