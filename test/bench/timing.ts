/** The value below which a share (0..1) of the values lies, the nearest rank; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const [value = Number.NaN] = quantiles(values, [share]);
  return value;
}

/** The same for several shares, in their order; sorts once. */
export function quantiles<const S extends readonly number[]>(
  values: readonly number[],
  shares: S,
): { [I in keyof S]: number } {
  const sorted = Float64Array.from(values).sort();
  const found = shares.map(
    (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN,
  );
  return found as { [I in keyof S]: number };
}

/** The middle value. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** How long each of `count` runs took, in ms, one after the other; `warm` runs before them are not told. */
export async function timeEach(count: number, work: () => unknown, warm = 0): Promise<number[]> {
  for (let run = 0; run < warm; run++) await work();
  const taken: number[] = [];
  for (let run = 0; run < count; run++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken;
}

/** How long a piece of work took, in ms, and what it gave. */
export async function timeOnce<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Milliseconds of the machine's own steady clock: the same in every process. */
export const steadyMs = (): number => Number(process.hrtime.bigint()) / 1e6;
