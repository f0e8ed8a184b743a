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

/** The story of a figure, opened over a page. */
const STORY: Omit<PlainPage, 'path'> = {
  ...{ who: 'visitor', layer: '.explain' },
  steps: [['await', '.explain-hero']],
};

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
  leaders: { who: 'visitor', path: '/leaders/25' },
  'leaders-commune': { who: 'visitor', path: '/leaders/08872' },
  'leaders-ended': { who: 'visitor', path: '/leaders/247' },
  'explain-wall': {
    ...{ who: 'visitor', path: '/wall/25?explain=TT02', layer: '.explain-foot' },
    steps: [['await', '.explain-ways']],
  },
  'explain-unit': { ...STORY, path: '/unit/25?explain=TT02' },
  'explain-index': { ...STORY, path: '/leaders/25?explain=IDX' },
  'tip-wall': {
    ...{ who: 'visitor', path: '/wall/25', layer: '.tip' },
    steps: [
      ['rest', '.ranking-row'],
      ['await', '.tip'],
    ],
  },
};

/** Pages beside the board: for a desk and a phone, not for a wall of screens. */
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
      ['fill', '.office-form [role="combobox"]', '25'],
      ['press', '.combobox-option'],
      ['press', '.office-form [type="submit"]:enabled'],
      ['await', '.one-time'],
    ],
  },
  'token-form': { who: 'administrator', path: '/tokens', steps: [ADD] },
  'me-office': { who: 'administrator', path: '/accounts', ...ME },
  audit: { who: 'administrator', path: '/audit' },
  health: { who: 'viewer', path: '/health' },
  systems: { who: 'viewer', path: '/systems' },
  'systems-told': { who: 'visitor', path: '/systems' },
  catalogue: { who: 'visitor', path: '/catalogue' },
  'catalogue-commune': { who: 'visitor', path: '/catalogue?unit=08872&grain=quarter' },
  'catalogue-explained': { ...STORY, path: '/catalogue?explain=DOC02' },
  methodology: { who: 'visitor', path: '/methodology' },
  index766: { who: 'visitor', path: '/index766' },
  'index766-commune': { who: 'visitor', path: '/index766?unit=08872' },
  'index766-units': { who: 'visitor', path: '/index766?view=units' },
  'index766-gap': { who: 'visitor', path: '/index766?view=gap' },
  quality: { who: 'visitor', path: '/quality' },
  'quality-department': { who: 'visitor', path: '/quality?unit=25.SNNMT' },
  tasks: { who: 'visitor', path: '/tasks' },
  targets: { who: 'visitor', path: '/targets' },
  handover: { who: 'viewer', path: '/handover' },
  'accounts-refused': { who: 'viewer', path: '/accounts' },
  'tokens-refused': { who: 'viewer', path: '/tokens' },
  'audit-refused': { who: 'viewer', path: '/audit' },
};
