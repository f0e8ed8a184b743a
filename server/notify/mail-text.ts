/** A message as an e-mail: its subject, plain text and simple HTML, Vietnamese first and English below. Pure. */
import type { DueStage } from '../../shared/alert-health.ts';
import { findIndicator } from '../../shared/catalogue.ts';
import type { Notification, NotifiedAlert } from '../../shared/notification.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../shared/rule.ts';
import { writeSpan } from '../../shared/span-text.ts';
import { type Language, MAIL_WORDS, MARKS, type MailWords } from './mail-words.ts';

/** What is sent. */
export type MailText = { subject: string; text: string; html: string };

type Cell = { text: string; url?: string | null; colour?: string };
type Table = { title: string; heads: string[]; rows: Cell[][] };
type Section = { title: string; about: string; tables: Table[]; open: string; foot: string };

const COLOURS: Record<AlertSeverity, string> = {
  critical: '#b3001b',
  major: '#b45309',
  warning: '#8a6d00',
  advisory: '#475569',
};

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('vi-VN') + text.slice(1);

/** Local time of an instant that bears the site's own offset. */
function momentOf(iso: string): string {
  const [day = '', time = ''] = iso.split('T');
  const [year, month, date] = day.split('-');
  return `${time.slice(0, 5)} ${date}/${month}/${year}`;
}

const numberOf = (figure: number, { locale }: MailWords) =>
  figure.toLocaleString(locale, { maximumFractionDigits: 2 });

/** What an alert is called, and which of several feeds or channels it is about. */
const nameOf = ({ name, subject }: NotifiedAlert, lang: Language) =>
  subject === null ? name[lang] : `${name[lang]} (${subject})`;

/** Whether the figures of an alert are percentages. */
function isPercentage({ watches, indicator: id }: NotifiedAlert): boolean {
  const indicator = findIndicator(id ?? '');
  if (watches === 'level' || watches === 'projection')
    return indicator?.unit === 'percent' && indicator.hero === 'value';
  return watches === 'pace' || (watches === 'change' && indicator?.unit !== 'percent');
}

/** The figure and its threshold; of what is silent, that it is says all. */
function figureOf(alert: NotifiedAlert, words: MailWords): string {
  const { figure, threshold, watches } = alert;
  if (figure === null || watches === 'silence' || watches === 'system') return '–';
  const show = (value: number) => {
    if (watches === 'lag') return writeSpan(value * 1000, words.lang);
    if (watches === 'certificate')
      return value < 0 ? words.expired : `${numberOf(value, words)} ${words.days}`;
    if (watches === 'failures') return `${numberOf(value, words)} ${words.failures}`;
    return `${numberOf(value, words)}${isPercentage(alert) ? ' %' : ''}`;
  };
  return threshold === null ? show(figure) : `${show(figure)} (${words.threshold} ${show(threshold)})`;
}

const severityCell = (severity: AlertSeverity, words: MailWords): Cell => ({
  text: `${MARKS[severity]} ${words.severities[severity]}`,
  colour: COLOURS[severity],
});

function toldOf({ told }: NotifiedAlert, words: MailWords): string {
  return told.map((kind) => words.told[kind] ?? kind).join(', ');
}

function tableOfAlerts({ alerts, kind }: Notification, lang: Language): Table[] {
  const words = MAIL_WORDS[lang];
  const { severity, unit, alert, figure, since, told } = words.heads;
  const isTold = kind !== 'repeat';
  const rows = alerts.map((one): Cell[] => [
    severityCell(one.severity, words),
    { text: one.unitName[lang] },
    { text: nameOf(one, lang), url: one.url },
    { text: figureOf(one, words) },
    { text: momentOf(one.openedAt) },
    ...(isTold ? [{ text: toldOf(one, words) }] : []),
  ]);
  const heads = [severity, unit, alert, figure, since, ...(isTold ? [told] : [])];
  return alerts.length === 0 ? [] : [{ title: '', heads, rows }];
}

/** Many alerts are told by unit: how many of each severity, and which. */
function tableOfUnits({ units, alerts }: Notification, lang: Language): Table[] {
  const words = MAIL_WORDS[lang];
  const named = Map.groupBy(alerts, ({ ref }) => ref);
  const severities = ALERT_SEVERITIES.filter((severity) => units.some(({ counts }) => counts[severity] > 0));
  const rows = units.map(({ ref, name, worst, counts }): Cell[] => {
    const names = Map.groupBy(named.get(ref) ?? [], (one) => nameOf(one, lang));
    const list = [...names].map(([text, own]) => (own.length > 1 ? `${text} (${own.length})` : text));
    return [
      { text: name[lang], colour: COLOURS[worst] },
      ...severities.map((severity) => ({ text: counts[severity] === 0 ? '' : String(counts[severity]) })),
      { text: list.join('; ') },
    ];
  });
  const heads = [
    words.heads.unit,
    ...severities.map((severity) => `${MARKS[severity]} ${words.severities[severity]}`),
    words.heads.alert,
  ];
  return [{ title: '', heads, rows }];
}

