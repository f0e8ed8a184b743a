/** What the routes that read are made of, for rooms that serve their own. */
import type { z } from 'zod';
import type { ROUTES, RouteName } from '../shared/wire.ts';
import type { View } from './figures/sums.ts';
import type { Call, Sent } from './http.ts';
import type { ViewerCaller } from './people/caller.ts';

/** A route that whoever may see the board may read. */
export type ReadName = {
  [N in RouteName]: (typeof ROUTES)[N]['access'] extends 'read' ? N : never;
}[RouteName];

/** Serves a read: what it answers is cut to the view of whoever asks; `SENT` where it sent a file instead. */
export type ServeRead = <N extends ReadName>(
  name: N,
  answer: (
    view: View,
    call: Call<(typeof ROUTES)[N]>,
    caller: ViewerCaller,
  ) => Promise<z.input<(typeof ROUTES)[N]['answer']> | Sent>,
) => void;
