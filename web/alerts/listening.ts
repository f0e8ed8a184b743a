/** The bell of this browser: what it remembers, whether it is on, and the tone itself. */
import { useEffect, useSyncExternalStore } from 'react';
import type { AlertBrief } from '../../shared/alert.ts';
import type { CallerView } from '../../shared/people.ts';
import type { AlertSeverity } from '../../shared/rule.ts';
import { putInAddress, store, stored } from '../preferences.ts';
import { type BellMemory, judgeBell, parseMemory, silence } from './bell.ts';
import { countAlerts } from './counts.ts';
import { soundTone, trySound, wasTouched } from './tone.ts';

/** Where a page stands: on a desk, where somebody works, or on a wall, which is silent unless it was told otherwise. */
export type Standing = 'desk' | 'wall';

const MEMORY = 'bell';
const SWITCHES: Readonly<Record<Standing, string>> = { desk: 'sound', wall: 'sound-wall' };

type BellState = {
  memory: BellMemory;
  isRefused: boolean;
  switched: Readonly<Record<Standing, string | null>>;
};

const listeners = new Set<() => void>();
let isRefused = false;
let state: BellState | null = null;

/** What the address tells a wall, `sound=on` or `sound=off`, so that a kiosk needs no hand; null: nothing. */
function findTold(): string | null {
  const told = new URLSearchParams(location.search).get('sound');
  return told === 'on' || told === 'off' ? told : null;
}

function read(): BellState {
  state ??= {
    memory: parseMemory(stored(MEMORY)),
    isRefused,
    switched: { desk: stored(SWITCHES.desk), wall: findTold() ?? stored(SWITCHES.wall) },
  };
  return state;
}

/** Other pages of this browser change what is kept, too: it is read again whenever it is needed. */
function renew(): void {
  state = null;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', renew);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', renew);
  };
}

function keep(memory: BellMemory): void {
  store(MEMORY, JSON.stringify(memory));
}

/** A touch of the page lifts the browser's refusal, after what it pressed was told of it: a press that allows turns nothing off. */
function lift(): void {
  setTimeout(() => refuse(false));
}

function refuse(is: boolean): void {
  if (is === isRefused) return;
  isRefused = is;
  for (const touch of ['click', 'keyup'] as const) {
    if (is) addEventListener(touch, lift, { once: true });
    else removeEventListener(touch, lift);
  }
  renew();
}

/** On a desk that nobody touched yet a browser is not even asked: it would refuse, and complain in its console. */
async function sound(severity: AlertSeverity, standing: Standing): Promise<void> {
  const isHopeless = standing === 'desk' && !wasTouched();
  const came = isHopeless ? 'refused' : await soundTone(severity);
  refuse(came === 'refused');
}

/** Whether tones are on where nobody chose: for those who answer alerts, at a desk. */
function isOnUnasked(standing: Standing, caller: CallerView | null): boolean {
  return standing === 'desk' && (caller?.grants.some(({ role }) => role === 'operator') ?? false);
}

/** The bell as people set it: on or off, silenced until when (epoch ms), refused by the browser. */
export function useBell(standing: Standing, caller: CallerView | null) {
  const { memory, isRefused: refused, switched } = useSyncExternalStore(subscribe, read);
  const choice = switched[standing];
  const isOn = choice === null ? isOnUnasked(standing, caller) : choice === 'on';
  return {
    isOn,
    isRefused: refused,
    silentUntil: memory.silentUntil,
    turn: (to: 'on' | 'off') => {
      store(SWITCHES[standing], to);
      if (standing === 'wall') putInAddress('sound', to);
      renew();
      if (to === 'on') void sound('major', standing);
    },
    silence: (now: number) => {
      keep(silence(parseMemory(stored(MEMORY)), now));
      renew();
    },
    test: () => void sound('major', standing),
  };
}

/** Finds out whether the browser would sound a tone, before one is due. */
export async function probeBell(): Promise<void> {
  refuse((await trySound()) === 'refused');
}

const LEAST_PAUSE_MS = 250;

type Hearing = {
  alerts: readonly AlertBrief[] | null;
  standing: Standing;
  isOn: boolean;
  serverNow: () => number;
};

/** Sounds what is due among open episodes (null: not known yet), and again by itself; what stands is remembered also while it is off. */
export function useListening({ alerts, standing, isOn, serverNow }: Hearing): void {
  const { silentUntil } = useSyncExternalStore(subscribe, read).memory;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a silence moves the next tone
  useEffect(() => {
    if (alerts === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      const now = serverNow();
      const { isFlood } = countAlerts(alerts, now);
      // What another page of this browser has sounded meanwhile is heard.
      const known = parseMemory(stored(MEMORY));
      const { memory: next, tone, wakeAt } = judgeBell(known, { alerts, now, isFlood });
      if (JSON.stringify(known) !== JSON.stringify(next)) keep(next);
      if (tone !== null && isOn) void sound(tone, standing);
      if (wakeAt !== null) timer = setTimeout(listen, Math.max(LEAST_PAUSE_MS, wakeAt - now));
    };
    listen();
    return () => clearTimeout(timer);
  }, [alerts, standing, isOn, serverNow, silentUntil]);
}
