import './panel.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import { INDEX_BANDS, VOLUME_CLASSES } from '../../shared/index766.ts';
import { INDEX_GROUPS } from '../../shared/index766-components.ts';
import type { GroupLine, IndexAnswer } from '../../shared/index766-wire.ts';
import { type Period, parsePeriod, periodOf } from '../../shared/period.ts';
import { keepLook } from '../address.ts';
import { indexQuery, pauseAfter } from '../api.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useAskingAgain } from '../figures/asked.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import { lateSinceOf, toldBy, usePanelState } from '../panel-state.ts';
import { PanelFrame } from '../panels/frame.tsx';
import { useLanguage } from '../words/words.ts';
import { indexPath } from './place.ts';
import { PointsBar } from './points-bar.tsx';
import { wordBefore } from './say.ts';

const RENEW_MS = 60_000;

type PanelProps = {
  unit: UnitView;
  figures: FiguresView;
  /** Whether the board says already that the unit has no figures in the period. */
  isAbsent: boolean;
};

/** The index is told by month, quarter and year: of a day or a week the month in which it begins. */
function indexPeriodOf(period: Period): Period {
  const isTold = period.grain === 'month' || period.grain === 'quarter' || period.grain === 'year';
  return isTold ? period : periodOf(period.from, 'month');
}

/** The index of Decision 766 on a board: its total of 100 and where its points are lost; nothing where the board told of no figures. */
export function IndexPanel({ unit, figures, isAbsent }: PanelProps) {
  const { t, format } = useLanguage();
  const { state: live, serverNow } = useFollowing();
  const period = indexPeriodOf(figures.period);
  const asked = { unit: unit.ref, period: period.key };
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...indexQuery(asked),
    refetchInterval: ({ state }) => pauseAfter(state.error) || (figures.isProvisional && RENEW_MS),
  });
  useAskingAgain(refetch, { seq: figures.isCurrent ? data?.seq : undefined, answeredAt: dataUpdatedAt });
  const newest = figures.figureOf(unit.id, 'HS01');
  const lateSince = lateSinceOf(newest, { feeds: live?.feeds ?? [], now: serverNow() });
  const state = usePanelState(toldBy({ data, error }), lateSince);
  const path = useIndexPath(asked);
  if (isAbsent && (data?.score.value ?? null) === null) return null;
  const note = [format.period(period), ...(data?.provisional ? [t('index.provisional')] : [])];
  return (
    <PanelFrame
      className="index-panel"
      title={
        <Link className="index-panel-title" href={path}>
          {t('index.title')}
        </Link>
      }
      note={note.join(' · ')}
      state={state}
      retry={() => void refetch()}
    >
      {data && (
        <div className="index-panel-parts">
          <Total answer={data} isOther={period.key !== figures.period.key} />
          <ul>
            {data.score.groups.map((group) => (
              <Group key={group.id} group={group} path={path} />
            ))}
          </ul>
        </div>
      )}
    </PanelFrame>
  );
}

/** The address of the page on which points are told by component. */
function useIndexPath({ unit, period: key }: { unit: string; period: string }): string {
  const search = keepLook(useSearch());
  const period = parsePeriod(key);
  return indexPath({ unit, view: 'points', ...(period && { period }) }, search);
}

/** The total with its band, what it is known of, its rank among peers, and how it moved. */
function Total({ answer, isOther }: { answer: IndexAnswer; isOther: boolean }) {
  const language = useLanguage();
  const { t, say, format } = language;
  const { score, standing, volume } = answer;
  if (score.value === null) return <p className="index-panel-none">{t('index.none')}</p>;
  const band = INDEX_BANDS.find(({ id }) => id === score.band);
  const ofVolume = VOLUME_CLASSES.find(({ id }) => id === volume);
  const told = {
    known: score.groups.filter(({ outOf }) => outOf > 0).length,
    groups: score.groups.length,
    points: format.fine(score.points),
    outOf: format.number(score.outOf),
  };
  return (
    <div className="index-panel-total">
      <p className="index-panel-value">
        <ExplainButton indicator="IDX" {...(isOther && { period: answer.period })}>
          <strong>{format.fine(score.value)}</strong>
        </ExplainButton>
        <span>{t('index.ofHundred')}</span>
        {band && <em data-band={band.id}>{say(band.words)}</em>}
      </p>
      <p>{wordBefore(answer, language)}</p>
      <p data-part={score.outOf < score.max || undefined}>
        {t(score.outOf < score.max ? 'index.panel.part' : 'index.outOfAll', told)}
      </p>
      {standing && ofVolume && standing.among > 1 && (
        <p>{t('index.rank', { ...standing, volume: say(ofVolume.words) })}</p>
      )}
    </div>
  );
}

/** One group: its points of all it could bring as a bar, and how many are lost; a way to its components. */
function Group({ group, path }: { group: GroupLine; path: string }) {
  const { t, say, format } = useLanguage();
  const { id, points, outOf, max, isTaken } = group;
  const isKnown = outOf > 0;
  const unknown = max - outOf;
  const about = [
    ...(isKnown ? [t('index.lost', { points: format.fine(outOf - points) })] : []),
    ...(unknown > 0 ? [t('index.unknownPart', { points: format.number(unknown) })] : []),
    ...(isTaken ? [t('index.takenHint')] : []),
  ];
  return (
    <li>
      <Link href={path} title={about.join(' · ')} data-known={isKnown}>
        <span>{say(INDEX_GROUPS[id])}</span>
        <PointsBar group={group} />
        <span className="index-panel-points">
          {isKnown ? format.fine(points) : '–'}
          <small>/{format.number(max)}</small>
        </span>
        <span className="index-panel-lost">
          {isKnown && points < outOf && `−${format.fine(outOf - points)}`}
          {!isKnown && <span className="hidden">{t('index.none')}</span>}
        </span>
      </Link>
    </li>
  );
}
