/** The colours and sizes a drawing takes from the page, as a canvas needs them: no variables, no inheritance. */
export type Look = {
  font: string;
  /** px of the text around the drawing. */
  size: number;
  page: string;
  panel: string;
  line: string;
  lineStrong: string;
  text: string;
  textSoft: string;
  accent: string;
  accentText: string;
  critical: string;
  major: string;
  warning: string;
  normal: string;
  late: string;
};

const VARIABLES = {
  page: '--page',
  panel: '--panel',
  line: '--line',
  lineStrong: '--line-strong',
  text: '--text',
  textSoft: '--text-soft',
  accent: '--accent',
  accentText: '--accent-text',
  critical: '--critical',
  major: '--major',
  warning: '--warning',
  normal: '--normal',
  late: '--late',
} as const;

/** The look that holds at a place of the page now; a variable the page does not define is grey. */
export function readLook(at: Element): Look {
  const style = getComputedStyle(at);
  const colours = Object.entries(VARIABLES).map(([name, variable]) => [
    name,
    style.getPropertyValue(variable).trim() || '#808080',
  ]);
  return {
    ...(Object.fromEntries(colours) as Record<keyof typeof VARIABLES, string>),
    font: style.fontFamily || 'sans-serif',
    size: Number.parseFloat(style.fontSize) || 16,
  };
}

function channels(colour: string): number[] {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1] ?? '808080';
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
}

/** A colour `share` (0..1) of the way from one to another; both `#rgb` or `#rrggbb`, as a style sheet has them. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  const parts = a.map((value, index) => Math.round(value + share * ((b[index] ?? 0) - value)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
