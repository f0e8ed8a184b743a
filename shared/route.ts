import type { z } from 'zod';

/**
 * Who may call: `none` anyone, `session` whoever looks at the board, be its session locked, `read` a viewer with a scope, `person`
 * an account by its grants, `feed` a feed's token.
 */
export type Access = 'none' | 'session' | 'read' | 'person' | 'feed';

/** One HTTP route. */
export type Route = {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  access: Access;
  summary: string;
  query: z.ZodType;
  body?: z.ZodType;
  answer: z.ZodType;
  /** Media types of the files it may answer with instead. */
  files?: readonly string[];
};
