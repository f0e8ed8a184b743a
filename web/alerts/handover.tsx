import './watch.css';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import type { HandoverAnswer } from '../../shared/alert-health.ts';
import { handoverQuery } from '../api.ts';
import { useFollowing } from '../following.tsx';
import { toldBy, usePanelState } from '../panel-state.ts';
import { PanelFrame } from '../panels/frame.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { AlertFrame } from './frame.tsx';
import { HandoverAlerts } from './handover-alerts.tsx';
import { HandoverExplanations, HandoverFeeds, HandoverNotes } from './handover-rest.tsx';
import { Switch } from './switch.tsx';

const HOURS = [8, 12, 24] as const;
const RENEW_MS = 60_000;

/** The handover of a shift, which nobody has to write: on the screen, and as a sheet of A4. */
export function HandoverPage({ unit, preferences }: { unit: string | null; preferences: Preferences }) {
  const { t, say, format } = useLanguage();
  const { state, serverNow } = useFollowing();
  const [, navigate] = useLocation();
  const query = new URLSearchParams(useSearch());
  const hours = HOURS.find((known) => String(known) === query.get('hours')) ?? 8;
  const { data, error, refetch } = useQuery({
    ...handoverQuery({ hours, ...(unit !== null && { unit }) }),
    refetchInterval: RENEW_MS,
  });
  const told = usePanelState(toldBy({ data, error }));
  const title = t('handover.title');
  const whose = data?.unitName ?? state?.unit.name;
  const name = whose ? t('watch.of', { page: title, unit: say(whose) }) : title;
  const moment = (at: string) => format.moment(Date.parse(at), serverNow());
  const choose = (count: number) => {
    query.set('hours', String(count));
    navigate(`/handover?${query}`, { replace: true });
  };
  return (
    <AlertFrame page="handover" title={name} unit={unit} preferences={preferences} shape="flows">
      <div className="watch-head">
        <h1>{name}</h1>
        <Switch
          label={t('handover.hours')}
          options={HOURS.map((count) => ({ value: count, text: t('handover.lastHours', { count }) }))}
          chosen={hours}
          onChoose={choose}
        />
        <button type="button" className="button" onClick={() => globalThis.print()}>
          {t('handover.print')}
        </button>
      </div>
      <PanelFrame
        title={data ? t('handover.span', { from: moment(data.from), to: moment(data.to) }) : title}
        state={told}
        retry={() => void refetch()}
      >
        {data && <HandoverSums sheet={data} />}
      </PanelFrame>
      {data && (
        <>
          <HandoverAlerts sheet={{ ...data, open: listWaiting(data) }} />
          <HandoverFeeds feeds={data.feeds} />
          <HandoverExplanations explanations={data.explanations} />
          <HandoverNotes notes={data.notes} />
          <Signatures />
        </>
      )}
    </AlertFrame>
  );
}

/** What waits for somebody: messages ask nobody to acknowledge them. */
function listWaiting({ open }: HandoverAnswer): HandoverAnswer['open'] {
  return open.filter(({ label }) => label !== 'message');
}

function HandoverSums({ sheet }: { sheet: HandoverAnswer }) {
  const { t, format } = useLanguage();
  const sums: [number, string][] = [
    [sheet.raised, t('handover.raised')],
    [sheet.closed, t('handover.closed')],
    [listWaiting(sheet).length, t('handover.waiting')],
    [sheet.inHand.length, t('handover.inHandCount')],
    [sheet.shelved.length, t('handover.shelvedCount')],
    [sheet.outOfService.length, t('handover.outOfServiceCount')],
  ];
  return (
    <ul className="handover-sums">
      {sums.map(([count, words]) => (
        <li key={words}>
          <strong>{format.number(count)}</strong> {words}
        </li>
      ))}
    </ul>
  );
}

/** Where both sign, on paper. */
function Signatures() {
  const { t } = useLanguage();
  return (
    <div className="on-paper">
      <div className="handover-sign">
        <p>{t('handover.signGiver')}</p>
        <p>{t('handover.signTaker')}</p>
      </div>
    </div>
  );
}
