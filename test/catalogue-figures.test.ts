/** Every formula over sums of the catalogue against cases worked out by hand, those of nothing included. */
import { describe, expect, test } from 'vitest';
import { findIndicator, INDICATORS } from '../shared/catalogue.ts';
import { evaluate, type Figure, NO_FIGURE } from '../shared/indicator.ts';
import { emptySums, type Sums } from '../shared/measure.ts';

type Worked = [id: string, sums: Partial<Sums>, value: number, numerator: number, denominator: number | null];

/** 40 early, 50 on time of which 3 supplemented twice, 10 late; 25 open of which 4 overdue, 1 supplemented twice. */
const MONTH: Partial<Sums> = {
  ...{ resolvedEarly: 40, resolvedOnTime: 50, resolvedRepeat: 3, resolvedLate: 10 },
  ...{ open: 25, overdue: 4, openRepeat: 1, dueSoon: 6 },
};
/** 50 answered in time of which 5 dissatisfied, 30 late, 20 open of which 8 overdue. */
const PETITIONS: Partial<Sums> = {
  petOnTime: 50,
  petLate: 30,
  petOpen: 20,
  petOverdue: 8,
  petDissatisfied: 5,
};
const SERVICES: Partial<Sums> = { procFull: 701, procPartial: 516, procEligible: 1500, procUsed: 1000 };

const WORKED: readonly Worked[] = [
  ['HS01', { received: 184_513 }, 184_513, 184_513, null],
  ['HS02', MONTH, 100, 100, null],
  ['HS03', MONTH, 25, 25, null],
  ['HS04', MONTH, 125, 125, null],
  ['HS05', { ...MONTH, takenOnline: 70, takenOffline: 40 }, 15, 15, null],
  ['TT01', MONTH, 90, 90, 100],
  // 40 + 50 - 3 in time, 25 - 4 - 1 still in time, of 125.
  ['TT02', MONTH, 85.6, 107, 125],
  ['TT03', MONTH, 40, 40, 100],
  ['TT04', MONTH, 16, 4, 25],
  ['TT05', MONTH, 24, 6, 25],
  // 7.05 days of 480 minutes, of 200 dossiers.
  ['TT06', { workedMinutes: 676_800, timed: 200 }, 7.05, 1410, 200],
  // 100 in 20 working days are 5 a day: 25 take 5 days.
  ['TT07', MONTH, 5, 25, 100],
  ['TT08', { supplementedAgain: 3, takenOnline: 90, takenOffline: 30 }, 2.5, 3, 120],
  ['TT09', { refused: 4, withdrawn: 2, stopped: 1, takenOnline: 90, takenOffline: 6 }, 7, 7, 100],
  ['TT10', { lateApologised: 7, resolvedLate: 10 }, 70, 7, 10],
  ['TT11', { waitingLate: 3, waiting: 12 }, 25, 3, 12],
  ['ON01', { receivedOnline: 9939, received: 10_000 }, 99.39, 9939, 10_000],
  ['ON02', { receivedFull: 850, received: 1000 }, 85, 850, 1000],
  ['ON03', SERVICES, 81.13, 1217, 1500],
  // Vĩnh Phúc, 2024.
  ['ON04', SERVICES, 57.6, 701, 1217],
  ['ON05', { procThousand: 412, procFull: 701, procPartial: 516 }, 33.85, 412, 1217],
  ['ON06', { procCore: 25, procFull: 701, procPartial: 516 }, 2.05, 25, 1217],
  ['ON07', { procReplaced: 1139, procTotal: 1825 }, 62.41, 1139, 1825],
  ['ON08', SERVICES, 82.17, 1000, 1217],
  // Phú Thọ, August 2026.
  ['PAY01', { feePaidOnline: 82_913, feeDue: 98_459 }, 84.21, 82_913, 98_459],
  ['PAY02', { procFeeIntegrated: 248, procFee: 310 }, 80, 248, 310],
  ['PAY03', { procFeePaid: 93, procFee: 310 }, 30, 93, 310],
  ['DG01', { resultElectronic: 72, resultDue: 96 }, 75, 72, 96],
  ['DG02', { ...MONTH, digitised: 15 }, 12, 15, 125],
  ['DG03', { receivedReused: 171, received: 10_000 }, 1.71, 171, 10_000],
  ['DG04', { storeUsed: 30, storeDue: 400 }, 7.5, 30, 400],
  ['DG05', { receivedPopulation: 464, received: 1000 }, 46.4, 464, 1000],
  ['DG06', { receivedVneid: 99, receivedOnline: 100 }, 99, 99, 100],
  ['DG07', { certOffered: 120, certDue: 148 }, 81.08, 120, 148],
  // 125 less 10 late, 4 overdue and 6 who were not satisfied.
  ['SAT01', { ...MONTH, rated: 40, ratedSatisfied: 34 }, 84, 105, 125],
  // 50 in time and 12 that may still be, of 100.
  ['SAT02', PETITIONS, 62, 62, 100],
  ['SAT03', PETITIONS, 57, 57, 100],
  ['SAT04', { rated: 40, ratedSatisfied: 34 }, 85, 34, 40],
  ['TR01', { procPublishedOnTime: 9, procPublished: 12 }, 75, 9, 12],
  ['TR02', { procChangedOnTime: 2, procChanged: 3 }, 66.67, 2, 3],
  ['TR03', { procComplete: 87, procPublic: 89 }, 97.75, 87, 89],
  ['TR04', { synced: 138_744, syncDue: 138_744 }, 100, 138_744, 138_744],
  ['DOC01', { docOutElectronic: 995, docOut: 1000 }, 99.5, 995, 1000],
  ['DOC02', { docOutSigned: 991, docOut: 1000 }, 99.1, 991, 1000],
  ['DOC03', { docInOverdue: 3, docInOpen: 60 }, 5, 3, 60],
  ['DOC04', { mailUsers: 81, officials: 100 }, 81, 81, 100],
  ['DOC05', { meetingsPaperless: 3, meetings: 8 }, 37.5, 3, 8],
  ['SYS01', { probes: 1440, probesUp: 1433 }, 99.51, 1433, 1440],
  ['SYS02', { calls: 2000, callsFailed: 25 }, 98.75, 1975, 2000],
  ['SYS05', { guideMet: 17, guideRequired: 83 }, 20.48, 17, 83],
  [
    'SYS06',
    { latencyTo300: 60, latencyTo1000: 25, latencyTo3000: 10, latencyTo10000: 4, latencyOver: 1 },
    ...([95, 95, 100] as const),
  ],
  // 15 tasks: 13 met or exceeded.
  ['DX01', { taskAssigned: 15, taskMet: 11, taskExceeded: 2, taskBlocked: 1 }, 86.67, 13, 15],
  ['SOC01', { insuredAuthenticated: 80_010, insured: 114_300 }, 70, 80_010, 114_300],
  ['SOC02', { vssid: 40_005, insuredAuthenticated: 80_010 }, 50, 40_005, 80_010],
];

