import { useState } from 'react';
import { Link } from 'wouter';
import type { ExplainAnswer } from '../../shared/explain.ts';
import type { Indicator } from '../../shared/indicator.ts';
import { addDays } from '../../shared/period.ts';
import { useAddress } from '../address.ts';
import { writeFigure } from '../format.ts';
import { useLanguage } from '../words/words.ts';
import type { StoryProps } from './story-figure.tsx';

const SHOWN = 8;

/** The units that a figure comes from, and those that it is joined from across mergers. */
export function StoryBelow({ story, indicator }: StoryProps) {
  const { t } = useLanguage();
  const [isOpen, open] = useState(false);
  const { children, addsUp, parts } = story;
  const shown = isOpen ? children : children.slice(0, SHOWN);
  return (
    <>
      {children.length > 0 && (
        <section>
          <table className="explain-table">
            <caption>
              {addsUp ? t('explain.children', { count: children.length }) : t('explain.childrenApart')}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('explain.unit')}</th>
                <th scope="col">{t('explain.value')}</th>
                <th scope="col">{t('explain.numerator')}</th>
                {indicator.denominator && <th scope="col">{t('explain.denominator')}</th>}
                {addsUp && <th scope="col">{t('explain.share')}</th>}
              </tr>
            </thead>
            <tbody>
              {shown.map((child) => (
                <ChildRow key={child.unit.id} child={child} indicator={indicator} addsUp={addsUp} />
              ))}
            </tbody>
          </table>
          {children.length > SHOWN && (
            <button
              type="button"
              className="chart-switch"
              aria-expanded={isOpen}
              onClick={() => open(!isOpen)}
            >
              {isOpen ? t('explain.less') : t('explain.more', { count: children.length })}
            </button>
          )}
        </section>
      )}
      {parts.length > 0 && <StoryParts parts={parts} />}
    </>
  );
}

type ChildProps = { child: ExplainAnswer['children'][number]; indicator: Indicator; addsUp: boolean };

function ChildRow({ child: { unit, figure, share }, indicator, addsUp }: ChildProps) {
  const { say, format } = useLanguage();
  const { href } = useAddress();
  const isAbsent = figure.value === null && figure.denominator === null;
  const text = figure.value === null ? '–' : writeFigure(indicator, figure, { format, thresholds: null });
  return (
    <tr>
      <th scope="row">
        <Link href={href({ page: 'unit', unit: unit.ref })}>{say(unit.name)}</Link>
      </th>
      <td>{text}</td>
      <td>{isAbsent ? '–' : format.number(figure.numerator)}</td>
      {indicator.denominator && (
        <td>{figure.denominator === null ? '–' : format.number(figure.denominator)}</td>
      )}
      {addsUp && <td>{share === null ? '–' : `${format.decimal(share)} %`}</td>}
    </tr>
  );
}

function StoryParts({ parts }: Pick<ExplainAnswer, 'parts'>) {
  const { t, say, format } = useLanguage();
  return (
    <section>
      <h3>{t('explain.parts')}</h3>
      <ul>
        {parts.map(({ unit, from, to, weight }) => (
          <li key={`${unit.id} ${from}`}>
            {t('explain.part', {
              ...{ name: say(unit.name), from: format.day(from), to: format.day(addDays(to, -1)) },
              percent: format.number(100 * weight),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
