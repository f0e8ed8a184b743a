import { useFollowing } from '../following.tsx';
import { useServerClock } from '../panels/connection.tsx';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { listSounding, SILENCE_MS } from './bell.ts';
import { type Standing, useBell } from './listening.ts';

/** The tone: on or off, tried, silenced for two minutes; and a word where the browser refuses it. */
export function BellControls({ standing }: { standing: Standing }) {
  const { t } = useLanguage();
  const { state } = useFollowing();
  const { session } = useSession();
  const now = useServerClock();
  const bell = useBell(standing, session?.caller ?? null);
  const silentS = Math.ceil((bell.silentUntil - now) / 1000);
  const isSounding = state !== null && listSounding(state.alerts).length > 0;
  return (
    <div className="bell-controls">
      <button
        type="button"
        className="button"
        aria-pressed={bell.isOn}
        onClick={() => bell.turn(bell.isOn ? 'off' : 'on')}
      >
        <span aria-hidden="true">{bell.isOn ? '♪' : '∅'}</span> {t(bell.isOn ? 'bell.on' : 'bell.off')}
      </button>
      {bell.isOn && (
        <button type="button" className="button" onClick={bell.test}>
          {t('bell.test')}
        </button>
      )}
      {bell.isOn && isSounding && (
        <button type="button" className="button" disabled={silentS > 0} onClick={() => bell.silence(now)}>
          {silentS > 0
            ? t('bell.silent', { count: silentS })
            : t('bell.silence', { count: SILENCE_MS / 1000 })}
        </button>
      )}
      {bell.isOn && bell.isRefused && (
        <button type="button" className="button bell-refused" onClick={bell.test}>
          {t('bell.refused')}
        </button>
      )}
    </div>
  );
}
