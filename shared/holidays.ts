import type { CalendarConfig } from './calendar.ts';

/**
 * Days off of Viet Nam's offices, 2024 to 2026, weekends within Tết included.
 * Source: Labour Code 2019, article 112 (days off; one that falls on a weekend moves to the next working day) and the
 * yearly announcements of exchanged days. No later year is here: the announcement decides, not the lunar calendar.
 */
export const VIETNAM_CALENDAR: CalendarConfig = {
  zone: 'Asia/Ho_Chi_Minh',
  sessions: [
    ['07:30', '11:30'],
    ['13:00', '17:00'],
  ],
  weekend: [6, 7],
  years: {
    2024: {
      holidays: [
        // New Year, by the rule.
        '2024-01-01',
        // Tết (its first day is 10 February), announced.
        '2024-02-08',
        '2024-02-09',
        '2024-02-10',
        '2024-02-11',
        '2024-02-12',
        '2024-02-13',
        '2024-02-14',
        // Hùng Kings, by the rule.
        '2024-04-18',
        // Victory and Labour days by the rule; 29 April announced, exchanged for 4 May.
        '2024-04-29',
        '2024-04-30',
        '2024-05-01',
        // National Day and the day after, announced.
        '2024-09-02',
        '2024-09-03',
      ],
      makeUp: ['2024-05-04'],
    },
    2025: {
      holidays: [
        // New Year, by the rule.
        '2025-01-01',
        // Tết (29 January), announced.
        '2025-01-25',
        '2025-01-26',
        '2025-01-27',
        '2025-01-28',
        '2025-01-29',
        '2025-01-30',
        '2025-01-31',
        '2025-02-01',
        '2025-02-02',
        // Hùng Kings, by the rule.
        '2025-04-07',
        // Victory and Labour days by the rule; 2 May announced, exchanged for 26 April.
        '2025-04-30',
        '2025-05-01',
        '2025-05-02',
        // The day before National Day announced; National Day by the rule.
        '2025-09-01',
        '2025-09-02',
      ],
      makeUp: ['2025-04-26'],
    },
    2026: {
      holidays: [
        // New Year by the rule; 2 January announced (12729/VPCP-KGVX, 25/12/2025), exchanged for 10 January.
        '2026-01-01',
        '2026-01-02',
        // Tết (17 February), announced.
        '2026-02-14',
        '2026-02-15',
        '2026-02-16',
        '2026-02-17',
        '2026-02-18',
        '2026-02-19',
        '2026-02-20',
        '2026-02-21',
        '2026-02-22',
        // Hùng Kings on a Sunday, and by the rule the Monday after.
        '2026-04-26',
        '2026-04-27',
        // Victory and Labour days, by the rule.
        '2026-04-30',
        '2026-05-01',
        // 31 August announced, exchanged for 22 August; the day before National Day announced; National Day.
        '2026-08-31',
        '2026-09-01',
        '2026-09-02',
      ],
      makeUp: ['2026-01-10', '2026-08-22'],
    },
  },
};
