import { useQuery } from '@tanstack/react-query';
import type { GapAnswer, GapSide } from '../../shared/index766-wire.ts';
import type { Period } from '../../shared/period.ts';
import { gapQuery } from '../api.ts';
import type { ExplainTarget } from '../explain/address.ts';
import { ExplainButton } from '../explain/explain-button.tsx';
import { OfficeRead } from '../people/office.tsx';
import { useLanguage } from '../words/words.ts';
import { findComponent, type StoryPlace, storyOf, writeChange } from './say.ts';

type GapProps = { unit: string; period: Period; component: string; onChoose: (component: string) => void };

/** Our own figures beside the portal's: by component, and of the chosen one by the units below. */
export function Gap({ unit, period, component, onChoose }: GapProps) {
  const { t } = useLanguage();
  const { data, error, refetch } = useQuery({
    ...gapQuery({ unit, period: period.key, children: '1', component }),
    placeholderData: (known) => known,
  });
  return (
    <OfficeRead isPending={!data} error={data ? null : error} retry={() => void refetch()}>
      {data && (
        <>
          <p className="office-about">{t('index.gap.about')}</p>
          <div className="index-parts">
            <ByComponent gap={data} onChoose={onChoose} />
            <ByUnit gap={data} />
          </div>
        </>
      )}
    </OfficeRead>
  );
}

function Head({ first }: { first: string }) {
  const { t } = useLanguage();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{t('index.gap.own')}</th>
        <th scope="col">{t('index.gap.portal')}</th>
        <th scope="col">{t('index.gap.difference')}</th>
      </tr>
    </thead>
  );
}

function Side({ side, story, label }: { side: GapSide; story: ExplainTarget; label: string }) {
  const { t, format } = useLanguage();
  const { numerator, denominator, points, reason } = side;
  if (points === null) return <td className="index-why">{reason ? t(`index.reason.${reason}`) : '–'}</td>;
  const counts =
    numerator !== null && denominator !== null
      ? `${format.number(numerator)}/${format.number(denominator)}`
      : '';
  return (
    <td>
      <ExplainButton {...story} label={label}>
        {format.fine(points)}
      </ExplainButton>{' '}
      <small>{counts}</small>
    </td>
  );
}

type SidesProps = { of: { own: GapSide; portal: GapSide }; component: string; place: Place; name: string };
type Place = Omit<StoryPlace, 'by'>;

/** Both sides, each with the story of its figure. */
function Sides({ of: { own, portal }, component, place, name }: SidesProps) {
  const { t } = useLanguage();
  const story = (by: StoryPlace['by']) => storyOf({ id: component, isTaken: false }, { ...place, by });
  return (
    <>
      <Side side={own} story={story('own')} label={`${name}, ${t('index.gap.own')}`} />
      <Side side={portal} story={story('portal')} label={`${name}, ${t('index.gap.portal')}`} />
    </>
  );
}

function Difference({ value }: { value: number | null }) {
  const { format } = useLanguage();
  return (
    <td data-apart={value !== null && Math.abs(value) >= 0.5}>
      {value !== null && writeChange(format, value)}
    </td>
  );
}

function ByComponent({ gap, onChoose }: { gap: GapAnswer; onChoose: (component: string) => void }) {
  const { t, say } = useLanguage();
  return (
    <section className="panel index-table" aria-label={t('index.components')}>
      <table>
        <Head first={t('index.component')} />
        <tbody>
          {gap.components.map(({ id, own, portal, difference }) => (
            <tr key={id} aria-current={id === gap.component}>
              <th scope="row">
                <button type="button" className="index-link" onClick={() => onChoose(id)}>
                  {say(findComponent(id)?.words ?? { vi: id, en: id })}
                </button>
              </th>
              <Sides
                of={{ own, portal }}
                component={id}
                place={{ unit: gap.unit.ref, period: gap.period }}
                name={say(findComponent(id)?.words ?? { vi: id, en: id })}
              />
              <Difference value={difference} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ByUnit({ gap }: { gap: GapAnswer }) {
  const { t, say } = useLanguage();
  const component = say(findComponent(gap.component)?.words ?? { vi: gap.component, en: gap.component });
  const rows = gap.children.filter(({ difference }) => difference !== null);
  const sorted = rows.toSorted((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0));
  const title = t('index.gap.byUnit', { component });
  return (
    <section className="panel index-table" aria-label={title}>
      <header className="panel-head">
        <h3 className="panel-title">{title}</h3>
      </header>
      {rows.length === 0 ? (
        <p className="index-nothing">{t('index.gap.none')}</p>
      ) : (
        <table>
          <Head first={t('index.unit')} />
          <tbody>
            {sorted.map(({ unit, own, portal, difference }) => (
              <tr key={unit.id}>
                <th scope="row">{say(unit.name)}</th>
                <Sides
                  of={{ own, portal }}
                  component={gap.component}
                  place={{ unit: unit.ref, period: gap.period }}
                  name={say(unit.name)}
                />
                <Difference value={difference} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
