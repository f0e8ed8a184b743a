/** Pages that need no period and no indicator: who sees them, where, and what is opened on them. */

/** Who looks: `visitor` at an office that lets them in, all others at one that does not; `locked` has a session that asks for its password. */
export type Who = 'visitor' | 'stranger' | 'administrator' | 'viewer' | 'locked';

/** What a hand does on a page: presses, rests on, or fills an element; or waits until one is there. */
export type Step = readonly ['press' | 'rest' | 'await', string] | readonly ['fill', string, string];

/** `layer`: what the steps open over the page. `refusals`: answers this page cannot do without, as `401 /api/session`. */
export type PlainPage = {
  who: Who;
  path: string;
  steps?: readonly Step[];
  layer?: string;
  refusals?: readonly string[];
};

/** Whether somebody is known is learnt by asking; the browser notes the answer, which the contract wants to be 401. */
const UNKNOWN = ['401 /api/session'];
/** That a unit does not exist, too. */
const NO_UNIT = ['404 /api/units/99999', '404 /api/figures'];

const ME: Pick<PlainPage, 'steps' | 'layer'> = {
  steps: [
    ['press', '.me-button'],
    ['await', '.me-menu'],
  ],
  layer: '.me-menu',
};
const SILENT: Pick<PlainPage, 'steps' | 'layer'> = {
  steps: [
    ['press', '.silent-open'],
    ['await', '.silent table'],
  ],
  layer: '.silent',
};
const ADD = ['press', '.office-part .button'] as const;
const OPEN_ACCOUNT = ['press', 'tr:has-text("thanhba") .button'] as const;

/** Pages for everyone, seen at every size. */
export const PLAIN_PAGES: Readonly<Record<string, PlainPage>> = {
  enter: { who: 'stranger', path: '/', refusals: UNKNOWN },
  'enter-opened': {
    ...{ who: 'stranger', path: '/sign-in', refusals: UNKNOWN },
    steps: [
      ['press', '.enter-screen:nth-of-type(1) summary'],
      ['press', '.enter-screen:nth-of-type(2) summary'],
    ],
  },
  'sign-in': { who: 'visitor', path: '/sign-in' },
  'password-by-link': { who: 'stranger', path: '/password#link=x', refusals: UNKNOWN },
  'password-change': { who: 'administrator', path: '/password' },
  lock: { who: 'locked', path: '/wall/25', steps: [['await', '.lock-box']], layer: '.lock-screen' },
  'missing-wall': { who: 'visitor', path: '/wall/99999', refusals: NO_UNIT },
  'missing-unit': { who: 'visitor', path: '/unit/99999', refusals: NO_UNIT },
  'me-wall': { who: 'administrator', path: '/wall/25', ...ME },
  'me-unit': { who: 'administrator', path: '/unit/25', ...ME },
  'me-visitor-wall': { who: 'visitor', path: '/wall/25', ...ME },
  'me-visitor-unit': { who: 'visitor', path: '/unit/25', ...ME },
  'form-wide': {
    ...{ who: 'visitor', path: '/unit/25' },
    steps: [
      ['press', '#part-form .switch button:nth-of-type(2)'],
      ['await', '#part-form tfoot .nothing'],
    ],
  },
  'silent-wall': { who: 'visitor', path: '/wall/25', ...SILENT },
  'silent-unit': { who: 'visitor', path: '/unit/25', ...SILENT },
  'tip-wall': {
    ...{ who: 'visitor', path: '/wall/25', layer: '.tip' },
    steps: [
      ['rest', '.ranking-row'],
      ['await', '.tip'],
    ],
  },
};

/** Pages of administrators: for a desk and a phone, not for a wall of screens. */
export const OFFICE_PAGES: Readonly<Record<string, PlainPage>> = {
  accounts: { who: 'administrator', path: '/accounts' },
  'account-opened': { who: 'administrator', path: '/accounts', steps: [OPEN_ACCOUNT] },
  'account-link': {
    ...{ who: 'administrator', path: '/accounts' },
    steps: [OPEN_ACCOUNT, ['press', '.account-ways .button'], ['await', '.one-time']],
  },
  'account-form': { who: 'administrator', path: '/accounts', steps: [ADD] },
  tokens: { who: 'administrator', path: '/tokens' },
  'token-shown': {
    ...{ who: 'administrator', path: '/tokens' },
    steps: [
      ADD,
      ['fill', '#token-name', 'Màn hình phòng họp tầng hai'],
      ['fill', '.office-form input[list]', '25'],
      ['press', '.office-form [type="submit"]:enabled'],
      ['await', '.one-time'],
    ],
  },
  'token-form': { who: 'administrator', path: '/tokens', steps: [ADD] },
  'me-office': { who: 'administrator', path: '/accounts', ...ME },
  audit: { who: 'administrator', path: '/audit' },
  health: { who: 'viewer', path: '/health' },
  systems: { who: 'viewer', path: '/systems' },
  handover: { who: 'viewer', path: '/handover' },
  'accounts-refused': { who: 'viewer', path: '/accounts' },
  'tokens-refused': { who: 'viewer', path: '/tokens' },
  'audit-refused': { who: 'viewer', path: '/audit' },
};
