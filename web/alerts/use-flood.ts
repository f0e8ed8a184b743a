import { useEffect, useRef, useState } from 'react';
import { useFollowing } from '../following.tsx';
import { findFlood } from './flood.ts';
import { useOpenAlerts } from './use-unit-marks.ts';

/** A flood begins with an alert and ends by the clock: it is looked at with both. */
const LOOK_MS = 5_000;

/** Whether the open alerts of the followed unit are a flood now. */
export function useIsFlood(): boolean {
  const alerts = useOpenAlerts();
  const { serverNow } = useFollowing();
  const clock = useRef(serverNow);
  clock.current = serverNow;
  const [isFlood, setFlood] = useState(false);
  useEffect(() => {
    const look = () => setFlood(findFlood(alerts, clock.current()) !== null);
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [alerts]);
  return isFlood;
}
