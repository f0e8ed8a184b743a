import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGazetteer, selectProvince } from '../seed/gazetteer/gazetteer.ts';
import { createSiteConfig } from '../seed/province/config.ts';
import { listOldDepartments } from '../seed/province/departments.ts';
import { LiveTraffic, NEXT_STEPS } from '../seed/province/live.ts';
import { LONGEST_LIFE_DAYS } from '../seed/province/plan.ts';
import { createProvince, DETAILED_DAYS, type Province } from '../seed/province/province.ts';
import { FEEDS } from '../seed/province/tell.ts';
import { createSite } from '../server/site.ts';
import { SiteConfig } from '../shared/config.ts';
import { type DossierEvent, OpsEvent } from '../shared/event.ts';
import { dayOf, startOfDay } from '../shared/period.ts';
import { BEGINNING, UnitTree } from '../shared/unit.ts';
import { UnitRecord } from '../shared/unit-record.ts';
import { share } from './province/stories.ts';
import { fold } from './server/folding.ts';
import { factsOf } from './server/world.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;
const anchor = Date.parse('2026-11-22T18:00:00+07:00');
const begin = startOfDay('2024-01-01', ZONE);
const full = createProvince({ anchor });
const thin = createProvince({ anchor, sampling: 400 });
const months = (month: string, next: string) =>
  [startOfDay(`${month}-01`, ZONE), startOfDay(`${next}-01`, ZONE)] as const;

describe('repeatability', () => {
  test('two provinces of one seed and anchor tell the same, another seed something else', () => {
    const [from, to] = months('2025-06', '2025-08');
    const tell = (seed?: number) => {
      const province = createProvince({ anchor, sampling: 400, ...(seed ? { seed } : {}) });
      return [...province.eventsBetween(from, to)];
    };
    const first = tell();
    expect(tell()).toEqual(first);
    expect(tell(7)).not.toEqual(first);
  });

  test('the history cut anywhere gives the same sequence', { timeout: 60_000 }, () => {
    const whole = [...thin.eventsBetween(begin, anchor)].map(({ event }) => event.id);
    const instant = fc.integer({ min: begin, max: anchor });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const cuts = [begin, Math.min(a, b), Math.max(a, b), anchor];
        const parts = [0, 1, 2].flatMap((part) => [
          ...thin.eventsBetween(cuts[part] ?? 0, cuts[part + 1] ?? 0),
        ]);
        expect(parts.map(({ event }) => event.id)).toEqual(whole);
      }),
      { numRuns: 6, seed: 20_261_122 },
    );
  });

  test('offices hand over the same past that is told in order of time', () => {
    const ids = (events: Iterable<{ event: { id: string } }>) =>
      [...events].map(({ event }) => event.id).sort();
    const handed = thin.offices.flatMap((office) => [...thin.pastOf(office, anchor)]);
    expect(ids(handed)).toEqual(ids(thin.eventsBetween(begin, anchor)));
  });

  test('events come in order of time, each id once', () => {
    const ids = new Set<string>();
    let last = 0;
    for (const { at, event } of thin.eventsBetween(begin, anchor)) {
      expect(at).toBeGreaterThanOrEqual(last);
      expect(Date.parse(event.at)).toBe(at);
      ids.add(event.id);
      last = at;
    }
    expect(ids.size).toBeGreaterThan(25_000);
    expect(ids.size).toBe([...thin.eventsBetween(begin, anchor)].length);
  });
});

