import { crc32, deflateRawSync } from 'node:zlib';

type Part = { name: string; text: string };
/** A sheet of a test workbook: its rows as XML, and what stands behind them. */
export type TestSheet = { name: string; rows: string; state?: string; after?: string; part?: string };
/** What a test workbook is made of; `order` names the parts that come first in the file. */
export type TestBook = {
  sheets: TestSheet[];
  texts?: string;
  patterns?: readonly string[];
  is1904?: boolean;
  isAbsolute?: boolean;
  isStored?: boolean;
  isStrict?: boolean;
};

const TRANSITIONAL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships';

function header(part: Part, bytes: Uint8Array, isStored: boolean): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(isStored ? 0 : 8, 4);
  head.writeUInt32LE(crc32(part.text), 10);
  head.writeUInt32LE(bytes.length, 14);
  head.writeUInt32LE(Buffer.byteLength(part.text), 18);
  head.writeUInt16LE(Buffer.byteLength(part.name), 22);
  return head;
}

/** A ZIP file of texts. */
export function zipOf(parts: readonly Part[], isStored: boolean): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const bytes = isStored ? Buffer.from(part.text) : deflateRawSync(part.text);
    const head = header(part, bytes, isStored);
    const name = Buffer.from(part.name);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), head, place, name);
    const whole = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, name, bytes]);
    offset += whole.length;
    local.push(whole);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

function relation(id: string, target: string, kind: string): string {
  return `<Relationship Id="${id}" Type="${kind}" Target="${target}"/>`;
}

function stylesOf(patterns: readonly string[]): string {
  const quoteXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const formats = patterns.map(
    (code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${quoteXml(code)}"/>`,
  );
  const styles = patterns.map((_, at) => `<xf numFmtId="${200 + at}"/>`);
  return `<styleSheet xmlns="x"><numFmts>${formats.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`;
}

/** The bytes of a workbook whose sheets come first in the file, before what is needed to read them; style n shows pattern n. */
export function bookOf(book: TestBook): Buffer {
  const kinds = book.isStrict ? STRICT : TRANSITIONAL;
  const root = book.isAbsolute ? '/xl/' : '';
  const sheets = book.sheets.map((sheet, at) => ({
    part: `worksheets/sheet${at + 1}.xml`,
    ...sheet,
    id: `r${at}`,
  }));
  const list = sheets.map(
    ({ name, id, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" r:id="${id}"${state ? ` state="${state}"` : ''}/>`,
  );
  const links = [
    ...sheets.map(({ id, part }) => relation(id, root + part, `${kinds}/worksheet`)),
    relation('s', `${root}styles.xml`, `${kinds}/styles`),
    relation('t', `${root}sharedStrings.xml`, `${kinds}/sharedStrings`),
  ];
  const parts: Part[] = [
    ...sheets.map(({ part, rows, after }) => ({
      name: `xl/${part}`,
      text: `<worksheet xmlns="x"><sheetData>${rows}</sheetData>${after ?? ''}</worksheet>`,
    })),
    { name: 'xl/sharedStrings.xml', text: `<sst xmlns="x">${book.texts ?? ''}</sst>` },
    { name: 'xl/styles.xml', text: stylesOf(book.patterns ?? []) },
    {
      name: 'xl/workbook.xml',
      text: `<workbook xmlns="x" xmlns:r="${kinds}"><workbookPr${book.is1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<Relationships xmlns="x">${links.join('')}</Relationships>`,
    },
    {
      name: '_rels/.rels',
      text: `<Relationships xmlns="x">${relation('a', `${book.isAbsolute ? '/' : ''}xl/workbook.xml`, `${kinds}/officeDocument`)}</Relationships>`,
    },
  ];
  return zipOf(parts, book.isStored ?? false);
}

/** A row of texts and of cells given as XML (`<c …>`), from column A. */
export function rowOf(number: number, cells: readonly string[], attributes = ''): string {
  const inner = cells.map((cell, at) => {
    const address = `${String.fromCharCode(65 + at)}${number}`;
    if (cell === '') return '';
    if (cell.startsWith('<c')) return cell.replace('<c', `<c r="${address}"`);
    return `<c r="${address}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${number}"${attributes}>${inner.join('')}</row>`;
}
