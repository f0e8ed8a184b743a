/** A dossier's step as a feed tells it: an event of the public contract. */
import type { DossierEvent, OpsEvent } from '../../shared/event.ts';
import { isoOf } from '../../shared/period.ts';
import { PROVINCE } from './departments.ts';
import type { Place } from './places.ts';
import type { Dossier, Step } from './plan.ts';
import { SILENT_UNIT } from './trouble.ts';

/** A feed of the province, named as `ioc token` names it; `cadence`: how often it says that it speaks. */
export type Feed = { id: FeedId; unit: string; name: string; cadence?: string };
type DossierFeed = 'portal' | 'land' | 'silent';
type RegisterFeed = 'documents' | 'petitions' | 'ratings' | 'systems' | 'reports' | 'national' | 'tasks';
type FeedId = DossierFeed | RegisterFeed;

/**
 * The feeds: the portal, the land office's own system, the one that falls silent; then those of other things than dossiers, of which
 * that of ratings is late.
 */
export const FEEDS: readonly Feed[] = [
  { id: 'portal', unit: PROVINCE, name: 'Cổng dịch vụ công tỉnh' },
  { id: 'land', unit: `${PROVINCE}.SNNMT`, name: 'Hệ thống đất đai (Sở Nông nghiệp và Môi trường)' },
  { id: 'silent', unit: SILENT_UNIT, name: 'Một cửa điện tử xã Tam Hồng', cadence: '1h' },
  { id: 'documents', unit: PROVINCE, name: 'Phần mềm quản lý văn bản và điều hành' },
  { id: 'petitions', unit: PROVINCE, name: 'Hệ thống phản ánh, kiến nghị' },
  { id: 'ratings', unit: PROVINCE, name: 'Phiếu đánh giá tại Một cửa', cadence: '1d' },
  { id: 'systems', unit: PROVINCE, name: 'Giám sát kết nối LGSP tỉnh' },
  { id: 'reports', unit: PROVINCE, name: 'Báo cáo kiểm soát TTHC và chuyển đổi số', cadence: '20d' },
  { id: 'national', unit: PROVINCE, name: 'Cổng Dịch vụ công quốc gia (QĐ 766)', cadence: '22d' },
  { id: 'tasks', unit: PROVINCE, name: 'Theo dõi nhiệm vụ chuyển đổi số', cadence: '22d' },
];

/** One event, when it happened (epoch ms), and the feed that tells it. */
export type Told<E extends OpsEvent = DossierEvent> = { at: number; feed: Feed['id']; event: E };

/** The event of a dossier's step; from the merger on (epoch ms) the heir of an old unit is named in its place. */
export function tellStep(
  dossier: Dossier,
  index: number,
  { mergedAt, zone }: { mergedAt: number; zone: string },
): Told {
  const { resolver, receiver, heir } = dossier;
  const { at = 0, status = 1, due = null } = dossier.steps[index] ?? {};
  const isHanded = resolver.isOld && at >= mergedAt;
  const event: DossierEvent = {
    id: `${dossier.code}.${index + 1}`,
    kind: 'dossier',
    at: isoOf(at, zone),
    dossier: dossier.code,
    status,
    procedure: dossier.service.procedure.code,
    receiver: isHanded ? heir.code : receiver.code,
    resolver: isHanded ? heir.code : resolver.code,
    channel: dossier.channel,
    level: dossier.level,
  };
  if (due !== null) event.due = isoOf(due, zone);
  if (index === 0 || status === 2) flagIntake(event, dossier);
  if (status === 9) flagResult(event, dossier);
  return { at, feed: feedOf(resolver), event };
}

/**
 * The indices of the steps that a feed tells of a dossier: all, or of one that ended before `briefBefore` (epoch ms) what a
 * register keeps of it: when it was received, what it waited for, when and how it ended. Figures
 * come out the same, but for those of dossiers that waited to be accepted.
 */
export function listToldSteps(steps: readonly Step[], briefBefore: number): number[] {
  const isBrief = (steps.at(-1)?.at ?? 0) < briefBefore;
  return steps.flatMap((step, index) => (isBrief && isLeftOut(step, steps, index) ? [] : [index]));
}

/** Left out in brief: a filing that was accepted, the beginning of work, the hand-over of a result. */
function isLeftOut({ status }: Step, steps: readonly Step[], index: number): boolean {
  if (status === 1) return steps[index + 1]?.status === 2;
  if (status === 4) return steps[index - 1]?.status === 2;
  return status === 10;
}

/** The feed that tells of a unit's dossiers. */
export function feedOf({ code, isOld, trouble }: Place): Feed['id'] {
  if (isOld) return 'portal';
  if (trouble?.kind === 'silence') return 'silent';
  return code === `${PROVINCE}.SNNMT` ? 'land' : 'portal';
}

function flagIntake(event: DossierEvent, dossier: Dossier): void {
  if (dossier.hasFee) event.fee = true;
  if (dossier.paidOnline) event.paidOnline = true;
  if (dossier.vneid) event.vneid = true;
  if (dossier.reused) event.reused = true;
  if (dossier.populationData) event.populationData = true;
}

function flagResult(event: DossierEvent, dossier: Dossier): void {
  if (dossier.eResult) event.eResult = true;
  if (dossier.digitised) event.digitised = true;
  if (dossier.apology) event.apology = true;
}
