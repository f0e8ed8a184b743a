import { useState } from 'react';
import { Link } from 'wouter';
import type { RuleBody } from '../../shared/rule.ts';
import type { OverrideView, RuleView } from '../../shared/rule-view.ts';
import { useAct } from '../people/asking.tsx';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { addressOfThresholds } from './addresses.ts';
import { listFields } from './effective-values.ts';
import { useFieldWords } from './field-words.ts';
import { ReasonForm } from './reason-form.tsx';
import { type Telling, writeCount, writeNumber, writeThreshold } from './sentence.ts';

type ListProps = { overrides: readonly OverrideView[]; rules: readonly RuleView[]; telling: Telling };

/** Overrides with who made them and why, those that hold or wait first asked for; each can be decided or ended by who may. */
export function OverrideList({ overrides, rules, telling }: ListProps) {
  const { t } = useLanguage();
  const [isAll, showAll] = useState(false);
  const living = overrides.filter(({ state }) => state !== 'ended' && state !== 'rejected');
  const shown = isAll ? overrides : living;
  return (
    <>
      {living.length < overrides.length && (
        <label className="tick">
          <input type="checkbox" checked={isAll} onChange={(event) => showAll(event.target.checked)} />
          {t('overrides.showEnded')}
        </label>
      )}
      {shown.length === 0 ? (
        <p>{t('overrides.none')}</p>
      ) : (
        <div className="office-scroll">
          <table className="office-table overrides-table">
            <caption className="hidden">{t('overrides.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('table.unit')}</th>
                <th scope="col">{t('overrides.rule')}</th>
                <th scope="col">{t('thresholds.values')}</th>
                <th scope="col">{t('overrides.when')}</th>
                <th scope="col">{t('overrides.who')}</th>
                <th scope="col">{t('overrides.state')}</th>
                <th scope="col">
                  <span className="hidden">{t('overrides.act')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <OverrideRow
                  key={one.id}
                  override={one}
                  body={rules.find(({ id }) => id === one.rule)?.current.body ?? null}
                  telling={telling}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

type RowProps = { override: OverrideView; body: RuleBody | null; telling: Telling };

function OverrideRow({ override, body, telling }: RowProps) {
  const { t, say, format } = useLanguage();
  const now = useAskedAt();
  const { rule, ruleName, unit, unitName, level, from, to, reason, by, state, savedAt } = override;
  return (
    <tr data-state={state}>
      <th scope="row">
        <Link href={addressOfThresholds(unit)}>{say(unitName)}</Link>
        {level && <small>{t(`rules.level.${level}`)}</small>}
      </th>
      <td>
        <Link href={`/rules/${encodeURIComponent(rule)}`}>{say(ruleName)}</Link>
      </td>
      <td>
        <OverrideFields override={override} body={body} telling={telling} />
      </td>
      <td>{t('overrides.days', { from: format.day(from), to: format.day(to) })}</td>
      <td>
        {t('rules.savedBy', { who: by, moment: format.moment(Date.parse(savedAt), now) })}
        <small>“{reason}”</small>
      </td>
      <td>{t(`overrides.state.${state}`)}</td>
      <td>
        <OverrideWays override={override} />
      </td>
    </tr>
  );
}

/** What an override sets; of each value that does not count, what holds in its stead. */
function OverrideFields({ override: { values, overruled }, body, telling }: RowProps) {
  const { t, say } = useLanguage();
  const wordField = useFieldWords();
  const write = (field: string, value: number) => {
    if (!body || field === 'minimum') return writeNumber(value, telling);
    const writeOne = field.startsWith('count') ? writeCount : writeThreshold;
    return writeOne(value, body.condition, telling);
  };
  const wordOverruled = ({ field, holds, unitName }: OverrideView['overruled'][number]) => {
    if (field === 'isOff') return t('overrides.overruledOff');
    const value = holds === null ? t('thresholds.notJudged') : write(field, holds);
    return unitName
      ? t('overrides.overruledBy', { unit: say(unitName), value })
      : t('overrides.overruled', { value });
  };
  return (
    <ul>
      {listFields(values).map(({ field, value }) => {
        const over = overruled.find((one) => one.field === field);
        return (
          <li key={field} data-overruled={over !== undefined || undefined}>
            <span>
              {wordField(field)} {value === true ? '' : write(field, value)}
            </span>
            {over && <small className="overruled">{wordOverruled(over)}</small>}
          </li>
        );
      })}
    </ul>
  );
}

type Decision = 'approve' | 'reject' | 'end';

function OverrideWays({ override }: { override: OverrideView }) {
  const { t, say } = useLanguage();
  const [decision, decide] = useState<Decision | null>(null);
  const act = useAct('decideOverride', {
    renews: ['listOverrides', 'listThresholds', 'listRules', 'getRule'],
    after: () => decide(null),
  });
  const { id, may, state, unitName } = override;
  const offered: Decision[] = [
    ...(may.includes('approve') ? (['approve', 'reject'] as const) : []),
    ...(may.includes('end') ? (['end'] as const) : []),
  ];
  const words = { approve: t('rules.approve'), reject: t('rules.reject'), end: t('overrides.end') };
  return (
    <div className="override-ways">
      {state === 'proposed' && !may.includes('approve') && <small>{t('rules.notYours')}</small>}
      {offered.map((one) => (
        <button
          key={one}
          type="button"
          className="button"
          aria-expanded={decision === one}
          aria-label={one === 'end' ? t('overrides.endOf', { unit: say(unitName) }) : undefined}
          onClick={() => decide(decision === one ? null : one)}
        >
          {words[one]}
        </button>
      ))}
      {decision && (
        <ReasonForm
          submit={t('rules.confirm')}
          isBusy={act.isPending}
          error={act.error}
          onSubmit={(reason) => act.mutate({ id, decision, reason })}
        />
      )}
    </div>
  );
}
