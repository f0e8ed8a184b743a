import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IndexAnswer } from '../../shared/index766-wire.ts';
import { act } from '../api.ts';
import { ReasonForm } from '../rules/reason-form.tsx';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { findComponent, writeChange } from './say.ts';

/** What seals the month, and what came since; or the way to seal it, for who may. */
export function Seal({ answer }: { answer: IndexAnswer }) {
  const { t, say, format } = useLanguage();
  const now = useAskedAt();
  const { seal, score } = answer;
  if (!seal) return answer.maySeal ? <Sealing answer={answer} /> : null;
  const change = (seal.now.value ?? 0) - (score.value ?? 0);
  const at = format.moment(Date.parse(seal.at), now);
  const value = seal.now.value === null ? '–' : format.fine(seal.now.value);
  return (
    <div className="index-seal">
      <p>{t('index.sealed.by', { at, by: seal.by.replace(/^\w+:/, ''), note: seal.note })}</p>
      {seal.changed.length === 0 ? (
        <p>{t('index.sealed.same')}</p>
      ) : (
        <>
          <p>{t('index.sealed.now', { value, change: writeChange(format, change) })}</p>
          <ul>
            {seal.changed.map(({ component, sealed, now: later }) => (
              <li key={component}>
                {t('index.sealed.changed', {
                  component: say(findComponent(component)?.words ?? { vi: component, en: component }),
                  sealed: sealed === null ? '–' : format.fine(sealed),
                  now: later === null ? '–' : format.fine(later),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Sealing({ answer: { unit, period } }: { answer: IndexAnswer }) {
  const { t } = useLanguage();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (note: string) => act('sealIndex', { unit: unit.ref, period, note }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['getIndex'] }),
  });
  return (
    <details className="index-seal">
      <summary>{t('index.seal')}</summary>
      <p>{t('index.seal.about')}</p>
      <ReasonForm submit={t('index.seal')} isBusy={isPending} error={error} onSubmit={mutate} />
    </details>
  );
}
