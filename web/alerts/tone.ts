import type { AlertSeverity } from '../../shared/rule.ts';

/** What came of a wish to sound: browsers refuse until somebody touched the page. */
export type Sounded = 'sounded' | 'refused' | 'cannot';

let context: AudioContext | null = null;

/** Notes of a tone: Hz, and the seconds at which each begins; a critical one climbs. */
const NOTES: Readonly<Record<'critical' | 'other', readonly (readonly [hz: number, at: number])[]>> = {
  critical: [
    ...([
      [880, 0],
      [1175, 0.18],
      [880, 0.42],
      [1175, 0.6],
    ] as const),
  ],
  other: [
    [660, 0],
    [880, 0.2],
  ],
};
const NOTE_S = 0.16;
const LOUDNESS = 0.25;
/** A browser that refuses leaves the wish open instead of saying no. */
const PATIENCE_MS = 300;

/** Whether somebody has touched the page, without which browsers sound nothing but where they were told to (walls). */
export function wasTouched(): boolean {
  return navigator.userActivation?.hasBeenActive ?? true;
}

/** Whether the browser would sound a tone now; makes none. */
export async function trySound(): Promise<Sounded> {
  return wake();
}

/** Sounds a tone of at most a second for a severity, made here and not read from anywhere. */
export async function soundTone(severity: AlertSeverity): Promise<Sounded> {
  const woken = await wake();
  if (woken !== 'sounded' || context === null) return woken;
  for (const [hz, at] of NOTES[severity === 'critical' ? 'critical' : 'other']) {
    playNote(context, { hz, at: context.currentTime + at });
  }
  return 'sounded';
}

/** The one context of this page, running where the browser lets it. */
async function wake(): Promise<Sounded> {
  if (!globalThis.AudioContext) return 'cannot';
  context ??= new AudioContext();
  const sound = context;
  if (sound.state !== 'running') {
    const pause = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([sound.resume().catch(() => undefined), pause]);
  }
  return isRefusing(sound) ? 'refused' : 'sounded';
}

const isRefusing = ({ state }: AudioContext) => state !== 'running';

/** A note that begins and ends softly: without, it clicks. */
function playNote(sound: AudioContext, { hz, at }: { hz: number; at: number }): void {
  const oscillator = sound.createOscillator();
  const volume = sound.createGain();
  oscillator.frequency.value = hz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.setValueAtTime(LOUDNESS, at + NOTE_S - 0.05);
  volume.gain.linearRampToValueAtTime(0, at + NOTE_S);
  oscillator.connect(volume).connect(sound.destination);
  oscillator.start(at);
  oscillator.stop(at + NOTE_S);
}
