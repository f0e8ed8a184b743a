import type { Changed } from '../acts/act.ts';
import type { ActName, CallerOf, InputOf } from '../acts/acts.ts';
import type { Kinds } from '../kinds/kind.ts';
import type { Site } from '../site.ts';
import type { Store } from '../store/store.ts';

/** What a commit changed. `units` and `feeds` are hints: they may spare a read, never decide what is sent. */
export type Change = Changed & { seq: number };

/** An act asked for, at an instant. */
export type Order<N extends ActName = ActName> = {
  name: N;
  caller: CallerOf<N>;
  input: InputOf<N>;
  now: number;
};

/** What a writer works with; `publish` is told of each commit once it is safe. */
export type WriterParts = {
  store: Store;
  site: Site;
  kinds: Kinds;
  publish: (change: Change) => void;
  onProgress: (subjects: number) => void;
};