const WORKING_DAYS = 20;

const figureOf = (id: string, sums: Partial<Sums>, days: number | null = WORKING_DAYS): Figure => {
  const indicator = findIndicator(id);
  if (!indicator) throw new RangeError(`no indicator ${id}`);
  return evaluate(indicator, { ...emptySums(), ...sums }, days);
};

test('every indicator over sums is in the table, once', () => {
  const ids = INDICATORS.filter(({ basis }) => basis === 'sums').map(({ id }) => id);
  expect(WORKED.map(([id]) => id).toSorted()).toEqual(ids.toSorted());
});

describe('worked by hand', () => {
  test.each(WORKED)('%s of %j is %d', (id, sums, value, numerator, denominator) => {
    expect(figureOf(id, sums)).toEqual({ value, numerator, denominator });
  });
});

describe('of nothing', () => {
  test.each(WORKED)(
    '%s: a share of no cases is no figure, a count of none is 0',
    (id, _sums, _value, _of, denominator) => {
      const nothing =
        denominator === null ? { value: 0, denominator: null } : { value: null, denominator: 0 };
      expect(figureOf(id, {})).toEqual({ numerator: 0, ...nothing });
    },
  );

  test.each(WORKED.filter(([, , , , denominator]) => denominator !== null))(
    '%s: of cases none of which counts it is 0, never nothing',
    (id, sums) => {
      const { numerator = {}, denominator } = findIndicator(id) ?? {};
      const only = Object.keys(numerator).filter(
        (measure) => denominator?.[measure as keyof Sums] === undefined,
      );
      const left = { ...sums, ...Object.fromEntries(only.map((measure) => [measure, 0])) };
      const { value, denominator: cases } = figureOf(id, left);
      expect([cases === 0, value === null]).toEqual([false, false]);
    },
  );
});

test('days to clear are unknown where the working days are; so is what is due soon', () => {
  expect(figureOf('TT07', MONTH, null)).toEqual({ value: null, numerator: 25, denominator: 100 });
  expect(figureOf('TT05', MONTH, null)).toEqual({ value: null, numerator: 6, denominator: 25 });
  expect(figureOf('TT06', { workedMinutes: 480, timed: 1 }, null).value).toBe(1);
});

test('of another basis than sums there is no figure here', () => {
  for (const { id } of INDICATORS.filter(({ basis }) => basis !== 'sums'))
    expect([id, figureOf(id, MONTH)]).toEqual([id, NO_FIGURE]);
});
