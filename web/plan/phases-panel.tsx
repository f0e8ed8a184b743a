import './plan.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { tasksQuery } from '../api.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { PanelFrame } from '../panels/frame.tsx';
import { useLanguage } from '../words/words.ts';
import { Phases } from './phases.tsx';
import { planPath } from './place.ts';

/** The countdown of the plan's phases on a board, with the way to its tasks. */
export function PhasesPanel({ unit }: { unit: UnitView }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useQuery(tasksQuery({ unit: unit.ref }));
  const state = usePanelState(toldBy({ data, error }));
  return (
    <PanelFrame
      title={t('plan.phases')}
      aside={<Link href={planPath('tasks', unit.ref)}>{t('tasks.title')}</Link>}
      state={state}
      retry={() => void refetch()}
    >
      {data && <Phases plan={data.plan} phases={data.phases} unit={unit.ref} />}
    </PanelFrame>
  );
}
