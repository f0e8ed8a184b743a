/** How much a rule would ask of those who attend it. */
import { BEARABLE_PER_DAY } from '../../shared/alert.ts';
import type { PreviewAnswer, PreviewLoad } from '../../shared/preview.ts';
import { ALERT_SEVERITIES } from '../../shared/rule.ts';
import { type Language, useLanguage } from '../words/words.ts';
import { AlertWord } from './shape.tsx';

/** How a load is called: what one operator can bear in a day, up to twice that, and beyond. */
export function burdenOf(perOperatorDay: number): 'easy' | 'much' | 'flood' {
  if (perOperatorDay <= BEARABLE_PER_DAY) return 'easy';
  return perOperatorDay <= 2 * BEARABLE_PER_DAY ? 'much' : 'flood';
}

const DAY_MS = 86_400_000;

/** A length of time in alert: in days from two on, in hours below. */
export function wordTime(ms: number, { t, format }: Pick<Language, 't' | 'format'>): string {
  if (ms >= 2 * DAY_MS) return t('preview.daysLong', { count: format.number(Math.round(ms / DAY_MS)) });
  return t('preview.hours', { count: format.number(Math.round(ms / 3_600_000)) });
}

/** The load of a draft in numbers, beside that of the rule in force. */
export function Load({ answer }: { answer: PreviewAnswer }) {
  const { load, saved } = answer;
  const language = useLanguage();
  const { t, format } = language;
  const figures: [string, (load: PreviewLoad) => string][] = [
    [t('preview.episodes'), ({ episodes }) => format.number(episodes)],
    [t('preview.units'), ({ units }) => format.number(units)],
    [t('preview.time'), ({ alertMs }) => wordTime(alertMs, language)],
    [t('preview.flood'), ({ floodMinutes }) => format.number(floodMinutes)],
  ];
  return (
    <div className="load">
      <Burden load={load} saved={saved} />
      <dl className="load-figures">
        {figures.map(([word, read]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>
              <strong>{read(load)}</strong>
              {saved && <small>{t('preview.now', { value: read(saved) })}</small>}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('preview.severities')}</dt>
          <dd className="load-severities">
            {ALERT_SEVERITIES.filter((severity) => (load.bySeverity[severity] ?? 0) > 0).map((severity) => (
              <span key={severity}>
                <AlertWord severity={severity} /> {format.number(load.bySeverity[severity] ?? 0)}
              </span>
            ))}
          </dd>
        </div>
      </dl>
      {answer.differs && <Differs differs={answer.differs} />}
    </div>
  );
}

/** Alerts of an operator's day as a bar against what one can bear. */
function Burden({ load, saved }: { load: PreviewLoad; saved: PreviewLoad | null }) {
  const { t, format } = useLanguage();
  const { perOperatorDay } = load;
  const burden = burdenOf(perOperatorDay);
  const most = Math.max(2 * BEARABLE_PER_DAY, perOperatorDay);
  const share = (value: number) => `${Math.min(100, (100 * value) / most)}%`;
  const write = (value: number) => (value < 10 ? format.decimal(value) : format.number(Math.round(value)));
  return (
    <div className="burden" data-burden={burden}>
      <p>
        <span>{t('preview.load')}</span> <strong className="burden-figure">{write(perOperatorDay)}</strong>{' '}
        <strong className="burden-word">{t(`preview.load.${burden}`)}</strong>
      </p>
      <div className="burden-bar" aria-hidden="true">
        <span className="burden-fill" style={{ inlineSize: share(perOperatorDay) }} />
        <span className="burden-mark" style={{ insetInlineStart: share(BEARABLE_PER_DAY) }} />
      </div>
      <p className="burden-notes">
        <span>{t('preview.load.bearable', { limit: BEARABLE_PER_DAY })}</span>
        {saved && <span>{t('preview.now', { value: write(saved.perOperatorDay) })}</span>}
        {(load.bySeverity.advisory ?? 0) > 0 && <span>{t('preview.load.message')}</span>}
      </p>
    </div>
  );
}

function Differs({ differs }: { differs: NonNullable<PreviewAnswer['differs']> }) {
  const { t, format } = useLanguage();
  const total = Math.max(1, differs.onlyDraft + differs.onlySaved + differs.both);
  const parts = ['onlySaved', 'both', 'onlyDraft'] as const;
  return (
    <div className="differs">
      <p>{t('preview.differs')}</p>
      <div className="differs-bar" aria-hidden="true">
        {parts.map((part) => (
          <span key={part} data-part={part} style={{ inlineSize: `${(100 * differs[part]) / total}%` }} />
        ))}
      </div>
      <ul>
        {parts.map((part) => (
          <li key={part}>
            <span className="differs-key" data-part={part} aria-hidden="true" />{' '}
            {t(`preview.${part}`, { count: format.number(differs[part]) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
