/** Thresholds of a unit with where they come from; overrides; tables of thresholds that come in and go out. */
import { useQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { dayOf } from '../../shared/period.ts';
import { overridesQuery, rulesQuery, thresholdsQuery, unitQuery } from '../api.ts';
import { OfficeFrame, OfficeRead } from '../people/office.tsx';
import type { Preferences } from '../preferences.ts';
import { useAskedAt, useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { addressOfThresholds } from './addresses.ts';
import { ThresholdTable } from './import-panel.tsx';
import { OverrideForm } from './override-form.tsx';
import { OverrideList } from './override-list.tsx';
import { useTelling } from './telling.ts';
import { EffectiveTable } from './threshold-table.tsx';
import { UnitChooser } from './unit-chooser.tsx';
import { mayWrite } from './ways.ts';
import './rules.css';
import './sentence.css';
import './thresholds.css';

/** `/thresholds/REF` (the viewer's own unit without it); `?rule=ID` shows the overrides of one rule. */
export function ThresholdsPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const { session } = useSession();
  const [path, navigate] = useLocation();
  const search = useSearch();
  const unit = decodeRef(path.split('/')[2] ?? '') || (session?.unit.ref ?? '');
  const rule = new URLSearchParams(search).get('rule');
  const go = (ref: string) => navigate(addressOfThresholds(ref));
  return (
    <OfficeFrame page="thresholds" about={t('thresholds.about')} preferences={preferences}>
      <UnitChooser label={t('thresholds.unit')} unit={unit} onChoose={go} />
      {unit !== '' && <Thresholds key={unit} unit={unit} rule={rule} />}
    </OfficeFrame>
  );
}

function decodeRef(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function Thresholds({ unit, rule }: { unit: string; rule: string | null }) {
  const { session, zone } = useSession();
  const { t, say } = useLanguage();
  const today = dayOf(useAskedAt(), zone);
  const about = useQuery(unitQuery(unit));
  const thresholds = useQuery({ ...thresholdsQuery({ unit }, { rulesSeq: null, today }), staleTime: 0 });
  const rules = useQuery(rulesQuery({ unit }));
  const overrides = useQuery(overridesQuery({ unit, ...(rule !== null && { rule }) }));
  const { telling } = useTelling(rules.data?.rules ?? []);
  const reads = [about, thresholds, rules, overrides];
  const retry = () => {
    for (const read of reads) if (read.error) void read.refetch();
  };
  const error = reads.find((read) => read.error)?.error ?? null;
  const mayOverride = rules.data?.rules.some(({ may }) => may.includes('override')) === true;
  return (
    <OfficeRead isPending={reads.some(({ isPending }) => isPending)} error={error} retry={retry}>
      {about.data && thresholds.data && rules.data && overrides.data && (
        <>
          <h2>{t('thresholds.of', { unit: say(about.data.unit.name) })}</h2>
          <EffectiveTable
            {...{ telling, thresholds: thresholds.data.thresholds, rules: rules.data.rules }}
            unit={about.data.unit}
          />
          <h2>{t('overrides.title')}</h2>
          {mayOverride ? (
            <OverrideForm
              {...{ telling, unit, rule, rules: rules.data.rules, thresholds: thresholds.data.thresholds }}
            />
          ) : (
            <p className="rule-why">{t('overrides.noRule')}</p>
          )}
          <OverrideList overrides={overrides.data.overrides} rules={rules.data.rules} telling={telling} />
          <ThresholdTable unit={unit} mayImport={mayWrite(session)} telling={telling} />
        </>
      )}
    </OfficeRead>
  );
}
