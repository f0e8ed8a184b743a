/** An office that holds the make-believe province, thinned out: every unit with its past since 2024, nothing that moves. */

import { Sender } from '../../seed/demo/sender.ts';
import { createSiteConfig } from '../../seed/province/config.ts';
import { listOldDepartments } from '../../seed/province/departments.ts';
import { createProvince } from '../../seed/province/province.ts';
import { FEEDS } from '../../seed/province/tell.ts';
import { type Office, openOffice } from './office.ts';

/** Opens the province; one dossier in it stands for `sampling` real ones. Takes seconds, more of them the smaller that is. */
export async function openProvince({ sampling }: { sampling: number }): Promise<Office> {
  const plan = {
    site: createSiteConfig(),
    units: [listOldDepartments()],
    namespace: 'phu-tho',
    feeds: FEEDS,
  };
  const office = await openOffice({ isDemo: true, plan });
  const anchor = Date.now();
  const province = createProvince({ anchor, sampling });
  const sender = new Sender({
    url: office.url,
    tokens: office.feedTokens,
    signal: new AbortController().signal,
  });
  for (const place of province.offices) {
    for (const told of province.pastOf(place, anchor)) await sender.add(told);
  }
  await sender.finish();
  return office;
}
