import { posix } from 'node:path';
import { AppError } from '../errors.ts';
import { describeFormat, type NumberFormat } from './xlsx-format.ts';
import { type Package, readXml } from './xlsx-zip.ts';

/** A sheet as the tabs name it, in their order; `part` is where its rows lie. */
export type Sheet = { name: string; isHidden: boolean; part: string };
/** What a workbook says beside its rows: its sheets, its shared texts, the format of each style. */
export type Book = {
  sheets: Sheet[];
  is1904: boolean;
  texts: readonly string[];
  formats: readonly NumberFormat[];
};

type Relation = { type: string; target: string };

/** The relations of a part by id; `type` is the last word of its address, the same in Strict and in older workbooks. */
async function readRelations(parts: Package, of: string): Promise<Map<string, Relation>> {
  const { dir, base } = posix.parse(of);
  const relations = new Map<string, Relation>();
  const stream = await parts.read(posix.join(dir, '_rels', `${base}.rels`));
  if (!stream) return relations;
  await readXml(stream, {
    open(name, attribute) {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      const target = (attribute('Target') ?? '').replaceAll('\\', '/');
      const path = target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(dir, target);
      relations.set(attribute('Id') ?? '', {
        type: (attribute('Type') ?? '').split('/').at(-1) ?? '',
        target: path,
      });
    },
  });
  return relations;
}

function findRelation(relations: ReadonlyMap<string, Relation>, type: string): string | undefined {
  return [...relations.values()].find((relation) => relation.type === type)?.target;
}

async function readSheets(parts: Package, bookPart: string, relations: ReadonlyMap<string, Relation>) {
  const sheets: Sheet[] = [];
  let is1904 = false;
  const stream = await parts.read(bookPart);
  if (!stream) throw new AppError('badInput', 'the file holds no workbook');
  await readXml(stream, {
    open(name, attribute) {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = relations.get(attribute('id') ?? '');
      const isHidden = /^(veryH|h)idden$/.test(attribute('state') ?? '');
      if (relation?.type === 'worksheet')
        sheets.push({ name: attribute('name') ?? '', isHidden, part: relation.target });
    },
  });
  return { sheets, is1904 };
}

/** Writers spell characters that XML lacks as _x000D_, and such a spelling itself as _x005F_x000D_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

async function readTexts(parts: Package, part: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  const stream = part === undefined ? undefined : await parts.read(part);
  if (!stream) return texts;
  let text = '';
  let isText = false;
  let isPhonetic = false;
  await readXml(stream, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') isPhonetic = true;
      isText = name === 't' && !isPhonetic;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close(name) {
      isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') texts.push(unescapeText(text));
    },
  });
  return texts;
}

async function readFormats(parts: Package, part: string | undefined): Promise<NumberFormat[]> {
  const ids: number[] = [];
  const patterns = new Map<number, string>();
  const stream = part === undefined ? undefined : await parts.read(part);
  if (!stream) return [];
  let isCellStyle = false;
  await readXml(stream, {
    open(name, attribute) {
      if (name === 'numFmt') patterns.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') isCellStyle = true;
      if (name === 'xf' && isCellStyle) ids.push(Number(attribute('numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  return ids.map((id) => describeFormat(id, patterns.get(id)));
}

/** What a workbook says beside its rows, read whole before the first of them: shared texts and styles may lie anywhere. */
export async function readBook(parts: Package): Promise<Book> {
  const bookPart = findRelation(await readRelations(parts, ''), 'officeDocument') ?? 'xl/workbook.xml';
  const relations = await readRelations(parts, bookPart);
  const { sheets, is1904 } = await readSheets(parts, bookPart, relations);
  const texts = await readTexts(parts, findRelation(relations, 'sharedStrings'));
  const formats = await readFormats(parts, findRelation(relations, 'styles'));
  return { sheets, is1904, texts, formats };
}
