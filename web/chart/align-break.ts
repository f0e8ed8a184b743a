/** Width of a bold digit, in sizes of the text: a little more than that of any face in use. */
export const LETTER = 0.66;

/** On which side of its line the words of a break stand: where there is more room, over the line where neither side has enough. */
export function alignBreak(
  text: string,
  { share, width, size }: { share: number; width: number; size: number },
): 'left' | 'center' | 'right' {
  const longest = Math.max(...text.split('\n').map((line) => line.length));
  const room = Math.max(share, 1 - share) * width;
  if (room < longest * LETTER * size) return 'center';
  return share > 0.5 ? 'right' : 'left';
}
