/** Marks of systems that are read without colour: a shape, a code and a word; and the band of a day. */
import './systems.css';
import type { SystemState } from '../../shared/system.ts';
import type { SystemView } from '../../shared/system-wire.ts';
import { useLanguage } from '../words/words.ts';
import { runsOf, wordBand } from './system-words.ts';

/** The shape and the code of each state: those of alerts, dashed where nothing is known. */
const MARKS: Record<SystemState, { shape: string; code: string }> = {
  down: { shape: '▲', code: '2' },
  silent: { shape: '▢', code: '?' },
  unknown: { shape: '▢', code: '?' },
  up: { shape: '', code: '' },
};

/** How a system stands: shape, code and word on its colour; of one that is up the word alone. */
export function SystemMark({ state }: { state: SystemState }) {
  const { t } = useLanguage();
  const { shape, code } = MARKS[state];
  return (
    <span className="system-mark" data-state={state}>
      {shape !== '' && (
        <span className="system-shape" aria-hidden="true">
          {shape}
          <span className="system-code">{code}</span>
        </span>
      )}
      {t(`systems.state.${state}`)}
    </span>
  );
}

/** A day by quarters of an hour: low and grey where it was up, full where it was down, hatched where nothing was read. */
export function DayBand({ band }: { band: SystemView['band'] }) {
  const { t } = useLanguage();
  const told = wordBand(band, { t });
  return (
    <span className="system-band" role="img" aria-label={told} title={told}>
      {runsOf(band).map(({ state, from, to }) => (
        <span key={from} className="system-run" data-state={state} style={{ flexGrow: to - from }} />
      ))}
    </span>
  );
}

const HOURS = [0, 6, 12, 18, 24];

/** The hours below a band. */
export function BandHours() {
  return (
    <span className="system-hours" aria-hidden="true">
      {HOURS.map((hour) => (
        <span key={hour}>{hour}</span>
      ))}
    </span>
  );
}

/** What the colours, heights and hatches of bands mean. */
export function BandLegend() {
  const { t } = useLanguage();
  return (
    <ul className="system-legend" aria-label={t('systems.band.legend')}>
      {(['up', 'partly', 'down', 'none'] as const).map((state) => (
        <li key={state}>
          <span className="system-swatch" aria-hidden="true">
            <span className="system-run" data-state={state} />
          </span>
          {t(`systems.band.${state}`)}
        </li>
      ))}
    </ul>
  );
}
