/** Who files what, day by day: each unit's dossiers of a day come from dice of their own. */
import type { Catalogue, Service } from './catalogue.ts';
import type { Day, Days } from './days.ts';
import { Dice, mixSeeds, sumUp } from './dice.ts';
import type { Place } from './places.ts';
import { type Dossier, planDossier } from './plan.ts';
import { WAVE } from './trouble.ts';

/** One dossier stands for so many of the real province: the one number to turn for more or fewer events. */
export const SAMPLING = 10;

/** One in so many dossiers since the merger is filed at another commune than the one that resolves it. */
const ELSEWHERE = 0.06;

/** What filings are drawn from; `firstWave` is the number of the day the first wave falls due. */
export type Source = {
  days: Days;
  seed: number;
  sampling: number;
  communes: readonly Place[];
  catalogue: Catalogue;
  firstWave: number;
};

/** Draws the dossiers filed at a place on a day, each with its whole life. */
export type DrawFilings = (place: Place, day: Day) => Dossier[];

/** The draw of a source: the same place and day give the same dossiers. */
export function createFilings({ days, seed, sampling, communes, catalogue, firstWave }: Source): DrawFilings {
  const odds = sumUp(communes.map(({ perDay }) => perDay));
  const asked = catalogue.services.find(({ procedure }) => procedure.code === WAVE.procedure);
  const waveSize = Math.max(5, Math.round((WAVE.size * SAMPLING) / sampling));

  return (place, day) => {
    const dice = new Dice(mixSeeds(seed, place.hash, day.number));
    const pickReceiver = (throws: Dice) => {
      if (place.isOld || !throws.isLucky(ELSEWHERE)) return place;
      return communes[throws.draw(odds)] ?? place;
    };
    const dated = `${place.prefix}-${day.text.slice(2, 4)}${day.text.slice(5, 7)}${day.text.slice(8)}`;
    const draw = (index: number, wave: Service | undefined) =>
      planDossier(
        { place, day, code: `${dated}-${String(index + 1).padStart(4, '0')}`, pickReceiver, wave },
        { dice, days },
      );
    const usual = dice.count(volumeOf(place, day) / sampling);
    const isWave = place.code === WAVE.unit && !place.isOld && beginsWave(day, days, firstWave);
    const filings: Dossier[] = [];
    for (let index = 0; index < usual; index++) filings.push(draw(index, undefined));
    for (let index = 0; isWave && index < waveSize; index++) filings.push(draw(usual + index, asked));
    return filings;
  };
}

function volumeOf({ perDay, trouble }: Place, day: Day): number {
  const factor = trouble && day.startsAt >= trouble.since ? (trouble.volume ?? 1) : 1;
  return perDay * day.volume * factor;
}

/** Whether what a wave asks for, filed that day, falls due on one of its days. */
function beginsWave(day: Day, days: Days, firstWave: number): boolean {
  if (!day.isWorking) return false;
  const due = days.numberAt(days.calendar.addWorkingDays(day.startsAt + 10 * 3_600_000, WAVE.workingDays));
  return due >= firstWave && (due - firstWave) % 7 === 0;
}
