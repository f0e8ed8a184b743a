import { z } from 'zod';
import { AlertBrief, AlertNote } from './alert.ts';
import { DueStage } from './alert-health.ts';
import { Iso, UnitRef } from './answers.ts';
import { AlertSeverity } from './rule.ts';
import { Words } from './words.ts';

/** What goes out by a channel: the body of a webhook, and what an e-mail is written from. */

/**
 * `alerts`: what has just happened. `quietEnd`: what quiet hours held back and still stands. `repeat`: what stays
 * unacknowledged. `digest`: all since the last one. `trial`: nothing happened, an administrator tries the channel.
 */
export const NotificationKind = z.enum(['alerts', 'quietEnd', 'repeat', 'digest', 'trial']);
export type NotificationKind = z.infer<typeof NotificationKind>;

const counts = z.record(AlertSeverity, z.int());

export const Notification = z.object({
  key: z.string().describe('the same for the same message, however often it is sent: drop what you have'),
  kind: NotificationKind,
  site: Words,
  channel: z.object({ id: z.int(), name: z.string(), unit: UnitRef, unitName: Words }),
  seq: z.int().describe('the newest commit it tells of'),
  at: Iso,
  url: z.url().nullable().describe('of the alert centre'),
  counts: counts.describe('alerts below, by severity'),
  alerts: z.array(
    AlertBrief.extend({
      told: z.array(AlertNote.shape.kind).describe('what happened to it, oldest first'),
      url: z.url().nullable(),
    }),
  ),
  units: z
    .array(z.object({ ref: UnitRef, name: Words, worst: AlertSeverity, counts }))
    .describe('the same by unit, worst first, where there are more than ten alerts'),
  due: z
    .array(z.object({ ref: UnitRef, name: Words, stages: z.record(DueStage, z.int()) }))
    .nullable()
    .describe('in a digest: open dossiers that will be late, by unit'),
});
export type Notification = z.infer<typeof Notification>;
export type NotifiedAlert = Notification['alerts'][number];
