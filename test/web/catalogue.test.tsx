// The catalogue as people meet it: every indicator once, both on-time figures by name, a search, what is not known; and its methodology.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { INDICATORS } from '../../shared/catalogue.ts';
import { ROUTES } from '../../shared/wire.ts';
import { CataloguePage } from '../../web/catalogue/catalogue.tsx';
import { MethodologyPage } from '../../web/catalogue/methodology.tsx';
import { STANDINGS, standingOf } from '../../web/catalogue/standing.ts';
import { SessionProvider } from '../../web/session.tsx';
import { startWords } from '../../web/words/words.ts';
import { unitView } from './model.ts';
import { session } from './rules-stand.tsx';

const PREFERENCES = {
  lang: 'en',
  theme: 'dark',
  chooseLang: () => undefined,
  chooseTheme: () => undefined,
} as const;
const [PARENT, OWN] = [unitView(1), unitView(2)];
const shown = { provisional: true, asOf: null, completeness: 0.5 };
const NOTHING = { value: null, numerator: 0, denominator: null, ...shown };
const figure = (numerator: number) => ({ value: numerator, numerator, denominator: 100, ...shown });

/** On time 83 and 71 of 100; of nothing else is anything known. */
const figuresOf = (unit: number) =>
  Object.fromEntries(
    INDICATORS.map(({ id }) => [
      id,
      id === 'TT01' ? figure(83 - unit) : id === 'TT02' ? figure(71 - unit) : (OTHERS[id] ?? NOTHING),
    ]),
  );

const EMPTY = { value: null, numerator: 0, denominator: 0, ...shown };
/** One that is reported, and not yet; one that never was; the index of a unit that told nothing. */
const OTHERS: Record<string, object> = {
  TR04: {
    ...EMPTY,
    unreported: { latest: { period: '2026-10', value: 97.5, numerator: 195, denominator: 200 } },
  },
  DG04: { ...EMPTY, unreported: { latest: null } },
  IDX: EMPTY,
};

const signed = { office: 'PPC', paper: 'Decision 45', signedAt: null, signedBy: null };
const province = { unit: '1', unitName: { vi: 'Tỉnh', en: 'The province' } };
/** What the unit is to reach: as decided above it, of its own that waits, by the catalogue alone. */
const TARGETS = {
  rows: [
    {
      ...{ indicator: 'ON02', versions: [{ state: 'proposed', value: 90 }] },
      target: { value: 88, source: 'above', ...province, ...signed },
    },
    {
      ...{ indicator: 'DOC02', versions: [] },
      target: { value: 99, source: 'catalogue', unit: null, unitName: null, ...signed, office: null },
    },
  ],
};

function answer(address: string): unknown {
  const { pathname, searchParams } = new URL(address, 'http://site');
  const row = ({ id, ref, code, name, level }: typeof OWN) => ({
    id,
    ref,
    code,
    name,
    level,
    figures: figuresOf(id),
  });
  if (pathname === '/api/session') return session();
  if (pathname === '/api/units') return { on: '2026-11-27', units: [] };
  if (pathname === '/api/units/2')
    return { unit: OWN, path: [PARENT, OWN], children: [], aliases: [], on: '2026-11-27' };
  if (pathname === '/api/targets') return TARGETS;
  if (pathname === '/api/thresholds') return { thresholds: [] };
  // Nothing is asked that the contract would refuse.
  if (pathname === '/api/figures') ROUTES.getFigures.query.parse(Object.fromEntries(searchParams));
  if (searchParams.get('children') === '1')
    return { period: '2026-11', seq: 7, units: [1, 2, 3, 4, 5].map((id) => row(unitView(id))) };
  return { period: '2026-11', seq: 7, units: [row(OWN)] };
}

function show(page: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { hook } = memoryLocation({ path: '/catalogue' });
  return render(
    <QueryClientProvider client={client}>
      <SessionProvider value={{ zone: 'Asia/Ho_Chi_Minh', session: { ...session(), unit: OWN } }}>
        <Router hook={hook}>{page}</Router>
      </SessionProvider>
    </QueryClientProvider>,
  );
}

const rowOf = (id: string) => {
  const row = document.querySelector<HTMLElement>(`[data-indicator="${id}"]`);
  if (!row) throw new Error(`no row of ${id}`);
  return row;
};

