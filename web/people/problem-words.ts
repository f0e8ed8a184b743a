/** Refusals in the language of the screen: by the codes they carry; without one by what kind of refusal it is. Pure. */

import { Role } from '../../shared/people.ts';
import type { ProblemCode, Said } from '../../shared/problem.ts';
import { AlertSeverity } from '../../shared/rule.ts';
import type { ApiError } from '../api.ts';
import type { Language, WordKey } from '../words/words.ts';

type Wording = Pick<Language, 't'>;
/** Texts by the names that a refusal brings along: their open places are filled by what it brings too. */
type Loose = (key: WordKey, params?: Said['params']) => string;

const KINDS = ['forbidden', 'notFound', 'conflict', 'unauthorised', 'locked', 'tooLarge'] as const;
const FIELDS = [
  ...(['rule', 'unit', 'level', 'from', 'to', 'reason', 'name', 'target', 'note', 'login', 'mail'] as const),
  ...(['indicator', 'value', 'office', 'paper', 'year', 'decision'] as const),
] as const;

/** Roles by their names on screen. */
function nameRoles(params: NonNullable<Said['params']>, { t }: Wording): NonNullable<Said['params']> {
  if (typeof params.roles !== 'string') return params;
  const names = params.roles.split(',').flatMap((one) => {
    const role = Role.safeParse(one).data;
    return role ? [t(`role.${role}`)] : [];
  });
  return { ...params, roles: names.join(', ') };
}

function wordCode(code: ProblemCode, params: Said['params'], { t }: Wording): string {
  return (t as Loose)(`problem.${code}`, params && nameRoles(params, { t }));
}

/** What is refused as a whole, in words of ours. */
export function wordProblem({ says, type }: ApiError, { t }: Wording): string {
  if (says.code) return wordCode(says.code, says.params, { t });
  const kind = KINDS.find((one) => type.endsWith(`:${one}`));
  return t(kind ? `refused.${kind}` : 'refused.other');
}

/** How a field of a request is called; one that people never see is its own name. */
function wordField(field: string, { t }: Wording): string {
  const [name = '', last = ''] = field.replace(/^(body|values)\./, '').split('.');
  if (name === 'minimum') return t('table.field.minimum');
  if (name === 'isOff') return t('table.field.isOff');
  const severity = AlertSeverity.safeParse(last).data;
  if ((name === 'raise' || name === 'count') && severity)
    return t(`table.field.${name}`, { level: t(`alertSeverity.${severity}`) });
  const known = FIELDS.find((one) => one === name);
  return known ? t(`refused.field.${known}`) : field.replace(/^body\./, '');
}

type Reason = ApiError['errors'][number];

/** One reason: which field, and why; nothing of one that carries no code. */
export function wordReason({ field, code, params }: Reason, { t }: Wording): string | null {
  if (!code) return null;
  const reason = wordCode(code, params, { t });
  const isWhole = field === '' || field === 'line' || field === 'text' || field === 'values';
  return isWhole ? reason : t('refused.at', { field: wordField(field, { t }), reason });
}
