import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dayOf } from '../../shared/period.ts';
import { UnitTree } from '../../shared/unit.ts';
import { AppError } from '../errors.ts';
import { readUnitFacts } from '../store/unit-store.ts';
import { COMMAND, type Command, UsageError } from './command.ts';

const Position = z.array(z.number()).min(2);
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Position).min(4)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(Position).min(4))) }),
]);
const Collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({ properties: z.record(z.string(), z.unknown()).nullable(), geometry: Geometry }),
  ),
});

/** `ioc import-geo`: boundaries from a GeoJSON file of the office. */
export const geoCommand: Command = {
  usage: `Usage: ioc import-geo FILE --code-property NAME [--on YYYY-MM-DD]

Loads boundaries (GeoJSON, WGS 84 degrees, Polygon or MultiPolygon) for the map. NAME is the property that holds the
unit's code; the unit meant is the one valid on the day given, today without one.
`,
  async run(io) {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: io.args,
      allowPositionals: true,
      options: { 'code-property': text, on: text },
    });
    const [file] = positionals;
    const property = values['code-property'];
    if (file === undefined || positionals.length > 1 || property === undefined)
      throw new UsageError('give FILE and --code-property NAME');
    const parsed = Collection.safeParse(JSON.parse(await readFile(resolve(io.cwd, file), 'utf8')));
    if (!parsed.success) throw new AppError('badInput', `${file}: ${z.prettifyError(parsed.error)}`);
    const { store, writer } = await io.openStore();
    const tree = new UnitTree(await readUnitFacts(store.reader));
    const day = values.on ?? dayOf(io.now(), io.site.zone);
    const rows = new Map<number, string>();
    const unknown: string[] = [];
    for (const { properties, geometry } of parsed.data.features) {
      const code = String(properties?.[property] ?? '');
      const unit = tree.findOn(code, day);
      if (unit) rows.set(unit.id, JSON.stringify(geometry));
      else unknown.push(code === '' ? '(no code)' : code);
    }
    if (rows.size === 0)
      throw new AppError('badInput', `No feature has, in ${property}, the code of a unit on ${day}.`);
    const boundaries = [...rows].map(([unit, geometry]) => ({ unit, geometry }));
    await writer.run({ name: 'saveBoundaries', caller: COMMAND, input: { boundaries }, now: io.now() });
    io.stdout.write(`${rows.size} boundaries loaded\n`);
    if (unknown.length > 0)
      io.stderr.write(
        `${unknown.length} features name no unit of that day: ${unknown.slice(0, 10).join(', ')}\n`,
      );
    return 0;
  },
};
