import type { AlertSeverity, Span } from './rule.ts';

/** What an alert of a severity asks of people. The figures follow ISA-18.2 practice; an office's own come with its rules. */
export type SeverityPolicy = {
  /** For how long an acknowledgement holds while the alert is active; null: for good. */
  ackFor: Span | null;
  isNoteNeeded: boolean;
  /** For how long an operator may shelve it; null: not at all. */
  shelfHours: number | null;
  /** The longest an editor may shelve it. */
  longestShelfHours: number;
  /** After how long an alert that is over and was never acknowledged closes by itself; null: never. */
  closesAfter: Span | null;
  /** A tone when it is raised. `repeats`: again every minute until acknowledged or silenced. */
  tone: 'repeats' | 'once' | 'none';
  /** Share of all episodes that is sound. */
  targetShare: number;
};

/** By severity. */
export const POLICY: Readonly<Record<AlertSeverity, SeverityPolicy>> = {
  critical: {
    ackFor: { amount: 30, unit: 'minutes' },
    ...{ isNoteNeeded: true, shelfHours: null, longestShelfHours: 4, closesAfter: null },
    ...{ tone: 'repeats', targetShare: 0.05 },
  },
  major: {
    ackFor: { amount: 4, unit: 'workingHours' },
    ...{
      isNoteNeeded: false,
      shelfHours: 8,
      longestShelfHours: 24,
      closesAfter: { amount: 72, unit: 'hours' },
    },
    ...{ tone: 'once', targetShare: 0.15 },
  },
  warning: {
    ackFor: { amount: 1, unit: 'workingDays' },
    ...{
      isNoteNeeded: false,
      shelfHours: 24,
      longestShelfHours: 168,
      closesAfter: { amount: 24, unit: 'hours' },
    },
    ...{ tone: 'none', targetShare: 0.8 },
  },
  advisory: {
    ackFor: null,
    ...{
      isNoteNeeded: false,
      shelfHours: 168,
      longestShelfHours: 168,
      closesAfter: { amount: 0, unit: 'minutes' },
    },
    ...{ tone: 'none', targetShare: 0 },
  },
};

/** The rule of alerts that a channel fails to send; their key is the channel's id. It is in no book: no sample raises it. */
export const CHANNEL_RULE = 'channel';

/** The rule of the alert that the judge is late; in no book either: the judge raises it of itself. */
export const JUDGE_RULE = 'judge';

/** Rules in no book, whose alerts whoever raises them ends. */
export const OWN_RULES: readonly string[] = [CHANNEL_RULE, JUDGE_RULE];
