import { type FormEvent, useId, useState } from 'react';
import { SCREEN_BOUNDS } from '../../shared/legibility.ts';
import type { ScreenState } from '../screen.ts';
import { useLanguage } from '../words/words.ts';
import { wordLegibility } from './legibility-line.tsx';

type SettingsProps = { screen: ScreenState & { scale: number } };

/** In the wall's menu: how large this screen is and how far its farthest viewer, and how legible the wall is there. */
export function ScreenSettings({ screen }: SettingsProps) {
  const { t, format } = useLanguage();
  const id = useId();
  const [isOpen, open] = useState(false);
  const language = useLanguage();
  const { profile, legibility, scale } = screen;
  return (
    <div className="me-ways">
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => open(!isOpen)}>
        {t('screen.title')}
      </button>
      {isOpen && (
        <div id={id} className="screen-settings">
          <p>{t('screen.scale', { percent: format.number(Math.round(scale * 100)) })}</p>
          {profile && legibility && <p role="status">{wordLegibility(legibility, profile, language)}</p>}
          <ScreenForm key={profile ? `${profile.diagonalIn} ${profile.distanceM}` : ''} screen={screen} />
          <p className="field-rule">{t('screen.hint')}</p>
        </div>
      )}
    </div>
  );
}

function ScreenForm({ screen: { profile, choose } }: { screen: ScreenState }) {
  const { t } = useLanguage();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const told = new FormData(event.currentTarget);
    choose({ diagonalIn: Number(told.get('diagonalIn')), distanceM: Number(told.get('distanceM')) });
  };
  return (
    <form onSubmit={submit}>
      {(['diagonalIn', 'distanceM'] as const).map((key) => (
        <label key={key} className="field">
          {t(key === 'diagonalIn' ? 'screen.diagonal' : 'screen.distance')}
          <input
            name={key}
            type="number"
            step="any"
            required={true}
            min={SCREEN_BOUNDS[key].min}
            max={SCREEN_BOUNDS[key].max}
            defaultValue={profile?.[key] ?? ''}
          />
        </label>
      ))}
      <button type="submit">{t('screen.save')}</button>
      {profile && (
        <button type="button" onClick={() => choose(null)}>
          {t('screen.forget')}
        </button>
      )}
    </form>
  );
}
