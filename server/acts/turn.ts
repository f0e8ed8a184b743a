/** How much is worked on in one go, where the work shares its thread with others. */
const AT_ONCE = 200;

/** Lets whoever shares the thread be heard now and then: await it with the number of pieces done. */
export function takeTurn(done: number): Promise<void> | undefined {
  return done % AT_ONCE === AT_ONCE - 1 ? new Promise((resolve) => setImmediate(resolve)) : undefined;
}
