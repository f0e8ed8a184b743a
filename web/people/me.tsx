import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { CallerView, DemoRole, Session } from '../../shared/people.ts';
import { useSession } from '../session.tsx';
import { useLanguage } from '../words/words.ts';
import { Refusal, useAct } from './asking.tsx';
import './people.css';

/** Whether a caller may see the pages of administrators. */
export function isAdministrator({ grants }: CallerView): boolean {
  return grants.some(({ role }) => role === 'administrator');
}

/** A menu that Esc, a press elsewhere and the focus going elsewhere close; Esc gives the focus back to its button. */
export function useMenu() {
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, open] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    const dismiss = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      open(false);
      box.current?.querySelector('button')?.focus();
    };
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) open(false);
    };
    addEventListener('keydown', dismiss);
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    return () => {
      removeEventListener('keydown', dismiss);
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
    };
  }, [isOpen]);
  return { box, isOpen, toggle: () => open(!isOpen), close: () => open(false) };
}

/**
 * Who is looking, and what they may do about it: sign in or out, lock, change the password, step into a role of the demo;
 * below it what the page itself adds.
 */
export function MeMenu({ children }: { children?: ReactNode }) {
  const { session } = useSession();
  const { t } = useLanguage();
  const { box, isOpen, toggle, close } = useMenu();
  const id = useId();
  if (!session) return null;
  const name = nameOf(session.caller, t);
  return (
    <div className="me" ref={box}>
      <button
        type="button"
        className="choice me-button"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t('me.menu', { title: name })}
        title={t('me.menu', { title: name })}
        onClick={toggle}
      >
        <PersonShape isKnown={session.caller.kind === 'person'} />
      </button>
      {isOpen && (
        <div className="me-menu" id={id}>
          <MeFacts caller={session.caller} name={name} />
          <MeWays session={session} close={close} />
          {children}
        </div>
      )}
    </div>
  );
}

function nameOf({ kind, title }: CallerView, t: ReturnType<typeof useLanguage>['t']): string {
  if (kind === 'visitor') return t('me.visitor');
  return title ?? t('me.screen');
}

function PersonShape({ isKnown }: { isKnown: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="1.2em" height="1.2em" aria-hidden="true" focusable="false">
      <circle
        cx="12"
        cy="8"
        r="4.2"
        fill={isKnown ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="2"
      />
      <path
        d="M4 21c0-4.6 3.4-7 8-7s8 2.4 8 7"
        fill={isKnown ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}

function MeFacts({ caller, name }: { caller: CallerView; name: string }) {
  const { t, say } = useLanguage();
  return (
    <div className="me-facts">
      <strong>{name}</strong>
      {caller.kind === 'person' && <span>{caller.how === 'demo' ? t('me.demo') : caller.login}</span>}
      <ul>
        {caller.grants.map(({ role, unit, unitName }) => (
          <li key={`${role} ${unit}`} title={t(`role.${role}.may`)}>
            {t('me.grant', { role: t(`role.${role}`), unit: say(unitName) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

type WaysProps = { session: Session; close: () => void };

function MeWays({ session, close }: WaysProps) {
  const { t } = useLanguage();
  const { caller, demoRoles } = session;
  const client = useQueryClient();
  // Somebody else looks from now on: nothing that the one before was shown is kept.
  const after = () => {
    close();
    void client.resetQueries();
  };
  const leave = useAct('closeSession', { after });
  const lock = useAct('lockSession', { renews: ['getSession'], after: close });
  const step = useAct('openSession', { after });
  const isPerson = caller.kind === 'person';
  return (
    <div className="me-ways">
      <Link href="/alerts">{t('alerts.title')}</Link>
      <Link href="/rules">{t('rules.title')}</Link>
      {isAdministrator(caller) && <Link href="/accounts">{t('office.nav')}</Link>}
      {caller.how === 'password' && <Link href="/password">{t('me.password')}</Link>}
      {caller.how === 'password' && (
        <button type="button" onClick={() => lock.mutate({})}>
          {t('me.lock')}
        </button>
      )}
      {demoRoles.length > 0 && <DemoRoles roles={demoRoles} onStep={(as) => step.mutate({ as })} />}
      {caller.kind === 'visitor' && <Link href="/sign-in">{t('me.signIn')}</Link>}
      {(isPerson || caller.how === 'token') && (
        <button type="button" onClick={() => leave.mutate({})}>
          {t(caller.how === 'demo' ? 'me.back' : 'me.signOut')}
        </button>
      )}
      <Refusal error={leave.error ?? lock.error ?? step.error} />
    </div>
  );
}

function DemoRoles({ roles, onStep }: { roles: readonly DemoRole[]; onStep: (role: DemoRole) => void }) {
  const { t } = useLanguage();
  return (
    <fieldset className="me-roles">
      <legend>{t('me.steps')}</legend>
      {roles.map((role) => (
        <button key={role} type="button" onClick={() => onStep(role)}>
          {t(`demoRole.${role}`)}
        </button>
      ))}
    </fieldset>
  );
}
