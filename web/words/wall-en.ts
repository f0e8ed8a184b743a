import type { wallVi } from './wall-vi.ts';

/** Texts of the wall as a screen, in English. */
export const wallEn: Record<keyof typeof wallVi, string> = {
  'screen.title': 'Screen size',
  'screen.hint':
    'Tells whether the text is large enough for whoever sits farthest. Kept in this browser only.',
  'screen.diagonal': 'Diagonal (inches)',
  'screen.distance': 'Farthest viewer (m)',
  'screen.save': 'Save',
  'screen.forget': 'Forget the screen size',
  'screen.scale': 'The board is scaled to {{percent}} %.',
  'screen.good': 'The smallest text is {{arc}}′ (arc minutes) tall from {{distance}} m: good to read.',
  'screen.fair':
    'The smallest text is {{arc}}′ (arc minutes) tall from {{distance}} m: readable, {{good}}′ or more is better.',
  'screen.poor':
    'The smallest text is only {{arc}}′ (arc minutes) tall from {{distance}} m, at least {{least}}′ is needed: come within {{near}} m, or use a screen of {{large}} inches or more.',
  'wallSound.on': 'Sound on',
  'wallSound.off': 'Sound off',
  'wallSound.refused': 'Sound blocked',
  'wallSound.onWhy':
    'This wall sounds for new alerts of the upper two severities. Press it or the key S to switch off.',
  'wallSound.offWhy': 'This wall is silent for new alerts. Press it or the key S to switch sound on.',
  'wallSound.refusedWhy':
    'The browser blocks sound until somebody touches the page. Press it or the key S to allow.',
  'return.left': 'Back to the overview in {{count}} s – touch or press a key to stay',
};
