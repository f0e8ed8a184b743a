import { INDEX_GROUPS } from '../../shared/index766-components.ts';
import type { ComponentView, IndexAnswer } from '../../shared/index766-wire.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { useLanguage } from '../words/words.ts';
import { Taken } from './groups.tsx';
import { findComponent, type StoryPlace, storyOf, storyPlace } from './say.ts';

/** Every component by its group: what was counted, what that brought, and what was lost. */
export function Components({ answer }: { answer: IndexAnswer }) {
  const { t, say } = useLanguage();
  return (
    <section className="panel index-table" aria-label={t('index.components')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('index.component')}</th>
            <th scope="col">{t('index.count')}</th>
            <th scope="col" className="index-share">
              {t('index.share')}
            </th>
            <th scope="col">{t('index.points')}</th>
            <th scope="col">{t('index.lostHead')}</th>
          </tr>
        </thead>
        {answer.score.groups.map((group) => (
          <tbody key={group.id}>
            <tr className="index-group">
              <th scope="rowgroup" colSpan={5}>
                {say(INDEX_GROUPS[group.id])}
              </th>
            </tr>
            {group.components.map((component) => (
              <Row key={component.id} component={component} place={storyPlace(answer)} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

type RowProps = { component: ComponentView; place: StoryPlace };

function Row({ component, place }: RowProps) {
  const { t, say, format } = useLanguage();
  const { id, max, numerator, denominator, points, isTaken, isRate, reason } = component;
  const known = findComponent(id);
  const isCounted = numerator !== null && denominator !== null;
  const why = reason === null ? '' : t(`index.reason.${reason}`);
  const counts = isCounted && !isRate ? `${format.number(numerator)} / ${format.number(denominator)}` : '';
  return (
    <tr>
      <th scope="row" title={known?.source}>
        {say(known?.words ?? { vi: id, en: id })}
        {isTaken && <Taken />}
      </th>
      <td>{reason === null ? counts : <span className="index-why">{why}</span>}</td>
      <td className="index-share">
        {isCounted && denominator > 0 && `${format.fine((100 * numerator) / denominator)} %`}
      </td>
      <td>
        <ExplainButton {...storyOf(component, place)} label={say(known?.words ?? { vi: id, en: id })}>
          {points === null ? '–' : format.fine(points)}
        </ExplainButton>
        <small>/{format.number(max)}</small>
      </td>
      <td>{points !== null && points < max && `−${format.fine(max - points)}`}</td>
    </tr>
  );
}
