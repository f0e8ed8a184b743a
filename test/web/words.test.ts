// Texts: both languages have the same open places, and none is left open on screen.
import { beforeAll, expect, it } from 'vitest';
import { absentEn } from '../../web/words/absent-en.ts';
import { absentVi } from '../../web/words/absent-vi.ts';
import { alertsEn } from '../../web/words/alerts-en.ts';
import { alertsVi } from '../../web/words/alerts-vi.ts';
import { channelsEn } from '../../web/words/channels-en.ts';
import { channelsVi } from '../../web/words/channels-vi.ts';
import { en } from '../../web/words/en.ts';
import { peopleEn } from '../../web/words/people-en.ts';
import { peopleVi } from '../../web/words/people-vi.ts';
import { previewEn } from '../../web/words/preview-en.ts';
import { previewVi } from '../../web/words/preview-vi.ts';
import { rulesEn } from '../../web/words/rules-en.ts';
import { rulesVi } from '../../web/words/rules-vi.ts';
import { thresholdsEn } from '../../web/words/thresholds-en.ts';
import { thresholdsVi } from '../../web/words/thresholds-vi.ts';
import { unitEn } from '../../web/words/unit-en.ts';
import { unitVi } from '../../web/words/unit-vi.ts';
import { vi } from '../../web/words/vi.ts';
import { wallEn } from '../../web/words/wall-en.ts';
import { wallVi } from '../../web/words/wall-vi.ts';
import { warningEn } from '../../web/words/warning-en.ts';
import { warningVi } from '../../web/words/warning-vi.ts';
import { type Language, startWords } from '../../web/words/words.ts';

const VI: Record<string, string> = {
  ...{ ...vi, ...unitVi, ...peopleVi, ...absentVi, ...wallVi, ...rulesVi },
  ...{ ...previewVi, ...thresholdsVi, ...channelsVi, ...alertsVi, ...warningVi },
};
const EN: Record<string, string> = {
  ...{ ...en, ...unitEn, ...peopleEn, ...absentEn, ...wallEn, ...rulesEn },
  ...{ ...previewEn, ...thresholdsEn, ...channelsEn, ...alertsEn, ...warningEn },
};

const holesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort();

beforeAll(() => startWords('vi'));

it('has the same open places in both languages', () => {
  // A text for one need not say how many.
  const different = Object.keys(VI).filter(
    (key) =>
      !key.endsWith('_one') &&
      EN[key] !== undefined &&
      holesOf(VI[key] ?? '').join() !== holesOf(EN[key] ?? '').join(),
  );
  expect(different).toEqual([]);
});

it('cannot be said with a place left open', () => {
  const say = (t: Language['t']) => {
    // @ts-expect-error the noun is missing
    t('ranking.cases');
    // @ts-expect-error there is no such place
    t('ranking.title', { noun: 'hồ sơ' });
    return t('ranking.cases', { noun: 'hồ sơ' });
  };
  const said: string[] = [];
  const t: Language['t'] = (key, ..._filling) => {
    said.push(key);
    return key;
  };
  say(t);
  expect(said.length).toBe(3);
});
