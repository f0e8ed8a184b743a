/** Where names stand on a map: beside their own cell, never over the mark of another. Pure. */

/** A box by its middle, in px. */
export type Box = { x: number; y: number; width: number; height: number };

/** A mark on the map that no name may cover. */
export type Mark = { unit: number; x: number; y: number; size: number };

/** A name to place by the cell of its unit, whose middle is (x, y). `gap` is how far its own mark reaches. */
export type Wish = { unit: number; x: number; y: number; gap: number; text: string; canStandOn: boolean };

type Places = {
  /** The most important first. */
  wishes: readonly Wish[];
  marks: readonly Mark[];
  /** px of the text. */
  size: number;
  sheet: { width: number; height: number };
};

/** Mean width of a letter and height of a line, in em: rather more than less. */
const LETTER = 0.6;
const LINE = 1.2;
/** Around a mark, px. */
const CLEAR = 2;

/** Whether two boxes share more than an edge. */
export function overlaps(a: Box, b: Box): boolean {
  return (
    2 * Math.abs(a.x - b.x) < a.width + b.width - 1e-9 && 2 * Math.abs(a.y - b.y) < a.height + b.height - 1e-9
  );
}

/** The box of a mark with what must stay clear around it. */
export function boxOfMark({ x, y, size }: Mark): Box {
  return { x, y, width: size + 2 * CLEAR, height: size + 2 * CLEAR };
}

/**
 * The box of each name that has room, by unit: below, above or beside its cell, near before far, inside the sheet, over no
 * mark and no other name. Where one finds no room, it chooses before the others, if they all find room still. A name without
 * room is left out: lists beside the map have it.
 */
export function placeNames(places: Places): Map<number, Box> {
  let { wishes } = places;
  let placed = placeInOrder({ ...places, wishes });
  for (const lost of places.wishes.filter(({ unit }) => !placed.has(unit))) {
    const other = [lost, ...wishes.filter((wish) => wish !== lost)];
    const tried = placeInOrder({ ...places, wishes: other });
    if (![...placed.keys(), lost.unit].every((unit) => tried.has(unit))) continue;
    [wishes, placed] = [other, tried];
  }
  return placed;
}

function placeInOrder({ wishes, marks, size, sheet }: Places): Map<number, Box> {
  const placed = new Map<number, Box>();
  const taken = marks.map(boxOfMark);
  for (const wish of wishes) {
    const box = candidatesOf(wish, size).find(
      (candidate) => isInside(candidate, sheet) && !taken.some((other) => overlaps(candidate, other)),
    );
    if (!box) continue;
    placed.set(wish.unit, box);
    taken.push(box);
  }
  return placed;
}

function isInside({ x, y, width, height }: Box, sheet: { width: number; height: number }): boolean {
  return (
    x - width / 2 >= 0 &&
    y - height / 2 >= 0 &&
    x + width / 2 <= sheet.width &&
    y + height / 2 <= sheet.height
  );
}

/** Eight sides, at three distances; on the cell itself first where it bears no mark. */
function candidatesOf({ x, y, gap, text, canStandOn }: Wish, size: number): Box[] {
  const [width, height] = [text.length * size * LETTER, size * LINE];
  const at = (dx: number, dy: number): Box => ({ x: x + dx, y: y + dy, width, height });
  const rings = [0, 0.6, 1.4].flatMap((distance) => {
    const [down, aside] = [gap + distance * size + height / 2, gap + distance * size + width / 2];
    const [slant, corner] = [width / 2, 0.7 * (gap + distance * size) + height / 2];
    return [
      at(0, down),
      at(0, -down),
      at(aside, 0),
      at(-aside, 0),
      at(slant, corner),
      at(-slant, corner),
      at(slant, -corner),
      at(-slant, -corner),
    ];
  });
  return canStandOn ? [at(0, 0), ...rings] : rings;
}
