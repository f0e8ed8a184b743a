import type { Problem } from '../../shared/problem.ts';
import type { LiveState } from './fold.ts';
import type { Glimpse } from './held.ts';
import type { Stage } from './stage.ts';

/**
 * What the viewer knows now. `lostAt` (server time, epoch ms) is of when what is shown was last whole, while the link is
 * lost; `problem` is why the server gives nothing newer, until it does.
 */
export type LiveView = {
  /** The unit asked for; `state` is null until its snapshot came. */
  ref: string;
  state: LiveState | null;
  /** Until then: what the unit above it knew of it. */
  glimpse?: Glimpse | null;
  stage: Stage;
  lostAt: number | null;
  problem: Problem | null;
};

/** Hears of every change of the view. */
export type Listener = (view: LiveView) => void;

/** A followed unit. `turn` follows another one over the same link; `serverNow` is the server's clock, epoch ms. */
export type Follower = { turn: (ref: string) => void; serverNow: () => number; close: () => void };
