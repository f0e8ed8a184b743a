import './due.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DueAnswer } from '../../shared/alert-health.ts';
import type { UnitView } from '../../shared/answers.ts';
import { dueListQuery, dueQuery } from '../api.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { useLanguage } from '../words/words.ts';
import { DossierList } from './dossiers.tsx';
import { DueStages } from './due-stages.tsx';
import { type DueFigure, DueTable, listRows, STAGES } from './due-table.tsx';
import { PanelFrame, PanelStead } from './frame.tsx';

const RENEW_MS = 30_000;
const LISTED = 50;

type By = 'unit' | 'procedure';

/** Open dossiers on their way to being late, by unit or by procedure and by how far they are; each figure opens its list; without rows the stages alone. */
export function DuePanel({ unit, rows }: { unit: UnitView; rows?: number }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useQuery({ ...dueQuery({ unit: unit.ref }), refetchInterval: RENEW_MS });
  const [by, choose] = useState<By>('unit');
  const [opened, open] = useState<DueFigure | null>(null);
  const state = usePanelState(toldBy({ data, error }));
  const hasUnits = data?.units.some(({ ref }) => ref !== unit.ref) ?? false;
  const isBrief = rows === 0;
  const shownBy = hasUnits ? by : 'procedure';
  return (
    <PanelFrame
      className="due"
      id="part-due"
      title={t('due.title')}
      note={isBrief ? null : t('due.note')}
      aside={hasUnits && !isBrief && <BySwitch by={by} onChoose={choose} />}
      state={state}
      retry={() => void refetch()}
    >
      {data &&
        (sumOf(data) === 0 ? (
          <p className="panel-quiet">{t('due.none')}</p>
        ) : isBrief ? (
          <DueStages total={data.total} unit={unit.ref} />
        ) : (
          <DueTable
            rows={listRows(data, { by: shownBy, unit })}
            title={t(shownBy === 'unit' ? 'due.byUnit' : 'due.byProcedure')}
            {...(rows !== undefined && { room: rows })}
            opened={opened}
            onOpen={open}
          />
        ))}
      {opened && <DueList figure={opened} unit={unit} onClose={() => open(null)} />}
    </PanelFrame>
  );
}

const sumOf = ({ total }: DueAnswer) => STAGES.reduce((sum, stage) => sum + total[stage], 0);

function BySwitch({ by, onChoose }: { by: By; onChoose: (by: By) => void }) {
  const { t } = useLanguage();
  return (
    <fieldset className="switch" aria-label={t('due.switch')}>
      {(['unit', 'procedure'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={by === one} onClick={() => onChoose(one)}>
          {t(one === 'unit' ? 'due.byUnit' : 'due.byProcedure')}
        </button>
      ))}
    </fieldset>
  );
}

/** The dossiers behind a figure, the most urgent first. */
function DueList({ figure, unit, onClose }: { figure: DueFigure; unit: UnitView; onClose: () => void }) {
  const { t, say, format } = useLanguage();
  const { row, stage } = figure;
  const { data, error, refetch } = useQuery({
    ...dueListQuery({
      ...{ unit: row.ref, stage, limit: LISTED },
      ...(row.procedure !== null && { procedure: row.procedure }),
    }),
    refetchInterval: RENEW_MS,
  });
  const state = usePanelState(toldBy({ data, error }));
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure is another list
  useEffect(() => heading.current?.focus(), [figure]);
  const count = format.number(data?.total ?? row.stages[stage]);
  const name = t(`due.stage.${stage}`);
  const title = row.name
    ? t('due.listOf', { stage: name, what: say(row.name), count })
    : t('due.list', { stage: name, count });
  return (
    <section className="due-list" aria-label={title}>
      <header className="due-list-head">
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <button type="button" className="button" onClick={onClose}>
          {t('due.close')}
        </button>
      </header>
      {data ? (
        <DossierList dossiers={data.dossiers} total={data.total} unit={unit} />
      ) : (
        <PanelStead state={state} retry={() => void refetch()} />
      )}
    </section>
  );
}
