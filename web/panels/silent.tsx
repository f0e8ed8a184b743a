import './silent.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Link } from 'wouter';
import type { UnitView } from '../../shared/answers.ts';
import type { Period } from '../../shared/period.ts';
import type { SilentAnswer } from '../../shared/silent.ts';
import { useAddress } from '../address.ts';
import { silentQuery } from '../api.ts';
import { useFollowingIfAny } from '../following.tsx';
import { useAskedAt } from '../session.tsx';
import { type Language, useLanguage } from '../words/words.ts';
import { PanelError } from './frame.tsx';

type SilentProps = { unit: UnitView; period: Period; text: string; isWhole: boolean };

/** How many units have reported; while some have not, a button that lists them by name. */
export function ReportedShare({ unit, period, text, isWhole }: SilentProps) {
  const { t } = useLanguage();
  const [isOpen, open] = useState(false);
  if (isWhole) return <span>{text}</span>;
  return (
    <>
      <button
        type="button"
        className="silent-open"
        aria-haspopup="dialog"
        aria-label={t('silent.open', { told: text })}
        onClick={() => open(true)}
      >
        {text}
      </button>
      {isOpen &&
        // The share stands within a line of text, which can hold no dialog.
        createPortal(<SilentDialog unit={unit} period={period} onClose={() => open(false)} />, document.body)}
    </>
  );
}

/** That fewer units have told than report; empty where all have, or where that is not known. */
export function wordShare(share: number | null, { t, format }: Pick<Language, 't' | 'format'>): string {
  if (share === null || share >= 1) return '';
  return t('unit.completeness', { percent: format.share(share) });
}

/** The same as a button that lists them by name. */
export function ShortShare({
  unit,
  period,
  share,
}: Pick<SilentProps, 'unit' | 'period'> & { share: number | null }) {
  const text = wordShare(share, useLanguage());
  return text === '' ? null : <ReportedShare unit={unit} period={period} text={text} isWhole={false} />;
}

/** The same, of a page that does not hold the share: it is asked for. */
export function AskedShare({ unit, period }: Pick<SilentProps, 'unit' | 'period'>) {
  const { data } = useQuery(silentQuery({ unit: unit.ref, period: period.key }));
  if (!data || data.reporting === 0) return null;
  if (data.silent.length === 0) return null;
  const share = 1 - data.silent.length / data.reporting;
  return (
    <p>
      <ShortShare unit={unit} period={period} share={share} />
    </p>
  );
}

type DialogProps = { unit: UnitView; period: Period; onClose: () => void };

/** The units that told nothing in a period; the browser's own dialog: Esc closes it, the focus stays inside and returns. */
function SilentDialog({ unit, period, onClose }: DialogProps) {
  const { t, format } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const { data, error, refetch } = useQuery(silentQuery({ unit: unit.ref, period: period.key }));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="silent" aria-label={t('silent.title')} onClose={onClose}>
      <div className="silent-head">
        <h2>{t('silent.title')}</h2>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t('silent.close')}
        </button>
      </div>
      {data && (
        <p>
          {data.silent.length === 0
            ? t('silent.none')
            : t('silent.count', {
                period: format.period(period),
                count: data.silent.length,
                total: data.reporting,
              })}
        </p>
      )}
      {data && data.silent.length > 0 && <SilentTable silent={data.silent} onPick={onClose} />}
      {!data && error && <PanelError error={error} retry={() => void refetch()} />}
      {!data && !error && <p role="status">{t('panel.loading')}</p>}
    </dialog>
  );
}

function SilentTable({ silent, onPick }: { silent: SilentAnswer['silent']; onPick: () => void }) {
  const { href } = useAddress();
  const { t, say, format } = useLanguage();
  // A page of the office follows no unit.
  const following = useFollowingIfAny();
  const askedAt = useAskedAt();
  const now = following?.serverNow() ?? askedAt;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="silent-box" tabIndex={0} aria-label={t('silent.title')}>
      <table>
        <thead>
          <tr>
            {(['unit', 'level', 'last'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`silent.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {silent.map(({ unit, lastAt }) => (
            <tr key={unit.id}>
              <th scope="row">
                <Link href={href({ page: 'unit', unit: unit.ref })} onClick={onPick}>
                  {say(unit.name)}
                </Link>
              </th>
              <td>{t(`group.${unit.level}`)}</td>
              <td>{lastAt === null ? t('silent.never') : format.moment(Date.parse(lastAt), now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
