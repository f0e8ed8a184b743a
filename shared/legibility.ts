/** How large the text of a wall is for its farthest viewer. Arc minutes of the height of its capitals. Pure. */

/** A screen as a person knows it: its diagonal in inches, and the distance of the farthest viewer in metres. */
export type ScreenProfile = { diagonalIn: number; distanceM: number };

/** The smallest text of a wall's canvas, in px of the canvas, and of a wall that flows, in CSS px. */
export const SMALLEST_TEXT = { wall: 18, tall: 13 } as const;

/** Nobody should have to read what is smaller than `LEAST`; labels and units are to be as large as `GOOD`. */
export const LEAST_ARC_MINUTES = 16;
export const GOOD_ARC_MINUTES = 20;

/** Height of the capitals of the bundled font as a share of its size. */
const CAP_HEIGHT = 0.7;
const MM_PER_INCH = 25.4;
const RADIANS = Math.PI / (180 * 60);

/** What a profile may say: from a tablet at arm's length to the front of a house. */
export const SCREEN_BOUNDS = {
  diagonalIn: { min: 5, max: 2000 },
  distanceM: { min: 0.3, max: 200 },
} as const;

/** Reads `55x4` or `55x3.5` (inches x metres); null where it is no screen that could be. */
export function parseScreen(text: string | null): ScreenProfile | null {
  const [, diagonal, distance] = /^(\d+(?:[.,]\d+)?)x(\d+(?:[.,]\d+)?)$/.exec(text?.trim() ?? '') ?? [];
  if (diagonal === undefined || distance === undefined) return null;
  const numberOf = (word: string) => Number(word.replace(',', '.'));
  const profile = { diagonalIn: numberOf(diagonal), distanceM: numberOf(distance) };
  const isWithin = (['diagonalIn', 'distanceM'] as const).every(
    (key) => profile[key] >= SCREEN_BOUNDS[key].min && profile[key] <= SCREEN_BOUNDS[key].max,
  );
  return isWithin ? profile : null;
}

/** `55x4`: what `parseScreen` reads. */
export function formatScreen({ diagonalIn, distanceM }: ScreenProfile): string {
  return `${diagonalIn}x${distanceM}`;
}

/** Millimetres from pixel to pixel of a screen, in whichever pixels its two sides are counted. */
export function pitchOf(diagonalIn: number, { width, height }: { width: number; height: number }): number {
  return (diagonalIn * MM_PER_INCH) / Math.hypot(width, height);
}

/** Under which angle the capitals of a text of `textPx` are seen, in arc minutes. */
export function arcMinutesOf(textPx: number, { pitchMm, distanceM }: { pitchMm: number; distanceM: number }) {
  const heightMm = CAP_HEIGHT * textPx * pitchMm;
  return (2 * Math.atan(heightMm / (2000 * distanceM))) / RADIANS;
}

/** The size in px of a text whose capitals are seen under an angle: the reverse of `arcMinutesOf`. */
export function textPxOf(arcMinutes: number, { pitchMm, distanceM }: { pitchMm: number; distanceM: number }) {
  return (2000 * distanceM * Math.tan((arcMinutes * RADIANS) / 2)) / (CAP_HEIGHT * pitchMm);
}

/** How legible the smallest text of a wall is, and from how near, or on how large a screen, it would be legible enough. */
export type Legibility = {
  verdict: 'good' | 'fair' | 'poor';
  arcMinutes: number;
  /** At most so far away, or at least so large a diagonal, for the least that is wanted. */
  within: ScreenProfile;
};

/** Judges the smallest text of a wall; `pitchMm` and `textPx` are of the same pixels. */
export function judgeLegibility(
  profile: ScreenProfile,
  { textPx, pitchMm }: { textPx: number; pitchMm: number },
): Legibility {
  const { diagonalIn, distanceM } = profile;
  const arcMinutes = arcMinutesOf(textPx, { pitchMm, distanceM });
  const wanted = textPxOf(LEAST_ARC_MINUTES, { pitchMm, distanceM });
  const verdict = arcMinutes >= GOOD_ARC_MINUTES ? 'good' : arcMinutes >= LEAST_ARC_MINUTES ? 'fair' : 'poor';
  const within = {
    distanceM: Math.floor((10 * distanceM * textPx) / wanted) / 10,
    diagonalIn: Math.ceil((diagonalIn * wanted) / textPx),
  };
  return { verdict, arcMinutes, within };
}
