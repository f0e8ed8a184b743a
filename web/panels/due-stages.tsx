import { Link } from 'wouter';
import type { DueAnswer } from '../../shared/alert-health.ts';
import { useAddress } from '../address.ts';
import { useLanguage } from '../words/words.ts';
import { SEVERITIES, STAGES } from './due-table.tsx';
import { SEVERITY_SHAPES } from './severity.tsx';

type StagesProps = { total: DueAnswer['total']; unit: string };

/** How many dossiers are at each stage, worst first, to be read from afar; each leads to the unit's page, where they are listed. */
export function DueStages({ total, unit }: StagesProps) {
  const { t, format } = useLanguage();
  const { href } = useAddress();
  return (
    <ul className="due-stages">
      {STAGES.toReversed().map((stage) => (
        <li key={stage} data-severity={total[stage] > 0 ? SEVERITIES[stage] : 'normal'}>
          <Link className="due-stage" href={href({ page: 'unit', unit })}>
            <span className="due-shape" aria-hidden="true">
              {SEVERITY_SHAPES[SEVERITIES[stage]]}
            </span>
            <span className="due-stage-word">{t(`due.stage.${stage}`)}</span>
            <strong>{format.number(total[stage])}</strong>
          </Link>
        </li>
      ))}
    </ul>
  );
}
