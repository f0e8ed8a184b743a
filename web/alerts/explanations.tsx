import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ExplanationState, type ExplanationView } from '../../shared/alert.ts';
import { explanationsQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { toldBy, usePanelState } from '../panel-state.ts';
import { PanelFrame } from '../panels/frame.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { ExplanationCard, wasAnsweredLate } from './explanation.tsx';
import { AlertFrame } from './frame.tsx';

const STATES = ExplanationState.options;

/** Which are shown: of one state, those whose answer came late, or all. */
type Chosen = ExplanationState | 'answeredLate' | null;

const isChosen = (chosen: Chosen) => (one: ExplanationView) =>
  chosen === null || (chosen === 'answeredLate' ? wasAnsweredLate(one) : one.state === chosen);

/** Explanations asked in a unit's subtree: what waits for an answer, what was promised, what was kept. */
export function ExplanationsPage({ unit, preferences }: { unit: string | null; preferences: Preferences }) {
  const { t } = useLanguage();
  const { ref } = useFollowing();
  const [state, setState] = useState<Chosen>(null);
  const answer = useQuery(explanationsQuery({ unit: ref }));
  useFreshExplanations(() => void answer.refetch());
  const all = answer.data?.explanations ?? [];
  const shown = all.filter(isChosen(state));
  const panel = usePanelState(toldBy(answer));
  return (
    <AlertFrame
      page="explanations"
      title={t('explanations.title')}
      unit={unit}
      preferences={preferences}
      shape="flows"
    >
      <h1 className="hidden">{t('explanations.title')}</h1>
      <PanelFrame
        className="explanations"
        title={t('explanations.title')}
        note={t('explanations.about')}
        state={panel}
        retry={() => void answer.refetch()}
      >
        <fieldset className="alert-tabs" aria-label={t('alerts.lists')}>
          <StateButton
            count={all.length}
            isOn={state === null}
            word={t('explanations.all')}
            onPress={() => setState(null)}
          />
          {STATES.map((one) => (
            <StateButton
              key={one}
              count={all.filter((explanation) => explanation.state === one).length}
              isOn={state === one}
              word={t(`explanationState.${one}`)}
              onPress={() => setState(one)}
            />
          ))}
          <StateButton
            count={all.filter(wasAnsweredLate).length}
            isOn={state === 'answeredLate'}
            word={t('explanations.answeredLate')}
            onPress={() => setState('answeredLate')}
          />
        </fieldset>
        {shown.length === 0 && <p className="panel-empty">{t('explanations.none')}</p>}
        <div className="explanation-list">
          {shown.map((explanation) => (
            <ExplanationCard key={explanation.id} explanation={explanation} isAlone={true} />
          ))}
        </div>
      </PanelFrame>
    </AlertFrame>
  );
}

type StateProps = { count: number; isOn: boolean; word: string; onPress: () => void };

function StateButton({ count, isOn, word, onPress }: StateProps) {
  const { format } = useLanguage();
  return (
    <button type="button" aria-pressed={isOn} onClick={onPress}>
      {word} <b>{format.number(count)}</b>
    </button>
  );
}

/** Has explanations read again when one of an open alert changed: frames tell of the alert. */
export function useFreshExplanations(again: () => void): void {
  const { state } = useFollowing();
  const seq = (state?.alerts ?? []).reduce(
    (newest, alert) => (alert.explanation === null ? newest : Math.max(newest, alert.seq)),
    0,
  );
  const read = useRef(again);
  read.current = again;
  const known = useRef<number | null>(null);
  const isKnown = state !== null;
  useEffect(() => {
    if (!isKnown) return;
    if (known.current !== null && known.current !== seq) read.current();
    known.current = seq;
  }, [seq, isKnown]);
}
