import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import type { Lang } from './format.ts';

/** The two palettes. */
export type Theme = 'dark' | 'light';

const THEMES: readonly Theme[] = ['dark', 'light'];
const LANGS: readonly Lang[] = ['vi', 'en'];

/** What this browser remembers under a key; null where it remembers nothing. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Has this browser remember a value under a key, or forget it. */
export function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
}

/** The language of the address, else the one chosen before, else Vietnamese: many an office's computer speaks English, its people do not. */
export function findLang(search: string): Lang {
  const wanted = new URLSearchParams(search).get('lang') ?? stored('lang');
  return LANGS.find((lang) => lang === wanted) ?? 'vi';
}

/** The theme of the address, else the one chosen before, else the system's. */
export function findTheme(search: string): Theme {
  const wanted = new URLSearchParams(search).get('theme') ?? stored('theme');
  const isLight = globalThis.matchMedia?.('(prefers-color-scheme: light)').matches;
  return THEMES.find((theme) => theme === wanted) ?? (isLight ? 'light' : 'dark');
}

/** Writes theme and language onto the page's root element, where styles and screen readers look. */
export function applyPreferences({ lang, theme }: { lang: Lang; theme: Theme }): void {
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = theme;
}

/** Changes a parameter of the address where it has one of that name; null takes it away. */
export function putInAddress(key: string, value: string | null): void {
  const url = new URL(location.href);
  if (!url.searchParams.has(key)) return;
  if (value === null) url.searchParams.delete(key);
  else url.searchParams.set(key, value);
  history.replaceState(history.state, '', url);
}

/** Language and theme now, and how to change them; a change is remembered in this browser. */
export type Preferences = {
  lang: Lang;
  theme: Theme;
  chooseLang: (lang: Lang) => void;
  chooseTheme: (theme: Theme) => void;
};

/** Theme and language as state. Use once, at the top; below, the theme is `data-theme` and the language `useLanguage`. */
export function usePreferences(): Preferences {
  const search = useSearch();
  const [, renew] = useState(0);
  const lang = findLang(search);
  const theme = findTheme(search);
  useEffect(() => {
    applyPreferences({ lang, theme });
    if (i18next.language !== lang) void i18next.changeLanguage(lang);
  }, [lang, theme]);
  const choose = (key: 'lang' | 'theme', value: string) => {
    store(key, value);
    putInAddress(key, value);
    renew((count) => count + 1);
  };
  return {
    lang,
    theme,
    chooseLang: (value) => choose('lang', value),
    chooseTheme: (value) => choose('theme', value),
  };
}
