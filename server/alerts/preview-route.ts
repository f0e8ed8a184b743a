/** The route of previews: a read with a body, of whoever may see the board. */
import type { View } from '../figures/sums.ts';
import type { Application, Request, Response } from '../http.ts';
import type { ViewerCaller } from '../people/caller.ts';
import { requireUnlocked } from '../people/callers.ts';
import { type PeopleParts, servePeopleRoute } from '../people/people-routes.ts';
import { readPreview } from './preview.ts';

/** What it works with beside the parts of people. */
export type PreviewParts = PeopleParts & { openView: (caller: ViewerCaller) => Promise<View> };

/** Serves previews. They are made on the reading side, change nothing and tell nobody. */
export function servePreview(app: Application, parts: PreviewParts): void {
  const enter = async (request: Request, response: Response): Promise<ViewerCaller> => {
    const caller = await parts.admit(request, response);
    requireUnlocked(caller);
    return caller;
  };
  servePeopleRoute(app, 'previewRule', enter, async (caller, { body }) => {
    const begunAt = parts.clock();
    const preview = await readPreview(await parts.openView(caller), body);
    return { ...preview, tookMs: parts.clock() - begunAt };
  });
}
