import { DueStage } from '../../shared/alert-health.ts';
import type { Notification } from '../../shared/notification.ts';
import { readDue } from '../alerts/due.ts';
import type { View } from '../figures/sums.ts';
import { showUnit } from '../figures/views.ts';

type Stages = Record<DueStage, number>;

const countAll = (stages: Stages) => DueStage.options.reduce((sum, stage) => sum + stages[stage], 0);

/** Open dossiers that will be late, by the units below that of a view, those it holds itself first; null where there are none. */
export async function readDueByUnit(view: View): Promise<Notification['due']> {
  const { total, units } = await readDue(view, view.root);
  const own = { ...total };
  for (const { stages } of units) for (const stage of DueStage.options) own[stage] -= stages[stage];
  const { ref, name } = showUnit(view, view.root);
  const rows = [{ ref, name, stages: own }, ...units].filter(({ stages }) => countAll(stages) > 0);
  return rows.length > 0 ? rows : null;
}
