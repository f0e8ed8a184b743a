import './strip.css';
import type { StepView } from '../../shared/answers.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Indicator, Severity } from '../../shared/indicator.ts';
import { severityOf } from '../../shared/judgement.ts';
import type { FiguresView } from '../figures.ts';
import { useFollowing } from '../following.tsx';
import type { Format } from '../format.ts';
import { toldBy, usePanelState } from '../panel-state.ts';
import { type ThresholdBook, useThresholds } from '../thresholds.tsx';
import { type Language, type PlainKey, useLanguage } from '../words/words.ts';
import { FeedAges } from './feed-ages.tsx';
import { PanelStead } from './frame.tsx';
import { SEVERITY_SHAPES } from './severity.tsx';

const STEP_LINES = ['newest', 'second', 'third'] as const;
const ABNORMAL: readonly Severity[] = ['critical', 'major', 'warning'];

/** `own`: by which indicators a unit with none below it is judged. */
type LevelsProps = { figures: FiguresView; indicator: Indicator; own: readonly string[] };

type StripProps = LevelsProps & { feeds?: number | undefined };

/** The line at the foot of the wall: how many units stand at each level, what just happened, and which feeds speak. */
export function LiveStrip({ figures, indicator, own, feeds }: StripProps) {
  return (
    <footer className="strip">
      <LevelCounts {...{ figures, indicator, own }} />
      <NewestSteps />
      <FeedAges room={feeds} />
    </footer>
  );
}

function judgeUnits(figures: FiguresView, indicator: Indicator, book: ThresholdBook): Severity[] {
  const told = figures.figuresOf(indicator.id);
  return figures.children.flatMap((unit) => {
    const figure = told.get(unit.id);
    return figure ? severityOf(indicator, figure, book.of(indicator.id, unit)) : [];
  });
}

/** Of a unit with none below it: at which level each of its own key figures is. */
function judgeKeyFigures(
  { unit, figureOf }: FiguresView,
  own: readonly string[],
  book: ThresholdBook,
): Severity[] {
  if (!unit) return [];
  return own.flatMap((id) => {
    const [indicator, figure] = [findIndicator(id), figureOf(unit.id, id)];
    return indicator && figure ? [severityOf(indicator, figure, book.of(id, unit))] : [];
  });
}

function LevelCounts({ figures, indicator, own }: LevelsProps) {
  const { t, say, format } = useLanguage();
  const isLeaf = figures.status === 'own' || (figures.status === 'ready' && figures.children.length === 0);
  const book = useThresholds();
  const severities = isLeaf ? judgeKeyFigures(figures, own, book) : judgeUnits(figures, indicator, book);
  const count = (severity: Severity) => severities.filter((known) => known === severity).length;
  const title = isLeaf ? t('strip.own') : t('strip.levels', { indicator: say(indicator.words) });
  if (figures.absence) {
    return (
      <div className="strip-levels">
        <h2 className="strip-title">{title}</h2>
        <p>{t('panel.empty')}</p>
      </div>
    );
  }
  return (
    <div className="strip-levels">
      <h2 className="strip-title">{title}</h2>
      <ul>
        {ABNORMAL.map((severity) => (
          <li key={severity} data-severity={count(severity) > 0 ? severity : 'normal'}>
            <span className="strip-count">
              <span aria-hidden="true">{SEVERITY_SHAPES[severity]}</span> {format.number(count(severity))}
            </span>
            <span>{t(`severity.${severity}`)}</span>
          </li>
        ))}
        <li data-severity="normal">
          <span className="strip-count">{format.number(severities.length)}</span>
          <span>{t(isLeaf ? 'strip.indicators' : 'strip.units')}</span>
        </li>
      </ul>
    </div>
  );
}

const WITH_CHANNEL = new Set([1, 2]);

/** A step in words: `Xã Hy Cương · tiếp nhận trực tuyến · Đăng ký khai sinh`. */
export function wordStep(
  step: StepView,
  { t, say }: Pick<Language, 't' | 'say'>,
): { what: string; about: string } {
  const channels: Record<string, PlainKey> = {
    online: 'channel.online',
    direct: 'channel.direct',
    postal: 'channel.postal',
  };
  const channel = channels[step.channel];
  const words = [t(`step.${step.status}` as PlainKey)];
  if (channel && WITH_CHANNEL.has(step.status)) words.push(t(channel));
  if (step.outcome) words.push(t(`outcome.${step.outcome}`));
  return { what: words.join(' '), about: say(step.procedureName) };
}

/** With seconds today, with its day else: a feed may tell old steps late. */
function wordTime(at: number, format: Format, now: number): string {
  const moment = format.moment(at, now);
  return moment.length === 5 ? format.clock(at) : moment;
}

/** The newest steps that were told. */
export function NewestSteps() {
  const { state, serverNow } = useFollowing();
  const language = useLanguage();
  const { t, say, format } = language;
  const now = serverNow();
  const steps = state?.steps ?? [];
  const told = usePanelState(toldBy({ data: state ?? undefined, error: null }));
  return (
    <div className="strip-steps">
      <h2 className="strip-title">{t('strip.now')}</h2>
      {steps.length === 0 && (state ? <p>{t('strip.none')}</p> : <PanelStead state={told} />)}
      <ol>
        {STEP_LINES.map((line, index) => {
          const step = steps[index];
          if (!step) return null;
          const { what, about } = wordStep(step, language);
          return (
            <li key={line} data-late={step.outcome === 'late'}>
              <time dateTime={step.at}>{wordTime(Date.parse(step.at), format, now)}</time>
              <strong>{say(step.unitName)}</strong>
              <span>· {what}</span>
              <span className="strip-about" title={`· ${about}`}>
                · {about}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
