/** Reads a workbook back from its bytes, by other means than those that wrote it. */
import { text as readText } from 'node:stream/consumers';
import { SaxesParser } from 'saxes';
import { fromBufferPromise } from 'yauzl';

export type BookCell = { value: number | string | null; formula?: string };
export type BookSheet = { name: string; cells: ReadonlyMap<string, BookCell>; merges: string[]; xml: string };
export type Book = { sheets: BookSheet[]; parts: ReadonlyMap<string, string> };

async function readParts(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry())
    parts.set(entry.fileName, await readText(await zip.openReadStreamPromise(entry)));
  return parts;
}

type Element = { name: string; attributes: Record<string, string>; text: string };

/** Every element in the order in which it ends, with the text in it. */
function listElements(xml: string): Element[] {
  const open: Element[] = [];
  const ended: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) =>
    open.push({ name, attributes: attributes as Record<string, string>, text: '' }),
  );
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element) ended.push(element);
  });
  parser.write(xml).close();
  return ended;
}

function toValue(type: string | undefined, raw: string | undefined, shared: readonly string[]) {
  if (raw === undefined) return null;
  if (type === 's') return shared[Number(raw)] ?? '';
  return type === 'str' || type === 'inlineStr' || type === 'e' ? raw : Number(raw);
}

function readSheet(name: string, xml: string, shared: readonly string[]): BookSheet {
  const cells = new Map<string, BookCell>();
  const merges: string[] = [];
  let inside: { f?: string; v?: string; is?: string } = {};
  for (const { name: tag, attributes, text } of listElements(xml)) {
    if (tag === 'f' || tag === 'v' || tag === 'is') inside[tag] = text;
    if (tag === 'mergeCell') merges.push(attributes.ref ?? '');
    if (tag !== 'c') continue;
    const value = toValue(attributes.t, inside.is ?? inside.v, shared);
    cells.set(attributes.r ?? '', { value, ...(inside.f === undefined ? {} : { formula: inside.f }) });
    inside = {};
  }
  return { name, cells, merges, xml };
}

/** The sheets of a workbook, in order. */
export async function readBook(bytes: Uint8Array): Promise<Book> {
  const parts = await readParts(bytes);
  const shared = listElements(parts.get('xl/sharedStrings.xml') ?? '<sst/>')
    .filter(({ name }) => name === 'si')
    .map(({ text }) => text);
  const names = listElements(parts.get('xl/workbook.xml') ?? '')
    .filter(({ name }) => name === 'sheet')
    .map(({ attributes }) => attributes.name ?? '');
  const sheets = names.map((name, index) =>
    readSheet(name, parts.get(`xl/worksheets/sheet${index + 1}.xml`) ?? '', shared),
  );
  return { sheets, parts };
}

/** Everything that stands in a workbook. */
export const textOfBook = async (bytes: Uint8Array): Promise<string> =>
  [...(await readParts(bytes)).values()].join('\n');

/** The lines of a form on a sheet: the row of the columns' numbers, those of figures after it, the sum, and the last row. */
export function findLines({ cells }: BookSheet): { first: number; sum: number; last: number } {
  const rowOf = (value: string) =>
    Number([...cells].find(([, cell]) => cell.value === value)?.[0].replace(/\D/g, ''));
  const sum = rowOf('TỔNG CỘNG') || rowOf('TOTAL');
  const last = Math.max(...[...cells.keys()].map((ref) => Number(ref.replace(/\D/g, ''))));
  return { first: rowOf('(1)') + 1, sum, last };
}

/** The name of a column counted from 1: the same as in forms. */
export const nameOfColumn = (column: number): string =>
  column <= 26 ? String.fromCharCode(64 + column) : `A${String.fromCharCode(64 + column - 26)}`;