describe('events', () => {
  const events = [...thin.eventsBetween(begin, anchor + 60 * DAY_MS)].map(({ event }) => event);

  test('each passes the contract', () => {
    for (const event of events) expect(OpsEvent.safeParse(event).success, JSON.stringify(event)).toBe(true);
  });

  test('each names units that live on its day and a procedure of the site', () => {
    const { units } = selectProvince(readGazetteer(), '25');
    const all = [...units, ...listOldDepartments().units];
    const site = SiteConfig.parse(createSiteConfig());
    const procedures = new Set(site.procedures.map(({ code }) => code));
    const alive = new Map<string, boolean>();
    const isAlive = (code: string, day: string) => {
      const key = `${code} ${day < '2025-07-01'}`;
      const known =
        alive.get(key) ??
        all.some((unit) => unit.code === code && unit.from <= day && !(unit.to && unit.to <= day));
      alive.set(key, known);
      return known;
    };
    const wrong = events.filter((event) => {
      const day = dayOf(Date.parse(event.at), ZONE);
      return (
        !isAlive(event.resolver, day) || !isAlive(event.receiver, day) || !procedures.has(event.procedure)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('each dossier takes legal steps only, later and later, within its longest life', () => {
    const legal: Record<number, number[]> = {
      1: [2, 3, 7],
      2: [4, 5, 6, 7, 8],
      4: [5, 6, 7, 8, 9],
      5: [2, 4, 7, 8],
      6: [4, 7, 8],
      9: [10],
    };
    // What ended long before the anchor is told without the beginning of its work.
    const isLegal = (before: number, after: number, isBrief: boolean) =>
      legal[before]?.includes(after) || (isBrief && before === 2 && after === 9);
    const steps = new Map<string, DossierEvent[]>();
    for (const event of events) steps.set(event.dossier, [...(steps.get(event.dossier) ?? []), event]);
    const faults = [...steps.values()].filter((list) => {
      const first = list[0]?.status === 1 || list[0]?.status === 2;
      const life = Date.parse(list.at(-1)?.at ?? '') - Date.parse(list[0]?.at ?? '');
      const isBrief = Date.parse(list.at(-1)?.at ?? '') < anchor - DETAILED_DAYS * DAY_MS;
      const chained = list.every((event, index) => {
        const before = list[index - 1];
        return !before || (isLegal(before.status, event.status, isBrief) && before.at < event.at);
      });
      return !first || !chained || life > LONGEST_LIFE_DAYS * DAY_MS;
    });
    expect(faults).toEqual([]);
  });

  test('about half of the accepted state when they are due, and after a pause the due time anew', () => {
    expect(
      share(
        events.filter(({ status }) => status === 2),
        ({ due }) => due !== undefined,
      ),
    ).toBeGreaterThan(35);
    expect(
      share(
        events.filter(({ status }) => status === 2),
        ({ due }) => due !== undefined,
      ),
    ).toBeLessThan(65);
    const stating = new Map(events.filter(({ due }) => due).map(({ dossier, due }) => [dossier, due]));
    expect(stating.size).toBeGreaterThan(1000);
  });

  test('each is told by a feed whose unit has it in its scope', () => {
    const [from, to] = months('2026-08', '2026-09');
    for (const { feed, event } of full.eventsBetween(from, to)) {
      const { unit } = FEEDS.find(({ id }) => id === feed) ?? { unit: '' };
      if (unit !== '25') expect(event.resolver).toBe(unit);
    }
  });
});

describe('what is told in brief', () => {
  test('leaves out of an ended dossier only what no figure is made of', () => {
    const { units, lineage } = selectProvince(readGazetteer(), '25');
    const old = listOldDepartments();
    const tree = new UnitTree(
      factsOf({ units: [...units, ...old.units], lineage: [...lineage, ...old.lineage] }),
    );
    const site = createSite(createSiteConfig());
    const tell = (told: Province) => {
      const dossiers = new Map<string, DossierEvent[]>();
      for (const { event } of told.offices.flatMap((office) => [...told.pastOf(office, anchor)])) {
        const known = dossiers.get(event.dossier);
        if (known) known.push(event);
        else dossiers.set(event.dossier, [event]);
      }
      return dossiers;
    };
    const detailed = tell(createProvince({ anchor, sampling: 2000, detailedDays: 5000 }));
    const brief = tell(createProvince({ anchor, sampling: 2000 }));
    const figure = (events: readonly DossierEvent[], key: string) => {
      const { state, moves } = fold(events, anchor, { tree, key, site });
      const { acceptedAt, dueAt, endAt, outcome } = state;
      const sums = new Map<string, number>();
      for (const { unit, at, measure, amount } of moves) {
        const row = `${unit} ${at} ${measure}`;
        // How long the accepted waited for it is known of the last weeks alone.
        if (measure !== 'steps' && !measure.startsWith('waiting'))
          sums.set(row, (sums.get(row) ?? 0) + amount);
      }
      const counted = [...sums].filter(([, amount]) => amount !== 0).sort();
      return { acceptedAt, dueAt, endAt, outcome, counted };
    };
    expect([...brief.keys()]).toEqual([...detailed.keys()]);
    for (const [key, events] of brief)
      expect(figure(events, key)).toEqual(figure(detailed.get(key) ?? [], key));
    const count = (dossiers: Map<string, DossierEvent[]>) => [...dossiers.values()].flat().length;
    expect(count(brief) / count(detailed)).toBeLessThan(0.65);
    expect(brief.size).toBeGreaterThan(2000);
  });
});

describe('what a site loads', () => {
  test('sixty old departments end at the merger, each with one heir among the fifteen', () => {
    const { units, lineage } = listOldDepartments();
    for (const unit of units) UnitRecord.parse(unit);
    expect(units.length).toBe(60);
    expect(units.every(({ from, to }) => from === BEGINNING && to === '2025-07-01')).toBe(true);
    const heirs = selectProvince(readGazetteer(), '25').units.filter(({ level }) => level === 'department');
    expect(new Set(lineage.map(({ to }) => to))).toEqual(new Set(heirs.map(({ code }) => code)));
    expect(lineage.map(({ from }) => from)).toEqual(units.map(({ code }) => code));
  });

  test('the site configuration is valid and names every area of work once', () => {
    const site = SiteConfig.parse(createSiteConfig());
    const fields = site.fields.map(({ code }) => code);
    expect(new Set(fields).size).toBe(fields.length);
    expect(site.procedures.length).toBeGreaterThanOrEqual(90);
    expect(new Set(site.procedures.map(({ code }) => code)).size).toBe(site.procedures.length);
    expect(site.procedures.every(({ field }) => field && fields.includes(field))).toBe(true);
  });
});

describe('live traffic', () => {
  test('takes legal steps, also after a restart in the middle, and passes the contract', () => {
    const seen = new Map<string, number>();
    let state = { begun: 0, open: [] } as ConstructorParameters<typeof LiveTraffic>[1];
    for (let index = 0; index < 3000; index++) {
      if (index % 500 === 0) state = structuredClone(state);
      const { event } = new LiveTraffic(full, state).step(anchor + index * 1000 + 250);
      const before = seen.get(event.dossier);
      if (before === undefined) expect([1, 2]).toContain(event.status);
      else expect(NEXT_STEPS[before]?.map(([status]) => status)).toContain(event.status);
      expect(OpsEvent.safeParse(event).success).toBe(true);
      seen.set(event.dossier, event.status);
    }
    expect(seen.size).toBeGreaterThan(500);
    expect(state.open.length).toBeLessThanOrEqual(81);
  });
});
