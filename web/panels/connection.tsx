import { useEffect, useState } from 'react';
import { dayOf } from '../../shared/period.ts';
import { useFollowing } from '../following.tsx';
import { isLost, type Stage } from '../live/stage.ts';
import { useSession } from '../session.tsx';
import { useLanguage, type WordKey } from '../words/words.ts';

const STAGE_WORDS: Record<Stage, WordKey> = {
  connecting: 'stage.connecting',
  live: 'stage.live',
  slow: 'stage.slow',
  offline: 'stage.offline',
  distrust: 'stage.distrust',
};

/** The server's clock, renewed every second; epoch ms. */
export function useServerClock(): number {
  const { serverNow } = useFollowing();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return serverNow();
}

/** How far the figures on screen may be trusted, by shape and word. */
export function ConnectionState() {
  const { stage } = useFollowing();
  const { t } = useLanguage();
  return (
    <span className="connection" data-stage={stage} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {t(STAGE_WORDS[stage])}
    </span>
  );
}

/** The server's time of day, ticking; it stands still while the link is lost. */
export function ServerClock() {
  const now = useServerClock();
  const { lostAt } = useFollowing();
  const { format } = useLanguage();
  return <span className="clock">{format.clock(lostAt ?? now)}</span>;
}

/** The day at the site: `Chủ Nhật 22/11/2026`. */
export function ServerDay() {
  const now = useServerClock();
  const { zone } = useSession();
  const { format } = useLanguage();
  return <span className="day">{format.longDay(dayOf(now, zone))}</span>;
}

/** A band over the whole width while the link is lost: since when, and that it heals by itself. */
export function LostBand() {
  const { stage, lostAt } = useFollowing();
  const { t, format } = useLanguage();
  if (!isLost(stage)) return null;
  return (
    <p className="lost-band" role="alert">
      {lostAt === null ? t('stage.bandNever') : t('stage.band', { time: format.clock(lostAt) })}
    </p>
  );
}