const STAGES: readonly DueStage[] = ['used70', 'within8h', 'within2h', 'overdue', 'overdueTwice'];

function tableOfDue({ due }: Notification, lang: Language): Table[] {
  const words = MAIL_WORDS[lang];
  if (due === null || due.length === 0) return [];
  const heads = [words.heads.unit, ...STAGES.map((stage) => capital(words.stages[stage]))];
  const rows = due.map(({ name, stages }): Cell[] => [
    { text: name[lang] },
    ...STAGES.map((stage) => ({ text: stages[stage] === 0 ? '' : String(stages[stage]) })),
  ]);
  return [{ title: words.due, heads, rows }];
}

function sectionOf(message: Notification, lang: Language): Section {
  const words = MAIL_WORDS[lang];
  const { kind, channel, site, units } = message;
  const alerts = units.length > 0 ? tableOfUnits(message, lang) : tableOfAlerts(message, lang);
  return {
    title: `${words.titles[kind]} · ${channel.unitName[lang]} · ${momentOf(message.at)}`,
    about: words.abouts[kind],
    tables: [...alerts, ...tableOfDue(message, lang)],
    open: words.open,
    foot: `${words.foot} “${channel.name}” · ${site[lang]}`,
  };
}

/** The severity and the unit of the worst, then what it is about; a line break never gets in. */
export function subjectOf(message: Notification): string {
  const words = MAIL_WORDS.vi;
  const { alerts, channel, kind } = message;
  const [first, ...others] = alerts;
  const title = words.titles[kind];
  const parts = first
    ? [
        `[${words.severities[first.severity]}]`,
        others.length > 0
          ? `${channel.unitName.vi}: ${alerts.length} ${words.many}${kind === 'alerts' ? '' : ` – ${title}`}`
          : `${first.unitName.vi}: ${nameOf(first, 'vi')}${kind === 'alerts' ? ` – ${toldOf(first, words)}` : ` – ${title}`}`,
      ]
    : [`${channel.unitName.vi}: ${title}`];
  return parts.join(' ').replace(/\s+/g, ' ').slice(0, 200);
}

function writeText({ title, about, tables, open, foot }: Section, url: string | null): string {
  const blocks = tables.map(({ title: head, rows, heads }) => {
    const lines = rows.map((row) =>
      row
        .map(({ text }, index) => (/^\d+$/.test(text) ? `${heads[index]}: ${text}` : text))
        .filter(Boolean)
        .join(' · '),
    );
    const links = rows.map((row) => row.find(({ url: link }) => link)?.url);
    const list = lines.map((line, index) => (links[index] ? `- ${line}\n  ${links[index]}` : `- ${line}`));
    return [...(head === '' ? [] : [head]), ...list].join('\n');
  });
  return [title, about, ...blocks, ...(url === null ? [] : [`${open}: ${url}`]), foot].join('\n\n');
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const CELL = 'border:1px solid #cbd5e1;padding:4px 8px;text-align:left;vertical-align:top';

function writeCell({ text, url, colour }: Cell): string {
  const shown = escapeHtml(text);
  const linked = url ? `<a href="${escapeHtml(url)}">${shown}</a>` : shown;
  return `<td style="${CELL}${colour ? `;color:${colour};font-weight:bold` : ''}">${linked}</td>`;
}

function writeTable({ title, heads, rows }: Table): string {
  const head = heads
    .map((text) => `<th style="${CELL};background:#f1f5f9">${escapeHtml(text)}</th>`)
    .join('');
  const body = rows.map((row) => `<tr>${row.map(writeCell).join('')}</tr>`).join('\n');
  const named = title === '' ? '' : `<h3 style="font-size:15px;margin:16px 0 4px">${escapeHtml(title)}</h3>`;
  return `${named}<table style="border-collapse:collapse;font-size:14px"><tr>${head}</tr>\n${body}</table>`;
}

function writeHtml(section: Section, lang: Language, url: string | null): string {
  const { title, about, tables, open, foot } = section;
  const link = url === null ? '' : `<p><a href="${escapeHtml(url)}">${escapeHtml(open)}</a></p>`;
  return [
    `<section lang="${lang}"><h2 style="font-size:18px;margin:0 0 8px">${escapeHtml(title)}</h2>`,
    `<p>${escapeHtml(about)}</p>`,
    ...tables.map(writeTable),
    `${link}<p style="color:#64748b;font-size:12px">${escapeHtml(foot)}</p></section>`,
  ].join('\n');
}

/** Writes a message as an e-mail. */
export function writeMail(message: Notification): MailText {
  const vi = sectionOf(message, 'vi');
  const en = sectionOf(message, 'en');
  const { url } = message;
  const body = `${writeHtml(vi, 'vi', url)}\n<hr>\n${writeHtml(en, 'en', url)}`;
  return {
    subject: subjectOf(message),
    text: `${writeText(vi, url)}\n\n———\n\n${writeText(en, url)}\n`,
    html: `<!doctype html><html lang="vi"><body style="font-family:sans-serif;color:#0f172a">${body}</body></html>`,
  };
}
