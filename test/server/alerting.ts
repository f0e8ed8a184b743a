/** Alerts in a running app, raised by the real step from samples that a test chooses. */

import { START } from '../../server/rules/draft.ts';
import type { AlertEvent } from '../../server/rules/state.ts';
import { step } from '../../server/rules/step.ts';
import { createSite } from '../../server/site.ts';
import { nameAlert, readAlertsOf } from '../../server/store/alert-store.ts';
import { findEpisode, type StoredEpisode } from '../../server/store/episode-store.ts';
import { loadRuleBook } from '../../server/store/rule-book.ts';
import { writeStepped } from '../../server/store/write/alerts.ts';
import { noteRules } from '../../server/store/write/clock.ts';
import { insertVersion } from '../../server/store/write/rules.ts';
import type { AlertDetail } from '../../shared/alert.ts';
import { POLICY } from '../../shared/alert-policy.ts';
import { resolveRule } from '../../shared/effective.ts';
import { dayOf } from '../../shared/period.ts';
import { findShippedRule } from '../../shared/shipped-rules.ts';
import type { AnswerOf } from '../../shared/wire.ts';
import { type Running, type RunOptions, runApp } from '../server.ts';
import { type Browser, enter, listActs, unitId } from './people.ts';
import { SITE, ZONE } from './world.ts';

/** A figure of a unit as a rule sees it at the app's instant. */
export type Seen = {
  unit: number;
  figure: number | null;
  count?: number | null;
  rule?: string;
  key?: string;
};

/** Steps alerts by samples, all in one commit, as the judge would; gives the ids of the episodes that are open, 0 where none is. */
export async function showFigures(
  { store, clock, tree, app }: Pick<Running, 'store' | 'clock' | 'tree'> & Partial<Pick<Running, 'app'>>,
  seen: readonly Seen[],
): Promise<number[]> {
  const at = clock.now();
  const { rulesSeq } = await store.readClock();
  const book = await loadRuleBook(store.reader, rulesSeq);
  let seq = 0;
  await store.commit(at, async (tx) => {
    ({ seq } = tx);
    const known = await readAlertsOf(
      tx,
      seen.map(({ unit }) => unit),
    );
    const stepped = await Promise.all(
      seen.map(async ({ unit, figure, count = null, rule: id = 'TT02', key = '' }) => {
        const rule = book.rules.get(id);
        if (!rule) throw new Error(`no rule ${id}`);
        const before = known.get(nameAlert({ rule: id, unit, key }));
        const episode = before?.episode ? ((await findEpisode(tx, before.episode)) ?? null) : null;
        const place = { overrides: book.overrides, tree, unit, day: dayOf(at, ZONE) };
        const context = { effective: resolveRule(rule, place), calendar: SITE.calendar, policy: POLICY };
        const sample = { at, figure, count, cases: 100, quality: 'fresh', told: null } as const;
        const event = { kind: 'sample', at, sample } as const;
        return {
          ...{
            rule: id,
            unit,
            key,
            version: rule.version,
            before: before?.state ?? null,
            episode,
            said: null,
          },
          stepped: step(before?.state ?? START, event, context),
        };
      }),
    );
    await writeStepped(tx, stepped);
  });
  app?.publish({ seq, units: 'any', feeds: false });
  const after = await readAlertsOf(
    store.reader,
    seen.map(({ unit }) => unit),
  );
  return seen.map(
    ({ unit, rule = 'TT02', key = '' }) => after.get(nameAlert({ rule, unit, key }))?.episode ?? 0,
  );
}

/** Raises one alert of TT02 (on time): below 90 a warning, below 80 major, below 70 critical. */
export async function raise(running: Running, unit: number, figure: number): Promise<number> {
  const [id] = await showFigures(running, [{ unit, figure }]);
  if (!id) throw new Error('nothing was raised');
  return id;
}

