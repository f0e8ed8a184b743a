/** The page of a unit's thresholds, with where they come from; of the viewer's own unit without one. */
export function addressOfThresholds(unit: string | null): string {
  return unit ? `/thresholds/${encodeURIComponent(unit).replace('%40', '@')}` : '/thresholds';
}
