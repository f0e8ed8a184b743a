/** Keys as they lie beside each other, and what is counted or spelt off: a walk along them is no secret. */
const WALKS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '!@#$%^&*()',
  '147258369',
  'azertyuiop',
  'qsdfghjklm',
  'aqzsedrftgyhujikolpm',
].flatMap((walk) => [walk, [...walk].reverse().join('')]);

/** Words that long passwords in lists of leaked ones are made of, English and Vietnamese without marks. */
const WORDS = [
  ...[
    'password',
    'passw0rd',
    'p@ssw0rd',
    'p@ssword',
    'passphrase',
    'changeme',
    'letmein',
    'welcome',
    'iloveyou',
  ],
  ...[
    'administrator',
    'admin',
    'root',
    'user',
    'guest',
    'login',
    'secret',
    'test',
    'default',
    'master',
    'server',
  ],
  ...[
    'monkey',
    'dragon',
    'football',
    'baseball',
    'superman',
    'batman',
    'princess',
    'sunshine',
    'shadow',
    'trustno1',
  ],
  ...[
    'correcthorsebatterystaple',
    'whatever',
    'computer',
    'internet',
    'michael',
    'jordan',
    'liverpool',
    'chelsea',
  ],
  ...[
    'matkhau',
    'anhyeuem',
    'emyeuanh',
    'yeuem',
    'yeuanh',
    'khongbiet',
    'khongco',
    'vietnam',
    'hanoi',
    'saigon',
  ],
  ...[
    'hochiminh',
    'phutho',
    'viettri',
    'danang',
    'tinh',
    'thanhpho',
    'ubnd',
    'congan',
    'motcua',
    'dichvucong',
  ],
  ...[
    'hanhchinh',
    'trungtam',
    'quantri',
    'nguyen',
    'tran',
    'xinchao',
    'maiyeu',
    'gialinh',
    'giadinh',
    'connguoi',
  ],
].sort((a, b) => b.length - a.length);

/** Runs of this length along a walk, or of the same sign, count for nothing. */
const RUN = 4;
/** What must be left beside them, and how many different signs there must be. */
const LEAST_LEFT = 6;
const LEAST_SIGNS = 6;

/** The text without runs along a walk of the keyboard, the alphabet or the numbers. */
function dropWalks(text: string): string {
  let left = '';
  for (let start = 0; start < text.length; ) {
    let length = 1;
    while (start + length < text.length) {
      const longer = text.slice(start, start + length + 1);
      if (!WALKS.some((walk) => walk.includes(longer))) break;
      length += 1;
    }
    if (length < RUN) left += text[start];
    start += length < RUN ? 1 : length;
  }
  return left;
}

/** The text without what it says again: the second of two equal pieces of three signs or more, and repeated signs. */
function dropRepeats(text: string): string {
  return text.replaceAll(/(.{3,}?)\1+/gu, '$1').replaceAll(/(.)\1{2,}/gu, '$1');
}

const fold = (text: string) =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();

/** Whether a password is one of those that many have: common words, keys in a row, and little beside. */
function isCommon(password: string): boolean {
  const folded = fold(password).replaceAll(/\s/g, '');
  let left = dropRepeats(folded);
  for (const word of WORDS) left = left.replaceAll(word, ' ');
  left = dropWalks(left)
    .replaceAll(/(?:19|20)\d\d/g, '')
    .replaceAll(' ', '');
  return left.length < LEAST_LEFT;
}

/**
 * Why a password is not taken, as what it "has" or "is"; null where it is good. There is no need of mixed signs: length
 * counts, and that it is not what everybody tries first.
 */
export function findWeakness(
  password: string,
  { login, length }: { login: string; length: number },
): string | null {
  const signs = [...password.normalize('NFC')];
  if (signs.length < length) return `has fewer than ${length} characters`;
  const folded = fold(password);
  if (login.length > 0 && (folded === login || (login.length >= 4 && folded.includes(login))))
    return 'contains the login';
  if (new Set(fold(password)).size < LEAST_SIGNS) return `has fewer than ${LEAST_SIGNS} different characters`;
  if (isCommon(password)) return 'is one of those that are tried first';
  return null;
}
