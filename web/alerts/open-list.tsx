import { useQuery } from '@tanstack/react-query';
import type { AlertBrief } from '../../shared/alert.ts';
import { healthQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { type Told, usePanelState } from '../panel-state.ts';
import { LateMark, PanelStead } from '../panels/frame.tsx';
import { useLanguage } from '../words/words.ts';
import { AlertList } from './list.tsx';
import type { Visit } from './visit.ts';
import type { Working } from './working.ts';

type OpenListProps = {
  alerts: readonly AlertBrief[];
  /** Whether there are others that the filter leaves out. */
  isNarrowed: boolean;
  working: Working;
  visit: Visit;
};

/** Open episodes as they arrive, with what can be done with those chosen. */
export function OpenList(props: OpenListProps) {
  const { alerts, visit } = props;
  const { place, selection } = props.working;
  const { state } = useFollowing();
  const { t } = useLanguage();
  const told: Told = state ? { kind: 'told', has: 'figures' } : { kind: 'pending' };
  const panel = usePanelState(told);
  return (
    <>
      <ListTools {...props} />
      <section className="alert-box" id="alert-list" data-state={panel.kind} aria-label={t('alerts.title')}>
        {panel.kind === 'loading' || panel.kind === 'offline' ? (
          <PanelStead state={panel} />
        ) : alerts.length === 0 ? (
          <NoAlerts isNarrowed={props.isNarrowed} />
        ) : (
          <AlertList
            alerts={alerts}
            label={t('alerts.title')}
            at={place.current?.id ?? null}
            focusWish={place.focusWish}
            onFocus={place.settle}
            selected={selection.chosen}
            onSelect={selection.toggle}
            seenSeq={visit.seenSeq}
            onOpen={props.working.keepPlace}
          />
        )}
      </section>
    </>
  );
}

/** Each has its first letter for a key. */
const VERBS = ['acknowledge', 'comment', 'shelve'] as const;

function ListTools({ alerts, working, visit }: OpenListProps) {
  const { t, format } = useLanguage();
  const { selection, may, request, hinted, turnHelp } = working;
  const { seenSeq } = visit;
  const changed = seenSeq === null ? 0 : alerts.filter(({ seq }) => seq > seenSeq).length;
  const count = selection.selected.length;
  const isViewer = !may.acknowledge && !may.shelve;
  return (
    <div className="alert-tools">
      <p role="status">
        {count > 0
          ? t('alerts.selectedCount', { count })
          : t('alerts.count', { amount: format.number(alerts.length) })}
      </p>
      <p className="alert-hint" role="status">
        {hinted && t(hinted)}
      </p>
      <JudgeLine />
      {isViewer && <p className="alert-why">{t('alerts.viewer')}</p>}
      {VERBS.filter((verb) => may[verb]).map((verb) => (
        <button key={verb} type="button" className="button" onClick={() => request(verb)}>
          {t(`ask.${verb}`)} <kbd>{verb[0]}</kbd>
        </button>
      ))}
      {changed > 0 && (
        <button type="button" className="button" onClick={visit.markAllSeen}>
          {t('alerts.markSeen', { count: changed })}
        </button>
      )}
      <button type="button" className="button" onClick={turnHelp}>
        {t('keys.title')} <kbd>?</kbd>
      </button>
    </div>
  );
}

const JUDGE_MS = 30_000;

/** When figures were last judged: without it, no alert would say nothing. */
function JudgeLine() {
  const { t, format } = useLanguage();
  const { ref, serverNow } = useFollowing();
  const { data } = useQuery({ ...healthQuery({ unit: ref, days: 1 }), refetchInterval: JUDGE_MS });
  if (!data?.judge) return null;
  const { judgedAt, isLate } = data.judge;
  const words =
    judgedAt === null
      ? t('alerts.neverJudged')
      : t('alerts.judged', { moment: format.moment(Date.parse(judgedAt), serverNow()) });
  return <p className="alert-judge">{isLate ? <LateMark text={words} /> : words}</p>;
}

function NoAlerts({ isNarrowed }: Pick<OpenListProps, 'isNarrowed'>) {
  const { t } = useLanguage();
  const none = isNarrowed ? 'alerts.noneFound' : 'alerts.none';
  return (
    <div className="panel-empty">
      <p>{t(none)}</p>
      <JudgeLine />
    </div>
  );
}
