import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AccountView, PasswordLink, Role } from '../../shared/people.ts';
import { keyOfText } from '../../shared/text.ts';
import { accountsQuery } from '../api.ts';
import type { Preferences } from '../preferences.ts';
import { useAskedAt } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { AccountManager } from './account.tsx';
import { Field, OneTimeText, Refusal, useAct } from './asking.tsx';
import { RoleField, UnitField, useUnitChoice } from './grant-fields.tsx';
import { OfficeFrame, OfficeRead } from './office.tsx';

/** The link that was just made, and for whom: it is shown once. */
type Made = { login: string; link: PasswordLink };

/** The accounts an administrator looks after: made, changed, disabled, unlocked, given and refused roles. */
export function AccountsPage({ preferences }: { preferences: Preferences }) {
  const { t } = useLanguage();
  const [made, setMade] = useState<Made | null>(null);
  return (
    <OfficeFrame page="accounts" about={t('accounts.about')} preferences={preferences}>
      {made && <LinkMade {...made} />}
      <NewAccount onMade={setMade} />
      <AccountList onMade={setMade} />
    </OfficeFrame>
  );
}

function LinkMade({ login, link }: Made) {
  const { t, format } = useLanguage();
  const now = useAskedAt();
  return (
    <OneTimeText
      title={t('accounts.link', { login })}
      how={t('accounts.linkHow', { moment: format.moment(Date.parse(link.until), now) })}
      text={new URL(link.path, location.origin).href}
    />
  );
}

function NewAccount({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const [isOpen, open] = useState(false);
  return (
    <section className="office-part" aria-label={t('accounts.add')}>
      <button type="button" className="button" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        {t('accounts.add')}
      </button>
      {isOpen && (
        <NewAccountForm
          onMade={(made) => {
            onMade(made);
            open(false);
          }}
        />
      )}
    </section>
  );
}

const EMPTY = { login: '', title: '', mail: '', role: 'viewer' as Role, unit: '' };

function NewAccountForm({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(EMPTY);
  const choice = useUnitChoice();
  const add = useAct('addAccount', {
    renews: ['listAccounts'],
    after: ({ account, link }) => onMade({ login: account.login, link }),
  });
  const change = (part: Partial<typeof EMPTY>) => setDraft({ ...draft, ...part });
  const unit = choice.find(draft.unit);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!unit) return;
    const { login, title, mail, role } = draft;
    const grants = [{ role, unit: unit.ref }];
    add.mutate({ login: login.trim(), title: title.trim(), mail: mail.trim() || null, grants });
  };
  return (
    <form className="office-form" onSubmit={submit} aria-busy={add.isPending}>
      <Field id="new-login" label={t('accounts.login')} rule={t('accounts.loginRule')}>
        <input
          id="new-login"
          aria-describedby="new-login-rule"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required={true}
          pattern="[a-z][a-z0-9._\-]{1,39}"
          value={draft.login}
          onChange={(event) => change({ login: event.target.value })}
        />
      </Field>
      <Field id="new-title" label={t('accounts.name')} rule={t('accounts.nameRule')}>
        <input
          id="new-title"
          aria-describedby="new-title-rule"
          autoComplete="off"
          required={true}
          maxLength={120}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field id="new-mail" label={t('accounts.mail')} rule={t('office.optional')}>
        <input
          id="new-mail"
          aria-describedby="new-mail-rule"
          type="email"
          autoComplete="off"
          maxLength={200}
          value={draft.mail}
          onChange={(event) => change({ mail: event.target.value })}
        />
      </Field>
      <RoleField value={draft.role} onChange={(role) => change({ role })} />
      <UnitField choice={choice} value={draft.unit} onChange={(text) => change({ unit: text })} />
      <div className="office-submit">
        <button type="submit" className="button primary" disabled={add.isPending || !unit}>
          {t('accounts.create')}
        </button>
        <Refusal error={add.error} />
      </div>
    </form>
  );
}

function isFound({ login, title, grants }: AccountView, wanted: string): boolean {
  const texts = [login, title, ...grants.flatMap(({ unit, unitName }) => [unit, unitName.vi, unitName.en])];
  return texts.some((text) => keyOfText(text).includes(wanted));
}

function AccountList({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const { data, error, isPending, refetch } = useQuery(accountsQuery());
  const [search, setSearch] = useState('');
  const [openId, setOpen] = useState<number | null>(null);
  const found = (data?.accounts ?? []).filter((account) => isFound(account, keyOfText(search)));
  return (
    <OfficeRead isPending={isPending} error={error} retry={() => void refetch()}>
      <div className="office-tools">
        <input
          type="search"
          aria-label={t('accounts.search')}
          placeholder={t('accounts.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span role="status">{t('accounts.count', { count: found.length })}</span>
      </div>
      <div className="office-scroll">
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{t('accounts.login')}</th>
              <th scope="col">{t('accounts.name')}</th>
              <th scope="col">{t('accounts.grants')}</th>
              <th scope="col">{t('accounts.state')}</th>
              <th scope="col">{t('accounts.seen')}</th>
              <th scope="col">
                <span className="hidden">{t('accounts.manage')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((account) => (
              <AccountRows
                key={account.id}
                account={account}
                isOpen={account.id === openId}
                toggle={() => setOpen(account.id === openId ? null : account.id)}
                onMade={onMade}
              />
            ))}
          </tbody>
        </table>
        {found.length === 0 && <p>{t('office.empty')}</p>}
      </div>
    </OfficeRead>
  );
}

type RowsProps = {
  account: AccountView;
  isOpen: boolean;
  toggle: () => void;
  onMade: (made: Made) => void;
};

function AccountRows({ account, isOpen, toggle, onMade }: RowsProps) {
  const { t, say, format } = useLanguage();
  const { login, title, state, lockedUntil, lastSeenAt, grants } = account;
  const now = useAskedAt();
  const moment = (iso: string) => format.moment(Date.parse(iso), now);
  return (
    <>
      <tr data-state={state}>
        <th scope="row">{login}</th>
        <td>{title}</td>
        <td>
          {grants
            .map(({ role, unitName }) => t('me.grant', { role: t(`role.${role}`), unit: say(unitName) }))
            .join('; ')}
        </td>
        <td>
          <span className="state" data-state={state}>
            {t(`accounts.state.${state}`)}
          </span>{' '}
          {lockedUntil !== null && t('accounts.lockedUntil', { moment: moment(lockedUntil) })}
        </td>
        <td>{lastSeenAt === null ? t('accounts.never') : moment(lastSeenAt)}</td>
        <td>
          <button
            type="button"
            className="button"
            aria-expanded={isOpen}
            aria-label={t('accounts.manageOf', { login })}
            onClick={toggle}
          >
            {t(isOpen ? 'accounts.close' : 'accounts.manage')}
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr className="office-open">
          <td colSpan={6}>
            <AccountManager account={account} onLink={(link) => onMade({ login, link })} />
          </td>
        </tr>
      )}
    </>
  );
}
