// Whether the figure of an episode is a share or a count, where its rule compares both.
import { describe, expect, it } from 'vitest';
import { isCounted } from '../server/alerts/reads-as.ts';

const level = { severity: 'major', raise: 10, count: 10 } as const;

describe('the figure of an episode', () => {
  it('is a count beside a threshold of counts, and a share beside one of shares', () => {
    const levels = [{ severity: 'major', raise: 15, count: 50 }] as const;
    expect(isCounted({ levels: [...levels] }, [], { figure: 282, threshold: 50 })).toBe(true);
    expect(isCounted({ levels: [...levels] }, [], { figure: 23.3, threshold: 15 })).toBe(false);
  });

  it('is known by the threshold of an override, too', () => {
    const override = { values: { count: { major: 80 }, raise: { major: 12 } } };
    expect(isCounted({ levels: [level] }, [override], { figure: 90, threshold: 80 })).toBe(true);
    expect(isCounted({ levels: [level] }, [override], { figure: 13, threshold: 12 })).toBe(false);
  });

  it('is a share where it has a fraction and both thresholds are one number', () => {
    expect(isCounted({ levels: [level] }, [], { figure: 10.5, threshold: 10 })).toBe(false);
    expect(isCounted({ levels: [level] }, [], { figure: 11, threshold: 10 })).toBe(true);
    expect(isCounted({ levels: [level] }, [], { figure: 11, threshold: null })).toBe(false);
  });
});
