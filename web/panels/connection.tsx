import { useEffect, useState } from 'react';
import { dayOf } from '../../shared/period.ts';
import type { Problem } from '../../shared/problem.ts';
import { ApiError } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { isRefusal } from '../live/refusal.ts';
import { isLost, type Stage } from '../live/stage.ts';
import { useSession } from '../session.tsx';
import { type PlainKey, useLanguage } from '../words/words.ts';
import { judgeError } from './frame.tsx';

const STAGE_WORDS: Record<Stage, PlainKey> = {
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

/** How far the figures on screen may be trusted, by shape and word; why not, as a title, where the server said so. */
export function ConnectionState() {
  const { stage, problem } = useFollowing();
  const { t } = useLanguage();
  const word = problem ? (isRefusal(problem) ? 'stage.refused' : 'stage.failing') : STAGE_WORDS[stage];
  return (
    <span
      className="connection"
      data-stage={stage}
      data-problem={problem !== null || undefined}
      role="status"
      title={problem ? `${problem.status} ${problem.title}: ${problem.detail}` : undefined}
    >
      <span className="connection-dot" aria-hidden="true" />
      {t(word)}
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

/** A band over the whole width while what is shown is behind: since when, why where it is known, and that it mends itself. */
export function LostBand() {
  const { stage, lostAt, problem } = useFollowing();
  const { t, format } = useLanguage();
  if (!isLost(stage)) return null;
  const time = lostAt === null ? null : format.clock(lostAt);
  if (problem) return <ProblemBand problem={problem} time={time} />;
  return (
    <p className="lost-band" role="alert">
      {time === null ? t('stage.bandNever') : t('stage.band', { time })}
    </p>
  );
}

/** The reason in our words, and the server's own below it: whoever is called for help can be told. */
function ProblemBand({ problem, time }: { problem: Problem; time: string | null }) {
  const { t } = useLanguage();
  const reason = t(judgeError(new ApiError(problem)).word);
  return (
    <p className="lost-band" role="alert">
      {time === null ? t('stage.problemNever', { reason }) : t('stage.problem', { time, reason })}
      <small>{`${problem.status} ${problem.title}: ${problem.detail}`}</small>
    </p>
  );
}
