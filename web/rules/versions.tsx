import { useId, useState } from 'react';
import type { RuleVersionView } from '../../shared/rule-view.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Differences } from './differences.tsx';
import type { Telling } from './sentence.ts';

type VersionsProps = { versions: readonly RuleVersionView[]; telling: Telling };

/** A rule's versions, newest first: who, when, why; and any two of them side by side. */
export function Versions({ versions, telling }: VersionsProps) {
  const { t } = useLanguage();
  return (
    <section className="rule-versions" aria-label={t('versions.title')}>
      <h2>{t('versions.title')}</h2>
      <div className="office-scroll">
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{t('versions.version')}</th>
              <th scope="col">{t('versions.state')}</th>
              <th scope="col">{t('versions.saved')}</th>
              <th scope="col">{t('versions.approved')}</th>
              <th scope="col">{t('versions.in')}</th>
              <th scope="col">{t('versions.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <VersionRow key={version.version} version={version} />
            ))}
          </tbody>
        </table>
      </div>
      {versions.length > 1 && <Comparison versions={versions} telling={telling} />}
    </section>
  );
}

function VersionRow({ version: row }: { version: RuleVersionView }) {
  const { t, format } = useLanguage();
  const now = useAskedAt();
  const moment = (iso: string) => format.moment(Date.parse(iso), now);
  const { version, state, savedAt, savedBy, approvedBy, activeFrom, activeTo, reason } = row;
  const from = activeFrom === null ? '' : moment(activeFrom);
  const to = activeTo === null ? '' : moment(activeTo);
  return (
    <tr>
      <th scope="row">{version}</th>
      <td>{t(`versions.state.${state}`)}</td>
      <td>
        {savedAt === null
          ? t('versions.shipped')
          : t('rules.savedBy', { who: savedBy ?? '', moment: moment(savedAt) })}
      </td>
      <td>{approvedBy}</td>
      <td>{(from !== '' || to !== '') && t('preview.fromTo', { from, to })}</td>
      <td>{reason}</td>
    </tr>
  );
}

function Comparison({ versions, telling }: VersionsProps) {
  const { t } = useLanguage();
  const id = useId();
  const newest = versions[0]?.version ?? 0;
  const [pair, setPair] = useState({ older: versions[1]?.version ?? newest, newer: newest });
  const bodyOf = (version: number) => versions.find((one) => one.version === version)?.body;
  const [older, newer] = [bodyOf(pair.older), bodyOf(pair.newer)];
  const name = (version: number) => t('rules.version', { version });
  return (
    <div className="comparison">
      <h3>{t('versions.compare')}</h3>
      <div className="comparison-choice">
        {(['older', 'newer'] as const).map((side) => (
          <div key={side} className="field">
            <label htmlFor={`${id}-${side}`}>{t(`versions.${side}`)}</label>
            <select
              id={`${id}-${side}`}
              value={pair[side]}
              onChange={(event) => setPair({ ...pair, [side]: Number(event.target.value) })}
            >
              {versions.map(({ version }) => (
                <option key={version} value={version}>
                  {name(version)}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      {older && newer && (
        <Differences
          before={older}
          after={newer}
          heads={{ before: name(pair.older), after: name(pair.newer) }}
          telling={telling}
          same={t('versions.equal')}
        />
      )}
    </div>
  );
}