beforeEach(async () => {
  await startWords('en');
  vi.stubGlobal(
    'fetch',
    async (address: string) =>
      new Response(JSON.stringify(answer(address)), { headers: { 'content-type': 'application/json' } }),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the catalogue', () => {
  it('has every indicator once, with its version, target and source; what is not known is no 0', async () => {
    show(<CataloguePage preferences={PREFERENCES} />);
    await screen.findByText('Two ways to count what is on time');
    const ids = [...document.querySelectorAll('tr[data-indicator]')].map((row) =>
      row.getAttribute('data-indicator'),
    );
    expect(ids.toSorted()).toEqual(INDICATORS.map(({ id }) => id).toSorted());
    const row = within(rowOf('DOC02'));
    row.getByText('not known');
    row.getByText('99 %');
    row.getByText(/trên 99 % văn bản ký số/);
    row.getByText('DOC02 · version 1');
  });

  it('shows what somebody decided for the year beside the target of the catalogue, and what waits', async () => {
    show(<CataloguePage preferences={PREFERENCES} />);
    await screen.findByText('2026: 88 %');
    const goal = rowOf('ON02').querySelector('[data-label="Target, benchmark"]')?.textContent ?? '';
    expect(goal).toMatch(
      /^85 %.*2026: 88\u00A0%from The province · PPC, Decision 45.*2026, to be signed: 90/,
    );
    expect(rowOf('DOC02').querySelector('[data-target]')).toBeNull();
  });

  it('says of which period a figure is that is not reported yet, and never shows nothing or 0 for it', async () => {
    show(<CataloguePage preferences={PREFERENCES} />);
    await screen.findByText('Two ways to count what is on time');
    const nowOf = (id: string) => rowOf(id).querySelector('[data-label="Figure"]')?.textContent ?? '';
    expect(nowOf('TR04')).toMatch(/^97\.5 %.*figure of October 2026: November 2026 is not reported yet.*195/);
    expect(nowOf('DG04')).toMatch(/^not reported yet/);
    expect(nowOf('IDX')).toMatch(/^not known/);
  });

  it('shows both on-time definitions beside each other, and how far they are apart', async () => {
    show(<CataloguePage preferences={PREFERENCES} />);
    await screen.findByText(/They are 12.00 percentage points apart/);
    const ways = [...document.querySelectorAll('[data-way]')].map((way) => way.textContent ?? '');
    expect(ways.length).toBe(2);
    expect(ways[0]).toMatch(/^On time \(TT 01\).*81\.0/);
    expect(ways[1]).toMatch(/^On time \(Decision 766\).*69\.0/);
    expect(ways.every((way) => way.includes('50 % of units have reported'))).toBe(true);
  });

  it('ranks the unit among those of its level below the same parent', async () => {
    show(<CataloguePage preferences={PREFERENCES} />);
    await waitFor(() => within(rowOf('TT01')).getByText('1 / 4'));
    within(rowOf('DOC02')).getByText('not ranked');
  });

  it('finds by name without marks, and says so where nothing matches', async () => {
    show(<CataloguePage preferences={PREFERENCES} />);
    const field = await screen.findByRole('searchbox');
    fireEvent.change(field, { target: { value: 'ky so van ban' } });
    expect(screen.getByRole('status').textContent).toBe('1 indicators');
    fireEvent.change(field, { target: { value: 'zzz' } });
    screen.getByText(/No indicator matches/);
  });
});

describe('the methodology', () => {
  it('writes every formula from the catalogue, and says what is law, the software’s own or recalled', () => {
    show(<MethodologyPage preferences={PREFERENCES} />);
    expect(document.querySelectorAll('li[data-indicator]').length).toBe(INDICATORS.length);
    within(rowOf('TT01')).getByText(
      '100 × (resolvedEarly + resolvedOnTime) / (resolvedEarly + resolvedOnTime + resolvedLate)',
    );
    within(rowOf('TT06')).getByText('(workedMinutes / 480) / timed');
    const standings = ['TT01', 'ON02', 'DOC02', 'SYS01', 'TT11'].map(
      (id) => rowOf(id).querySelector('[data-standing]')?.textContent,
    );
    expect(standings[0]).toBe('a paper of the state');
    expect(standings.slice(1)).toEqual([
      'a plan or target',
      'published practice',
      'the software’s own',
      'recalled, not checked',
    ]);
  });

  it('finds a ground for each indicator, and uses each', () => {
    const used = new Set(INDICATORS.map(standingOf));
    expect(STANDINGS.filter((one) => !used.has(one))).toEqual([]);
  });
});
