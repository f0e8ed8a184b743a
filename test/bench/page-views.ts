/** What the pages of figures, the index, systems, quality and the plan ask, of one unit: with everything a page asks at once. */

/** A question, and what it is called in the table. */
export type View = { name: string; url: string };

/** The month and the year that a page shows, a month that is over, a day, the day after it. */
type Times = { month: string; year: string; past: string; today: string; tomorrow: string };

/** One figure of each way in which figures come about, and the widest formula. */
const EXPLAINED = ['TT02', 'TT07', 'DOC05', 'SYS01', 'SYS03', 'SYS04', 'DX02', 'IDX'];

/** Every view of a unit. */
export function listViews(unit: string, { month, year, past, today, tomorrow }: Times): View[] {
  const view = (name: string, path: string, query: Record<string, string>): View => ({
    name,
    url: `${path}?${new URLSearchParams({ unit, ...query })}`,
  });
  const later = { from: `${Number(year) - 1}-01-01`, to: tomorrow, grain: 'month' };
  return [
    view('catalogue: every figure, compared', '/api/figures', { period: month, compare: '1' }),
    view('catalogue: every figure, children', '/api/figures', { period: month, children: '1' }),
    view('catalogue: every figure of a year', '/api/figures', { period: year, compare: '1' }),
    view('catalogue: one figure, children', '/api/figures', {
      period: month,
      indicators: 'DOC05',
      children: '1',
    }),
    view('catalogue: trend', '/api/series', { indicator: 'DOC05', ...later }),
    view('ranking', '/api/ranking', { indicator: 'SYS01', period: month }),
    view('index', '/api/index766', { period: month }),
    view('index, children', '/api/index766', { period: month, children: '1' }),
    view('index, children, past month', '/api/index766', { period: past, children: '1' }),
    view('index, portal, children', '/api/index766', { period: past, children: '1', basis: 'portal' }),
    view('index, year, children', '/api/index766', { period: year, children: '1' }),
    view('index gap, children', '/api/index766/gap', { period: past, children: '1' }),
    ...EXPLAINED.map((indicator) =>
      view(`explain ${indicator}`, '/api/explain', { indicator, period: month }),
    ),
    view('explain TT02 of a past month', '/api/explain', { indicator: 'TT02', period: past }),
    view('explain TT02 of a year', '/api/explain', { indicator: 'TT02', period: year }),
    view('corrections', '/api/corrections', { period: month }),
    view('corrections of a past month', '/api/corrections', { period: past }),
    view('corrections of a year, a week', '/api/corrections', { period: year, hours: '168' }),
    view('systems', '/api/systems', {}),
    view('systems of a day', '/api/systems', { day: `${past}-15` }),
    view('quality', '/api/quality', { period: month }),
    view('quality of a year', '/api/quality', { period: year }),
    view('tasks', '/api/tasks', {}),
    view('targets', '/api/targets', {}),
    view('targets of an indicator, children', '/api/targets', { indicator: 'TT02' }),
    view('form', '/api/form/II.06a', { period: month }),
    view('form of a year', '/api/form/II.06a', { period: year }),
    view('who is silent', '/api/silent', { period: today }),
  ];
}
