/** How many events or dossiers are worked on in one go. */
const AT_ONCE = 50;

/** Lets requests, frames and the writing thread be heard in the middle of long work: `take` after each piece of it. */
export function createBreath(): { take: () => Promise<void> | undefined } {
  let done = 0;
  return {
    take() {
      done += 1;
      return done % AT_ONCE === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined;
    },
  };
}
