/** Characters that show nothing: zero-width, joiners, byte order marks, soft hyphens, directions, fillers, notes between lines. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
/** Printable ASCII with single spaces inside: clean as it stands, and most of what there is. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
/** Every kind of space and line end, the blank of braille included. */
const SPACES = /[\s\u0085\u2800]+/gu;
/** A tone on the first vowel of oa, oe or uy whose second vowel bears no mark: hòa, khỏe, thúy. */
const EARLY_TONE =
  /(?:(o)([\u0300\u0301\u0303\u0309\u0323])([ae])|(u)([\u0300\u0301\u0303\u0309\u0323])(y))(?!\p{M})/gu;
/** Letters that look like đ in capitals and stand for it in old exports: ð (eth) and ɖ. */
const LOOKS_LIKE_D = /[ðɖ]/gu;
/** Control characters but tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u;

/**
 * The text as it is kept and shown: NFC, without invisible characters, each run of spaces one plain space, none at the ends.
 * Cleaning twice is cleaning once.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, '').normalize('NFC').replace(SPACES, ' ').trim();
}

/**
 * The key by which two texts are the same to a reader: clean, without capitals, and with the tone of oa, oe, uy on the second
 * vowel (hòa = hoà, thúy = thuý, khỏe = khoẻ). Marks count: đ is not d, a is not á. The same in every locale.
 */
export function keyOfText(text: string): string {
  const folded = cleanText(text).toLowerCase().toUpperCase().toLowerCase().replace(LOOKS_LIKE_D, 'đ');
  return folded.normalize('NFD').replace(EARLY_TONE, '$1$4$3$6$2$5').normalize('NFC');
}

/** The text as people type it in a hurry when they look for it: its key without any marks, đ as d. */
export function searchKeyOf(text: string): string {
  return keyOfText(text).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}

/** Whether two texts read the same: their keys are equal. */
export function isSameText(left: string, right: string): boolean {
  return keyOfText(left) === keyOfText(right);
}

/** Whether every database can keep the text: no half of a surrogate pair, no control character but tab and line ends. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !CONTROLS.test(text);
}

/** The area of work under which connected systems are counted, each as a procedure: no told area holds a control character. */
export const SYSTEM_FIELD = '\u0001system';
