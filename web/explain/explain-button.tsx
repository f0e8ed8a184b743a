import './explain-button.css';
import type { ReactNode } from 'react';
import { findIndicator } from '../../shared/catalogue.ts';
import { useLanguage } from '../words/words.ts';
import { type ExplainTarget, glimpseAt, keyOfTarget, useExplain } from './address.ts';

type ExplainButtonProps = ExplainTarget & {
  /** The figure itself as the button; a small mark to stand beside it without. */
  children?: ReactNode;
  /** What it is called where the indicator's name alone does not tell figures apart. */
  label?: string;
};

/** The way to the story of any figure: `indicator`, and `unit` and `period` where they are not those of the page. */
export function ExplainButton({ children, label, ...own }: ExplainButtonProps) {
  const { indicator } = own;
  const { t, say } = useLanguage();
  const { target, open } = useExplain();
  const known = findIndicator(indicator);
  if (!known) return children ?? null;
  const isOpen = keyOfTarget(target) === keyOfTarget(own);
  const name = t('explain.open', { name: label ?? say(known.words) });
  return (
    <button
      type="button"
      className={children === undefined ? 'explain-mark' : 'explain-figure'}
      data-explains={indicator}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      title={name}
      onFocus={({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) glimpseAt(own);
      }}
      onBlur={() => glimpseAt(null)}
      onClick={(event) => {
        event.stopPropagation();
        open(own, event.currentTarget);
      }}
    >
      {children ?? (
        <>
          <span aria-hidden="true">ƒ</span>
          <span className="hidden">{name}</span>
        </>
      )}
    </button>
  );
}
