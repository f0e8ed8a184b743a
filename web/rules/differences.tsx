import type { RuleBody } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';
import { listDifferences } from './describe.ts';
import type { Telling } from './sentence.ts';

type DifferencesProps = {
  before: RuleBody;
  after: RuleBody;
  heads: { before: string; after: string };
  telling: Telling;
  /** What is said where nothing differs. */
  same: string;
};

/** What differs between two rules, part by part. */
export function Differences({ before, after, heads, telling, same }: DifferencesProps) {
  const { t } = useLanguage();
  const differences = listDifferences(before, after, telling);
  if (differences.length === 0) return <p>{same}</p>;
  return (
    <div className="office-scroll">
      <table className="office-table differences">
        <thead>
          <tr>
            <th scope="col">{t('save.field')}</th>
            <th scope="col">{heads.before}</th>
            <th scope="col">{heads.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.label}>
              <th scope="row">{one.label}</th>
              <td>{one.before}</td>
              <td>{one.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
