const RELOADED = 'reloaded-for';

/** Loads the page anew, at most once per build so that a wrong number cannot loop; without a build once in five minutes. */
export function reloadFor(build: string): void {
  const key = build || `heal-${Math.floor(Date.now() / 300_000)}`;
  try {
    if (sessionStorage.getItem(RELOADED) === key) return;
    sessionStorage.setItem(RELOADED, key);
  } catch {
    return;
  }
  location.reload();
}
