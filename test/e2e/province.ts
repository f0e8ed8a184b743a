/** An office that holds the make-believe province, thinned out: every unit with its past since 2024, nothing that moves. */

import { Sender } from '../../seed/demo/sender.ts';
import { createSiteConfig } from '../../seed/province/config.ts';
import { listOldDepartments } from '../../seed/province/departments.ts';
import { listOtherPast } from '../../seed/province/other-kinds.ts';
import { createProvince, type Province } from '../../seed/province/province.ts';
import { FEEDS, type Told } from '../../seed/province/tell.ts';
import type { OpsEvent } from '../../shared/event.ts';
import { type Office, openOffice } from './office.ts';

/** How many days of readings of systems are told: they are the most by far, and look alike. */
const READ_DAYS = 3;

/** What else the province tells but dossiers, with readings of the last days alone. */
function listOthers(
  { days, places }: Province,
  past: { anchor: number; sampling: number },
): Told<OpsEvent>[] {
  const readFrom = past.anchor - READ_DAYS * 86_400_000;
  const told = listOtherPast({ ...past, days, places }, past.anchor);
  return told.filter(({ at, event }) => event.kind !== 'probe' || at >= readFrom);
}

/** How thin it is, and whether it tells of dossiers alone, or of all kinds. */
type Thinned = { sampling: number; kinds?: 'dossiers' | 'all' };

/** Opens the province; one dossier in it stands for `sampling` real ones. Takes seconds, more of them the smaller that is. */
export async function openProvince({ sampling, kinds = 'dossiers' }: Thinned): Promise<Office> {
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
  if (kinds === 'all') for (const told of listOthers(province, { anchor, sampling })) await sender.add(told);
  await sender.finish();
  return office;
}
