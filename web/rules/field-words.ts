import { AlertSeverity } from '../../shared/rule.ts';
import { useLanguage } from '../words/words.ts';

/** How the fields of an override are called: `raise.major` is the major threshold. An unknown field is its own name. */
export function useFieldWords(): (field: string) => string {
  const { t } = useLanguage();
  return (field) => {
    if (field === 'minimum') return t('table.field.minimum');
    if (field === 'isOff') return t('table.field.isOff');
    const [key, name] = field.split('.');
    const severity = AlertSeverity.safeParse(name).data;
    if (!severity) return field;
    const level = t(`alertSeverity.${severity}`);
    return key === 'count' ? t('table.field.count', { level }) : t('table.field.raise', { level });
  };
}
