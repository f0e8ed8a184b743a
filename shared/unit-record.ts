import { z } from 'zod';
import { Code } from './event.ts';
import { UnitLevel } from './unit.ts';
import { Words } from './words.ts';

const Day = z.iso.date();

/** A unit as a gazetteer or an office states it: `to` is exclusive, `parent` the code of the unit above on `from`. */
export const UnitRecord = z.strictObject({
  code: Code,
  name: Words,
  level: UnitLevel,
  from: Day,
  to: Day.nullable(),
  parent: z.string().nullable(),
  aliases: z.array(Code).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
});
export type UnitRecord = z.infer<typeof UnitRecord>;

/** `share` (0..1) of the business of unit `from`, ending on day `on`, goes to unit `to`, beginning that day. */
export const LineageRecord = z.strictObject({
  from: z.string(),
  to: z.string(),
  on: Day,
  share: z.number().gt(0).max(1),
});
export type LineageRecord = z.infer<typeof LineageRecord>;

/** From day `on` the unit with code `unit`, living that day, stands under `parent` (null: at the top). */
export const MoveRecord = z.strictObject({ unit: z.string(), parent: z.string().nullable(), on: Day });
export type MoveRecord = z.infer<typeof MoveRecord>;
