/** Areas of work as people read them: one area, however it is spelled, by the site's code or name where it has one. */
import type { Absence } from '../../shared/answers.ts';
import { keyOfText } from '../../shared/text.ts';
import type { Words } from '../../shared/words.ts';
import { readAreaNames } from '../store/area-store.ts';
import type { View } from './sums.ts';

const OTHER: Words = { vi: 'Lĩnh vực khác', en: 'Other areas' };

/** The code under which dossiers without an area of work are shown. */
export const NO_FIELD = '-';

export type Areas = {
  /** The key of the area that a stored key or a spelling stands for; the same for a configured code and its names. */
  keyOf: (text: string) => string;
  /** All stored keys of the area that a text names. */
  keysOf: (text: string) => string[];
  /** An area as answers show it: the site's code and name, else as it was first told. */
  show: (key: string) => { code: string; name: Words };
  /** Why there is no figure of the area that a text names: nobody knows it, or ever told of it; undefined where there is. */
  findAbsence: (text: string) => Absence | undefined;
};

/** Which configured area each text means, by key: codes before names, Vietnamese before English. */
function indexConfigured(fields: View['site']['fields']): Map<string, string> {
  const byKey = new Map<string, string>();
  const texts = [
    [...fields.keys()].map((code) => [code, code] as const),
    [...fields].map(([code, { vi }]) => [vi, code] as const),
    [...fields].map(([code, { en }]) => [en, code] as const),
  ];
  for (const [text, code] of texts.flat()) {
    const key = keyOfText(text);
    if (!byKey.has(key)) byKey.set(key, code);
  }
  return byKey;
}

const indexes = new WeakMap<View['site']['fields'], Map<string, string>>();

/** The areas of work that a site names and those that were told. */
export async function readAreas({ site, reader }: Pick<View, 'site' | 'reader'>): Promise<Areas> {
  const configured = indexes.get(site.fields) ?? indexConfigured(site.fields);
  indexes.set(site.fields, configured);
  const told = await readAreaNames(reader);
  const keyOf = (text: string) => {
    const key = keyOfText(text);
    const code = configured.get(key);
    return code === undefined ? key : keyOfText(code);
  };
  const keysOf = (text: string) => {
    const key = keyOf(text);
    const others = [...configured].flatMap(([other, code]) => (keyOfText(code) === key ? [other] : []));
    return [...new Set([key, ...others])];
  };
  return {
    keyOf,
    keysOf,
    findAbsence(text) {
      if (text === NO_FIELD || keysOf(text).some((key) => told.has(key))) return undefined;
      return { noData: configured.has(keyOfText(text)) ? 'neverTold' : 'unknownField' };
    },
    show(key) {
      if (key === NO_FIELD) return { code: key, name: OTHER };
      const code = configured.get(key);
      const name = code === undefined ? undefined : site.fields.get(code);
      if (code !== undefined && name) return { code, name };
      const spelling = told.get(key) ?? key;
      return { code: spelling, name: { vi: spelling, en: spelling } };
    },
  };
}
