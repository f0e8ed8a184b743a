/** What a form says beside its figures: as of when, by which definitions, and what is missing. Law: what is not known is said, never a 0. */
import { columnsOf, FORMS, type FormId } from '../../shared/form-layout.ts';
import type { Words } from '../../shared/words.ts';
import type { FormFacts } from './form-facts.ts';
import { type Lang, sayAbsence, sayDay, sayInstant } from './form-words.ts';

/** Silent units that are named. */
const NAMED = 40;

function noteTime({ asOf, writtenAt, form }: FormFacts, lang: Lang): Words[] {
  const told = (words: Words): Words[] => [words];
  const written = sayInstant(writtenAt, lang);
  return [
    ...(asOf === null
      ? told({ vi: `Lập lúc ${written}.`, en: `Written at ${written}.` })
      : told({
          vi: `Số liệu nhận đến ${sayInstant(asOf, lang)}; lập lúc ${written}.`,
          en: `Told up to ${sayInstant(asOf, lang)}; written at ${written}.`,
        })),
    ...(form.provisional
      ? told({
          vi: 'Số liệu tạm tính: kỳ báo cáo chưa kết thúc; quá hạn xét đến lúc lập.',
          en: 'Provisional: the period is not over; what is overdue is so when this was written.',
        })
      : []),
  ];
}

/** Who is missing from the figures, by name. */
function noteSilent({ reporting, silent }: FormFacts, lang: Lang): Words[] {
  if (reporting === 0) return [];
  if (silent.length === 0)
    return [
      {
        vi: `Đã gửi số liệu trong kỳ: ${reporting}/${reporting} đơn vị.`,
        en: `Reported in the period: ${reporting} of ${reporting} units.`,
      },
    ];
  const names = silent.slice(0, NAMED).map(({ unit }) => unit.name[lang]);
  const rest = silent.length - names.length;
  const list = names.join('; ');
  return [
    {
      vi: `Chưa gửi số liệu trong kỳ: ${silent.length}/${reporting} đơn vị: ${list}${rest > 0 ? `; và ${rest} đơn vị khác` : ''}.`,
      en: `Reported nothing in the period: ${silent.length} of ${reporting} units: ${list}${rest > 0 ? `; and ${rest} more` : ''}.`,
    },
  ];
}

function noteUnit({ form }: FormFacts): Words[] {
  const { territory } = form;
  const absence = sayAbsence(form);
  return [
    ...(absence
      ? [{ vi: `Không có số liệu: ${absence.vi}.`, en: `There are no figures: ${absence.en}.` }]
      : []),
    ...(territory && !absence
      ? [
          {
            vi: `Từ ngày ${sayDay(territory.since)} là tổng của ${territory.units} xã, phường hôm nay trên địa bàn cũ; xã nằm một phần tính theo tỷ lệ.`,
            en: `Since ${sayDay(territory.since)} the sum of today's ${territory.units} communes on its territory; those in part are counted by share.`,
          },
        ]
      : []),
  ];
}

function noteRates({ onTime, onTime766 }: FormFacts): Words[] {
  return [
    {
      vi: 'Cột 4 và 5 đếm tại đơn vị giải quyết; hồ sơ đã chuyển cho đơn vị khác được trừ ra. (3) = (4) + (5) + (6); (7) = (8) + (9) + (10); (11) = (12) + (13).',
      en: 'Columns 4 and 5 count at the unit that resolves, without what was passed on. (3) = (4) + (5) + (6); (7) = (8) + (9) + (10); (11) = (12) + (13).',
    },
    {
      vi: `Hai tỷ lệ đúng hạn theo hai định nghĩa khác nhau: ${onTime.id} phiên bản ${onTime.version} (${onTime.source}); ${onTime766.id} phiên bản ${onTime766.version} (${onTime766.source}).`,
      en: `The two on-time rates have two definitions: ${onTime.id} version ${onTime.version} (${onTime.source}); ${onTime766.id} version ${onTime766.version} (${onTime766.source}).`,
    },
  ];
}

function noteWide(): Words[] {
  const unknown = columnsOf(FORMS['07a'])
    .filter(({ isUnknown }) => isUnknown)
    .map(({ number }) => `(${number})`)
    .join(', ');
  return [
    {
      vi: `Cột ${unknown}, ghi “–”: chưa có số liệu.`,
      en: `Columns ${unknown}, shown as “–”: nothing that is told counts them.`,
    },
    {
      vi: 'Cột (4) đến (9) đếm tại đơn vị tiếp nhận, các cột khác tại đơn vị giải quyết: (3) có thể khác (11) + (15). Cột (6) gồm mọi hồ sơ trực tuyến không toàn trình. Cột (20) là hồ sơ có nghĩa vụ tài chính, đã nộp hay chưa.',
      en: 'Columns (4) to (9) count at the unit that received, all others at the one that resolves: (3) may differ from (11) + (15). Column (6) has all that came online and not fully so. Column (20) has dossiers with a fee, paid or not.',
    },
  ];
}

/** The notes under a form, one a line. */
export function listNotes(id: FormId, facts: FormFacts, lang: Lang): string[] {
  const ofForm = id === '07a' ? noteWide() : noteRates(facts);
  const notes = [...noteUnit(facts), ...noteTime(facts, lang), ...noteSilent(facts, lang), ...ofForm];
  return notes.map((note) => `- ${note[lang]}`);
}
