import { type FormEvent, useState } from 'react';
import type { AccountView, GrantView, PasswordLink, Role } from '../../shared/people.ts';
import { addDays } from '../../shared/period.ts';
import { useLanguage } from '../words/words.ts';
import { Field, Refusal, SureButton, useAct } from './asking.tsx';
import { RoleField, UnitField, useUnitChoice } from './grant-fields.tsx';

type ManagerProps = { account: AccountView; onLink: (link: PasswordLink) => void };

/** What an administrator does with one account: its title, its roles, its password link, and whether it may sign in. */
export function AccountManager({ account, onLink }: ManagerProps) {
  const { t } = useLanguage();
  const { id, state } = account;
  const { mutate, isPending, error } = useAct('changeAccount', {
    renews: ['listAccounts'],
    after: ({ link }) => {
      if (link) onLink(link);
    },
  });
  return (
    <div className="account">
      <AccountFacts account={account} />
      <AccountGrants account={account} />
      <div className="account-ways">
        {state !== 'disabled' && (
          <button
            type="button"
            className="button"
            disabled={isPending}
            onClick={() => mutate({ id, renewLink: true })}
          >
            {t('accounts.renew')}
          </button>
        )}
        {state === 'locked' && (
          <button
            type="button"
            className="button"
            disabled={isPending}
            onClick={() => mutate({ id, unlock: true })}
          >
            {t('accounts.unlock')}
          </button>
        )}
        {state === 'disabled' ? (
          <button
            type="button"
            className="button"
            disabled={isPending}
            onClick={() => mutate({ id, isDisabled: false })}
          >
            {t('accounts.enable')}
          </button>
        ) : (
          <SureButton
            label={t('accounts.disable')}
            isBusy={isPending}
            onSure={() => mutate({ id, isDisabled: true })}
          />
        )}
        <Refusal error={error} />
      </div>
    </div>
  );
}

function AccountFacts({ account }: { account: AccountView }) {
  const { t } = useLanguage();
  const [title, setTitle] = useState(account.title);
  const [mail, setMail] = useState(account.mail ?? '');
  const save = useAct('changeAccount', { renews: ['listAccounts'] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: account.id, title: title.trim(), mail: mail.trim() || null });
  };
  return (
    <form className="office-form" onSubmit={submit} aria-busy={save.isPending}>
      <Field id="account-title" label={t('accounts.name')}>
        <input
          id="account-title"
          required={true}
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field>
      <Field id="account-mail" label={t('accounts.mail')}>
        <input
          id="account-mail"
          type="email"
          maxLength={200}
          value={mail}
          onChange={(event) => setMail(event.target.value)}
        />
      </Field>
      <div className="office-submit">
        <button type="submit" className="button" disabled={save.isPending}>
          {t('accounts.save')}
        </button>
        {save.isSuccess && <span role="status">{t('office.done')}</span>}
        <Refusal error={save.error} />
      </div>
    </form>
  );
}

function AccountGrants({ account }: { account: AccountView }) {
  const { t } = useLanguage();
  return (
    <section className="account-grants" aria-label={t('accounts.grants')}>
      <ul>
        {account.grants.map((grant) => (
          <GrantLine key={grant.id} grant={grant} />
        ))}
      </ul>
      <NewGrant account={account} />
    </section>
  );
}

function GrantLine({ grant }: { grant: GrantView }) {
  const { t, say, format } = useLanguage();
  const remove = useAct('removeGrant', { renews: ['listAccounts'] });
  const words = t('me.grant', { role: t(`role.${grant.role}`), unit: say(grant.unitName) });
  return (
    <li>
      <span>
        {words}
        {grant.to !== null && ` · ${t('accounts.lasts', { day: format.day(addDays(grant.to, -1)) })}`}
      </span>
      <SureButton
        label={t('accounts.removeGrant')}
        about={t('accounts.removeGrantOf', { grant: words })}
        isBusy={remove.isPending}
        onSure={() => remove.mutate({ id: grant.id })}
      />
      <Refusal error={remove.error} />
    </li>
  );
}

function NewGrant({ account }: { account: AccountView }) {
  const { t } = useLanguage();
  const choice = useUnitChoice();
  const [role, setRole] = useState<Role>('viewer');
  const [unitText, setUnit] = useState('');
  const [last, setLast] = useState('');
  const add = useAct('addGrant', { renews: ['listAccounts'], after: () => setUnit('') });
  const unit = choice.find(unitText);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!unit) return;
    add.mutate({ account: account.id, role, unit: unit.ref, to: last === '' ? null : addDays(last, 1) });
  };
  return (
    <form className="office-form" onSubmit={submit} aria-busy={add.isPending}>
      <RoleField value={role} onChange={setRole} />
      <UnitField choice={choice} value={unitText} onChange={setUnit} />
      <Field id="grant-last" label={t('accounts.until')}>
        <input id="grant-last" type="date" value={last} onChange={(event) => setLast(event.target.value)} />
      </Field>
      <div className="office-submit">
        <button type="submit" className="button" disabled={add.isPending || !unit}>
          {t('accounts.addGrant')}
        </button>
        <Refusal error={add.error} />
      </div>
    </form>
  );
}
