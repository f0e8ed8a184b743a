import './watch.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { HealthAnswer } from '../../shared/alert-health.ts';
import { writeSpan } from '../../shared/span-text.ts';
import { healthQuery } from '../api.ts';
import { drawDays } from '../chart/days-drawing.ts';
import { Chart } from '../chart.tsx';
import { useFollowing } from '../following.tsx';
import type { Lang } from '../format.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { PanelFrame } from '../panels/frame.tsx';
import type { Preferences } from '../preferences.ts';
import { useLanguage } from '../words/words.ts';
import { AlertFrame } from './frame.tsx';
import { type Fact, Facts } from './health-facts.tsx';
import { HealthMix, JudgeLag } from './health-parts.tsx';
import { IdleRules, Offenders } from './offenders.tsx';
import { Switch } from './switch.tsx';

/** Over how many days; alerts of more than a year are not asked for. */
const DAYS = [7, 30, 90, 365] as const;
const RENEW_MS = 60_000;

/** Shares and counts that are still sound: of the time in flood, and of alerts active for more than a day. */
const SOUND = { floodShare: 0.01, stale: 5 } as const;

/** Health of the alerts of a unit: whether people can bear them, which rules are to blame, and whether the judge keeps up. */
export function HealthPage({ unit, preferences }: { unit: string | null; preferences: Preferences }) {
  const { t, lang, say } = useLanguage();
  const { state } = useFollowing();
  const [, navigate] = useLocation();
  const query = new URLSearchParams(useSearch());
  const days = DAYS.find((known) => String(known) === query.get('days')) ?? 30;
  const { data, error, refetch } = useQuery({
    ...healthQuery({ days, ...(unit !== null && { unit }) }),
    refetchInterval: RENEW_MS,
  });
  const told = usePanelState(toldBy({ data, error }));
  const choose = (count: number) => {
    query.set('days', String(count));
    navigate(`/health?${query}`, { replace: true });
  };
  const title = t('health.title');
  const name = state ? t('watch.of', { page: title, unit: say(state.unit.name) }) : title;
  return (
    <AlertFrame page="health" title={name} unit={unit} preferences={preferences} shape="flows">
      <div className="watch-head">
        <h1>{name}</h1>
        <Switch
          label={t('health.days')}
          options={DAYS.map((count) => ({ value: count, text: t('health.lastDays', { count }) }))}
          chosen={days}
          onChoose={choose}
        />
      </div>
      <PanelFrame title={t('health.load')} note={t('health.about')} state={told} retry={() => void refetch()}>
        {data && <Facts facts={listFacts(data, { t, lang })} />}
      </PanelFrame>
      {data && <HealthBody health={data} />}
    </AlertFrame>
  );
}

function HealthBody({ health }: { health: HealthAnswer }) {
  return (
    <>
      <div className="watch-row">
        <RaisedPerDay health={health} />
        <HealthMix health={health} />
        <JudgeLag judge={health.judge} />
      </div>
      <Offenders offenders={health.offenders} total={health.episodes} />
      <IdleRules idle={health.idle} unit={health.unit} />
    </>
  );
}

type T = ReturnType<typeof useLanguage>['t'];

/** What the load of people is measured by, each with what is still sound. */
function listFacts(health: HealthAnswer, { t, lang }: { t: T; lang: Lang }): Fact[] {
  const { perOperatorDay, bearable, perTenMinutes, floodShare, stale, chattering, operators } = health;
  return [
    {
      title: t('health.perDay'),
      value: perOperatorDay,
      isSound: perOperatorDay <= bearable,
      note: operators === 0 ? t('health.noOperator') : t('health.operators', { count: operators }),
      target: t('health.atMost', { value: bearable }),
    },
    {
      title: t('health.perTen'),
      value: perTenMinutes.mean,
      isSound: perTenMinutes.mean <= 1,
      note: t('health.most', { count: perTenMinutes.most }),
      at: perTenMinutes.mostAt,
      target: t('health.atMost', { value: 1 }),
    },
    {
      title: t('health.flood'),
      value: 100 * floodShare,
      unit: '%',
      isSound: floodShare < SOUND.floodShare,
      target: t('health.under', { value: '1 %' }),
    },
    {
      title: t('health.stale'),
      value: stale,
      isSound: stale <= SOUND.stale,
      target: t('health.atMost', { value: SOUND.stale }),
    },
    { title: t('health.chattering'), value: chattering, isSound: chattering === 0, target: t('health.none') },
    {
      title: t('health.acknowledged'),
      value: health.meanAcknowledgeMinutes,
      text: writeSpan((health.meanAcknowledgeMinutes ?? 0) * 60_000, lang),
      isSound: true,
      target: '',
    },
  ];
}

function RaisedPerDay({ health }: { health: HealthAnswer }) {
  const { t, format } = useLanguage();
  const { days, bearable, operators, from } = health;
  const drawing = useMemo(() => {
    const shortDay = (index: number) => days[index]?.day.slice(5).split('-').reverse().join('/') ?? '';
    return drawDays({
      counts: days.map(({ raised }) => raised),
      bearable: { value: bearable * Math.max(1, operators), words: t('health.bearable') },
      day: shortDay,
      tip: (index) =>
        t('health.onDay', { day: shortDay(index), count: format.number(days[index]?.raised ?? 0) }),
      number: format.number,
    });
  }, [days, bearable, operators, t, format]);
  const last = days.at(-1)?.day ?? from;
  const span = t('health.span', { from: format.day(from), to: format.day(last) });
  return (
    <section className="panel">
      <header className="panel-head">
        <h2 className="panel-title">{t('health.raised')}</h2>
        <p className="panel-note">{span}</p>
      </header>
      <Chart
        drawing={drawing}
        height="14rem"
        label={t('health.raisedLabel', { span })}
        table={{
          head: [t('health.day'), t('health.raisedHead')],
          rows: days.map(({ day, raised }) => [format.day(day), format.number(raised)]),
        }}
      />
    </section>
  );
}
