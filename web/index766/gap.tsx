import { useQuery } from '@tanstack/react-query';
import type { GapAnswer, GapSide } from '../../shared/index766-wire.ts';
import type { Period } from '../../shared/period.ts';
import { gapQuery } from '../api.ts';
import { OfficeRead } from '../people/office.tsx';
import { useLanguage } from '../words/words.ts';
import { findComponent, writeChange } from './say.ts';

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

function Side({ side }: { side: GapSide }) {
  const { t, format } = useLanguage();
  const { numerator, denominator, points, reason } = side;
  if (points === null) return <td className="index-why">{reason ? t(`index.reason.${reason}`) : '–'}</td>;
  const counts =
    numerator !== null && denominator !== null
      ? `${format.number(numerator)}/${format.number(denominator)}`
      : '';
  return (
    <td>
      {format.fine(points)} <small>{counts}</small>
    </td>
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
              <Side side={own} />
              <Side side={portal} />
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
                <Side side={own} />
                <Side side={portal} />
                <Difference value={difference} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