/** Steps the alert of an open episode by what is no sample. */
export async function stepAlert(
  { store, clock, tree }: Running,
  id: number,
  event: AlertEvent,
): Promise<void> {
  await store.commit(clock.now(), async (tx) => {
    const episode = await findEpisode(tx, id);
    if (!episode) throw new Error(`no episode ${id}`);
    const { rule, unit, key, version } = episode;
    const before = (await readAlertsOf(tx, [unit])).get(nameAlert(episode));
    const judge = (await loadRuleBook(tx, tx.rulesSeq)).rules.get(rule);
    if (!before || !judge) throw new Error(`no alert of episode ${id}`);
    const effective = resolveRule(judge, { overrides: [], tree, unit, day: dayOf(tx.at, ZONE) });
    const stepped = step(before.state, event, { effective, calendar: SITE.calendar, policy: POLICY });
    await writeStepped(tx, [
      { rule, unit, key, version, before: before.state, episode, stepped, said: null },
    ]);
  });
}

/** An episode as it is stored. */
export async function readEpisode({ store }: Running, id: number): Promise<StoredEpisode> {
  const episode = await findEpisode(store.reader, id);
  if (!episode) throw new Error(`no episode ${id}`);
  return episode;
}

/** The small world's site, whose sessions outlast a clock that is turned by weeks. */
export const PATIENT = createSite({
  ...(SITE.source as object),
  people: { idleMinutes: 1_000_000, adminIdleMinutes: 1_000_000, idleDaysBeforeDisabled: 3650 },
});

/** An office of commune A: who may acknowledge there, who edits its rules, who answers for it. */
export type Office = {
  running: Running;
  operator: Browser;
  editor: Browser;
  head: Browser;
  a: number;
  d: number;
};

/** A rule of the office's own beside TT02, with the same levels. */
export const TWIN = 'twin';

async function addTwin({ store, clock }: Running): Promise<void> {
  const shipped = findShippedRule('TT02');
  if (!shipped) throw new Error('no rule TT02 is shipped');
  const { body } = shipped;
  const own = { ...body, condition: { kind: 'level', indicator: 'TT01', window: 'month' } };
  await store.commit(clock.now(), async (tx) => {
    await insertVersion(tx, {
      ...{ id: TWIN, version: 1, unit: null, body: JSON.stringify(own), state: 'active', reason: 'as it is' },
      ...{ savedBy: 'command', approvedBy: null, activeFrom: tx.at, activeTo: null },
    });
    await noteRules(tx);
  });
}

export async function openOffice(options: RunOptions = {}): Promise<Office> {
  const running = await runApp({ site: PATIENT, ...options });
  await addTwin(running);
  return {
    running,
    operator: await enter(running, 'truc-a', [['operator', 'A']]),
    editor: await enter(running, 'nguong-a', [['editor', 'A']]),
    head: await enter(running, 'chu-tich-a', [['head', 'A']]),
    a: unitId(running, 'A'),
    d: unitId(running, 'D'),
  };
}

/** Figures that the shipped rule TT02 finds critical, major and a warning. */
export const CRITICAL = 60;
export const MAJOR = 75;
export const WARNING = 85;

/** Asks for something to be done about an alert. */
export const post = (browser: Browser, id: number, verb: string, body: object = {}) =>
  browser.ask('POST', `/api/alerts/${id}/${verb}`, body);

/** The list of alerts as somebody sees it. */
export const listAlerts = async (browser: Browser, query = '') =>
  (await browser.ask('GET', `/api/alerts?${query}`)).body as AnswerOf<'listAlerts'>;

/** One alert as somebody sees it. */
export const detailOf = async (browser: Browser, id: number) =>
  (await browser.ask('GET', `/api/alerts/${id}`)).body as AlertDetail;

/** What the audit says was done about alerts, the oldest first. */
export const listAlertActs = async (running: Running) =>
  (await listActs(running)).filter((line) => line.includes(' alert:'));
