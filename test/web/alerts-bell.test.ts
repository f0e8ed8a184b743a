// When a tone is due: once per announcement, again for what is critical, once in a flood, and never because of a reload.
import { describe, expect, it } from 'vitest';
import type { AlertBrief } from '../../shared/alert.ts';
import {
  type BellMemory,
  judgeBell,
  NEVER_LISTENED,
  parseMemory,
  REPEAT_MS,
  SILENCE_MS,
  silence,
  silentFor,
} from '../../web/alerts/bell.ts';
import { brief, NOW } from './alert-briefs.ts';

/** A browser that listens, with the tones it gave; its memory goes through storage as after a reload. */
class Browser {
  memory: BellMemory = NEVER_LISTENED;
  now = NOW;

  hear(alerts: AlertBrief[], { isFlood = false } = {}) {
    const { memory, tone, wakeAt } = judgeBell(parseMemory(JSON.stringify(this.memory)), {
      ...{ alerts, isFlood, now: this.now },
    });
    this.memory = memory;
    return { tone, wakeAt };
  }

  pass(ms: number) {
    this.now += ms;
    return this;
  }
}

const major = brief({ id: 1, severity: 'major' });
const critical = brief({ id: 2, severity: 'critical' });

describe('the bell', () => {
  it('sounds once for a new major one, and not again when the page is loaded anew', () => {
    const browser = new Browser();
    expect(browser.hear([]).tone).toBe(null);
    expect(browser.hear([major])).toEqual({ tone: 'major', wakeAt: null });
    expect(browser.pass(10 * REPEAT_MS).hear([major])).toEqual({ tone: null, wakeAt: null });
  });

  it('keeps still for warnings, messages, and what is acknowledged, shelved, suppressed or over', () => {
    const browser = new Browser();
    browser.hear([]);
    const quiet = (['inHand', 'gone', 'shelved', 'suppressed', 'outOfService', 'closed'] as const).map(
      (label, index) => brief({ id: 10 + index, severity: 'critical', label }),
    );
    const mild = [brief({ id: 20, severity: 'warning' }), brief({ id: 21, severity: 'advisory' })];
    expect(browser.hear([...quiet, ...mild])).toEqual({ tone: null, wakeAt: null });
  });

  it('repeats a critical one each minute until it is acknowledged', () => {
    const browser = new Browser();
    browser.hear([]);
    expect(browser.hear([critical])).toEqual({ tone: 'critical', wakeAt: NOW + REPEAT_MS });
    expect(browser.pass(REPEAT_MS - 1).hear([critical]).tone).toBe(null);
    expect(browser.pass(1).hear([critical]).tone).toBe('critical');
    expect(browser.hear([critical]).tone).toBe(null);
    const acknowledged = { ...critical, label: 'inHand' as const };
    expect(browser.pass(5 * REPEAT_MS).hear([acknowledged])).toEqual({ tone: null, wakeAt: null });
  });

  it('is silent for two minutes when asked, then goes on: a silence acknowledges nothing', () => {
    const browser = new Browser();
    browser.hear([]);
    browser.hear([critical]);
    browser.memory = silence(browser.memory, browser.now);
    expect(silentFor(browser.memory, browser.now)).toBe(SILENCE_MS);
    expect(browser.pass(SILENCE_MS - 1).hear([critical])).toEqual({
      ...{ tone: null, wakeAt: NOW + SILENCE_MS },
    });
    expect(browser.pass(1).hear([critical]).tone).toBe('critical');
    expect(silentFor(browser.memory, browser.now)).toBe(0);
  });

  it('lets what is new be heard while the others are silenced', () => {
    const browser = new Browser();
    browser.hear([]);
    browser.hear([critical]);
    browser.memory = silence(browser.memory, browser.now);
    expect(browser.pass(5_000).hear([critical, major]).tone).toBe('major');
    expect(browser.hear([critical, major]).tone).toBe(null);
  });

  it('sounds again for one that worsens, and for one that is announced again', () => {
    const browser = new Browser();
    browser.hear([]);
    browser.hear([major]);
    expect(browser.hear([{ ...major, severity: 'critical' }]).tone).toBe('critical');
    const again = new Browser();
    again.hear([]);
    again.hear([major]);
    again.hear([{ ...major, label: 'inHand' }]);
    expect(again.hear([major]).tone).toBe('major');
  });

  it('is one tone for many at once, the worst, and one tone in a whole flood', () => {
    const browser = new Browser();
    browser.hear([]);
    const many = Array.from({ length: 300 }, (_, index) => brief({ id: 100 + index, severity: 'major' }));
    expect(browser.hear([...many, critical]).tone).toBe('critical');
    const flooded = new Browser();
    flooded.hear([]);
    expect(flooded.hear(many, { isFlood: true }).tone).toBe('major');
    const more = [...many, brief({ id: 999, severity: 'major' })];
    expect(flooded.hear(more, { isFlood: true }).tone).toBe(null);
    expect(flooded.hear(more).tone).toBe(null);
    expect(flooded.hear([...more, brief({ id: 1000, severity: 'major' })]).tone).toBe('major');
  });

  it('takes what stands when a browser first listens as heard, but for what is critical', () => {
    expect(new Browser().hear([major]).tone).toBe(null);
    expect(new Browser().hear([major, critical]).tone).toBe('critical');
  });

  it('begins anew where its memory cannot be read', () => {
    for (const text of [null, '', '{', '{"heard":3}', '[]'])
      expect(parseMemory(text)).toEqual(NEVER_LISTENED);
  });
});
