import type { z } from 'zod';
import type { SiteConfig } from '../../shared/config.ts';
import { readCatalogue } from './catalogue.ts';
import { listCalendarYears } from './days.ts';

/** `ioc.config.json` of the make-believe province: its name, areas of work, procedures with norms, days off. */
export function createSiteConfig(): z.input<typeof SiteConfig> {
  const zone = 'Asia/Ho_Chi_Minh';
  const { fields, services } = readCatalogue(zone);
  return {
    site: {
      vi: 'Trung tâm điều hành thông minh tỉnh Phú Thọ',
      en: 'Phu Tho Intelligent Operations Center',
    },
    zone,
    calendar: { years: listCalendarYears() },
    fields,
    procedures: services.map(({ procedure }) => procedure),
  };
}
