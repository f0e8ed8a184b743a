const PROBE_MS = 8_000;

/** Whether the server answers at all, within eight seconds. */
export async function probeHealth(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}
