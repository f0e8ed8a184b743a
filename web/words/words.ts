import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Words } from '../../shared/words.ts';
import { createFormat, type Format, type Lang } from '../format.ts';
import { useSession } from '../session.tsx';
import { absentEn } from './absent-en.ts';
import { absentVi } from './absent-vi.ts';
import { alertsEn } from './alerts-en.ts';
import { alertsVi } from './alerts-vi.ts';
import { catalogueEn } from './catalogue-en.ts';
import { catalogueVi } from './catalogue-vi.ts';
import { channelsEn } from './channels-en.ts';
import { channelsVi } from './channels-vi.ts';
import { en } from './en.ts';
import { explainEn } from './explain-en.ts';
import { explainVi } from './explain-vi.ts';
import { indexEn } from './index-en.ts';
import { indexVi } from './index-vi.ts';
import { peopleEn } from './people-en.ts';
import { peopleVi } from './people-vi.ts';
import { planEn } from './plan-en.ts';
import { planVi } from './plan-vi.ts';
import { previewEn } from './preview-en.ts';
import { previewVi } from './preview-vi.ts';
import { problemsEn } from './problems-en.ts';
import { problemsVi } from './problems-vi.ts';
import { qualityEn } from './quality-en.ts';
import { qualityVi } from './quality-vi.ts';
import { rulesEn } from './rules-en.ts';
import { rulesVi } from './rules-vi.ts';
import { systemsEn } from './systems-en.ts';
import { systemsVi } from './systems-vi.ts';
import { thresholdsEn } from './thresholds-en.ts';
import { thresholdsVi } from './thresholds-vi.ts';
import { unitEn } from './unit-en.ts';
import { unitVi } from './unit-vi.ts';
import { vi } from './vi.ts';
import { wallEn } from './wall-en.ts';
import { wallVi } from './wall-vi.ts';
import { warningEn } from './warning-en.ts';
import { warningVi } from './warning-vi.ts';

type Bare<K> = K extends `${infer B}_${'one' | 'other'}` ? B : K;

type VietnameseTexts = typeof vi &
  typeof unitVi &
  typeof peopleVi &
  typeof absentVi &
  typeof wallVi &
  typeof alertsVi &
  typeof rulesVi &
  typeof previewVi &
  typeof thresholdsVi &
  typeof channelsVi &
  typeof indexVi &
  typeof warningVi &
  typeof systemsVi &
  typeof explainVi &
  typeof catalogueVi &
  typeof problemsVi &
  typeof planVi &
  typeof qualityVi;
type Texts = keyof VietnameseTexts;

/** The name of a text on screen; a text in singular and plural is named without `_one` and `_other`, and takes `count`. */
export type WordKey = Texts | Bare<Texts>;

/** The open places of a text: `count` and `unit` of `{{count}} {{unit}}`. */
type Holes<S> = S extends `${string}{{${infer Hole}}}${infer Rest}` ? Hole | Holes<Rest> : never;
type TextOf<K> = K extends keyof VietnameseTexts
  ? VietnameseTexts[K]
  : { [N in keyof VietnameseTexts]: Bare<N> extends K ? VietnameseTexts[N] : never }[keyof VietnameseTexts];
/** Texts without an open place. */
export type PlainKey = { [K in Texts]: [Holes<VietnameseTexts[K]>] extends [never] ? K : never }[Texts];
/** What a text must be given: something for each of its open places. */
type Filling<K extends WordKey> = [Holes<TextOf<K>>] extends [never]
  ? []
  : [values: Record<Holes<TextOf<K>>, string | number>];

/** The words of the screen: `t` a text by name, `say` a name in both languages, `format` numbers and times. */
export type Language = {
  lang: Lang;
  t: <K extends WordKey>(key: K, ...filling: Filling<K>) => string;
  say: (words: Words) => string;
  format: Format;
};

/** Makes all texts ready, in a language. */
export async function startWords(lang: Lang): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'vi',
    resources: {
      vi: {
        translation: {
          ...{ ...vi, ...unitVi, ...peopleVi, ...absentVi, ...wallVi, ...systemsVi },
          ...{ ...alertsVi, ...rulesVi, ...previewVi, ...thresholdsVi, ...channelsVi, ...warningVi },
          ...{ ...indexVi, ...explainVi, ...catalogueVi, ...problemsVi, ...planVi, ...qualityVi },
        },
      },
      en: {
        translation: {
          ...{ ...en, ...unitEn, ...peopleEn, ...absentEn, ...wallEn, ...systemsEn },
          ...{ ...alertsEn, ...rulesEn, ...previewEn, ...thresholdsEn, ...channelsEn, ...warningEn },
          ...{ ...indexEn, ...explainEn, ...catalogueEn, ...problemsEn, ...planEn, ...qualityEn },
        },
      },
    },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
}

/** The language of the screen now; the zone is the site's. */
export function useLanguage(): Language {
  const { t, i18n } = useTranslation();
  const { zone } = useSession();
  const lang: Lang = i18n.language === 'en' ? 'en' : 'vi';
  return useMemo(() => {
    const format = createFormat(lang, zone);
    return {
      lang,
      t: (key, ...[values]) => String(t(key as string, { ...values })),
      say: format.say,
      format,
    };
  }, [lang, zone, t]);
}
