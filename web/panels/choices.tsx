import type { ReactNode } from 'react';
import { MeMenu } from '../people/me.tsx';
import type { Preferences } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';

/** Says that the figures are make-believe, on every page of a demo. */
export function DemoMark() {
  const { session } = useSession();
  const { t } = useLanguage();
  if (!session?.demo) return null;
  return (
    <span className="demo" title={t('app.demoHint')}>
      {t('app.demo')}
      <span className="hidden"> {t('app.demoHint')}</span>
    </span>
  );
}

/** The name that the site gave itself in its configuration. */
export function SiteName() {
  const { session } = useSession();
  const { say } = useLanguage();
  return <p className="site-name">{session ? say(session.site) : ''}</p>;
}

type ChoicesProps = { preferences: Preferences; menu?: ReactNode };

/** Who is looking (`menu`: what else stands in that menu), and the buttons for the language and the theme. */
export function Choices({ preferences, menu }: ChoicesProps) {
  const { t, lang } = useLanguage();
  const { theme, chooseLang, chooseTheme } = preferences;
  return (
    <div className="choices">
      <MeMenu>{menu}</MeMenu>
      <button
        type="button"
        className="choice"
        lang={lang === 'vi' ? 'en' : 'vi'}
        title={t('lang.switch')}
        aria-label={`${lang === 'vi' ? 'EN' : 'VI'} · ${t('lang.switch')}`}
        onClick={() => chooseLang(lang === 'vi' ? 'en' : 'vi')}
      >
        {lang === 'vi' ? 'EN' : 'VI'}
      </button>
      <button
        type="button"
        className="choice"
        title={t('theme.switch')}
        aria-label={t('theme.switch')}
        onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        <span aria-hidden="true">{theme === 'dark' ? '☀' : '☾'}</span>
      </button>
    </div>
  );
}
