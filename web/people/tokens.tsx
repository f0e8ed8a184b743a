import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { TokenView } from '../../shared/people.ts';
import { tokensQuery } from '../api.ts';
import type { Preferences } from '../preferences.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Field, OneTimeText, Refusal, SureButton, useAct } from './asking.tsx';
import { UnitField, useUnitChoice } from './grant-fields.tsx';
import { OfficeFrame, OfficeRead } from './office.tsx';

type Made = { kind: TokenView['kind']; name: string; token: string };

/** The tokens of feeds and displays in an administrator's units: made, shown once, revoked. */
export function TokensPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const [made, setMade] = useState<Made | null>(null);
  return (
    <OfficeFrame page="tokens" about={t('tokens.about')} preferences={preferences}>
      {made && <TokenMade {...made} />}
      <NewToken onMade={setMade} />
      <TokenList />
    </OfficeFrame>
  );
}

function TokenMade({ kind, name, token }: Made) {
  const { t } = useLanguage();
  const isScreen = kind === 'display';
  return (
    <OneTimeText
      title={t('tokens.made', { name })}
      how={isScreen ? `${t('tokens.madeHow')} ${t('tokens.openWith')}:` : t('tokens.madeHow')}
      text={isScreen ? `${location.origin}/#token=${token}` : token}
    />
  );
}

const EMPTY = { kind: 'display' as TokenView['kind'], unit: '', name: '', days: '' };

function NewToken({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const [isOpen, open] = useState(false);
  return (
    <section className="office-part" aria-label={t('tokens.add')}>
      <button type="button" className="button" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        {t('tokens.add')}
      </button>
      {isOpen && (
        <NewTokenForm
          onMade={(made) => {
            onMade(made);
            open(false);
          }}
        />
      )}
    </section>
  );
}

function NewTokenForm({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(EMPTY);
  const choice = useUnitChoice();
  const { kind, name, days } = draft;
  const make = useAct('createToken', {
    renews: ['listTokens'],
    after: ({ token }) => onMade({ kind, name, token }),
  });
  const change = (part: Partial<typeof EMPTY>) => setDraft({ ...draft, ...part });
  const unit = choice.find(draft.unit);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (unit)
      make.mutate({ kind, unit: unit.ref, name: name.trim(), days: days === '' ? null : Number(days) });
  };
  return (
    <form className="office-form" onSubmit={submit} aria-busy={make.isPending}>
      <Field id="token-kind" label={t('tokens.kind')}>
        <select
          id="token-kind"
          value={kind}
          onChange={(event) => change({ kind: event.target.value === 'feed' ? 'feed' : 'display' })}
        >
          <option value="display">{t('tokens.kind.display')}</option>
          <option value="feed">{t('tokens.kind.feed')}</option>
        </select>
      </Field>
      <Field id="token-name" label={t('tokens.name')}>
        <input
          id="token-name"
          autoComplete="off"
          required={true}
          maxLength={120}
          value={name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <UnitField choice={choice} value={draft.unit} onChange={(text) => change({ unit: text })} />
      <Field id="token-days" label={t('tokens.days')} rule={t('tokens.daysRule')}>
        <input
          id="token-days"
          aria-describedby="token-days-rule"
          type="number"
          min={1}
          max={36500}
          value={days}
          onChange={(event) => change({ days: event.target.value })}
        />
      </Field>
      <div className="office-submit">
        <button type="submit" className="button primary" disabled={make.isPending || !unit}>
          {t('tokens.create')}
        </button>
        <Refusal error={make.error} />
      </div>
    </form>
  );
}

function stateOf({ revokedAt, expiresAt }: TokenView, now: number): 'living' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'living';
}

function TokenList() {
  const { t } = useLanguage();
  const { data, error, isPending, refetch } = useQuery(tokensQuery());
  const tokens = data?.tokens ?? [];
  const heads = ['kind', 'name', 'created', 'expires', 'used', 'state'] as const;
  return (
    <OfficeRead isPending={isPending} error={error} retry={() => void refetch()}>
      <div className="office-scroll">
        <table className="office-table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`tokens.${head}`)}
                </th>
              ))}
              <th scope="col">
                <span className="hidden">{t('tokens.revoke')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </tbody>
        </table>
        {tokens.length === 0 && <p>{t('office.empty')}</p>}
      </div>
    </OfficeRead>
  );
}

function TokenRow({ token }: { token: TokenView }) {
  const { t, say, format } = useLanguage();
  const revoke = useAct('revokeToken', { renews: ['listTokens'] });
  const now = useAskedAt();
  const state = stateOf(token, now);
  const moment = (iso: string | null, none: string) =>
    iso === null ? none : format.moment(Date.parse(iso), now);
  return (
    <tr data-state={state}>
      <td>{t(`tokens.kind.${token.kind}`)}</td>
      <th scope="row">
        {token.name}
        <small> {say(token.unitName)}</small>
      </th>
      <td>{moment(token.createdAt, '')}</td>
      <td>{moment(token.expiresAt, t('tokens.never'))}</td>
      <td>{moment(token.lastUsedAt, t('tokens.unused'))}</td>
      <td>
        <span className="state" data-state={state}>
          {t(`tokens.state.${state}`)}
        </span>
      </td>
      <td>
        {state === 'living' && (
          <SureButton
            label={t('tokens.revoke')}
            about={t('tokens.revokeOf', { name: token.name })}
            isBusy={revoke.isPending}
            onSure={() => revoke.mutate({ id: token.id })}
          />
        )}
        <Refusal error={revoke.error} />
      </td>
    </tr>
  );
}
