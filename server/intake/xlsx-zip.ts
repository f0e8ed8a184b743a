import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '../errors.ts';

/** The parts of an office file by name, read at random: the order in which they lie in the file says nothing. */
export type Package = {
  /** The part of a name, whatever its capitals; undefined when there is none. */
  read(name: string): Promise<Readable> | undefined;
  close(): void;
};
/** What happens in an XML text; names are without prefix. */
export type XmlHandler = {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  text?(text: string): void;
  close?(name: string): void;
};

/** Takes hold of the parts of an office file. Throws AppError when it is none (an old .xls, or one with a password). */
export async function openPackage(path: string): Promise<Package> {
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new AppError(
      'badInput',
      'the file is no XLSX workbook: save it as .xlsx, without a password, and import that',
    );
  }
  return {
    read(name) {
      const entry = entries.get(name.toLowerCase());
      return entry && zip.openReadStreamPromise(entry);
    },
    close: () => zip.close(),
  };
}

function bareName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Feeds an XML text piece by piece to a handler, and pauses after each piece. Throws when it is not well-formed. */
export async function* walkXml(stream: Readable, handler: XmlHandler): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser({ position: false });
  parser.on('opentag', ({ name, attributes }) => {
    handler.open?.(bareName(name), (wanted) => {
      const key =
        wanted in attributes ? wanted : Object.keys(attributes).find((one) => bareName(one) === wanted);
      const value = key === undefined ? undefined : attributes[key];
      return typeof value === 'string' ? value : undefined;
    });
  });
  parser.on('closetag', ({ name }) => handler.close?.(bareName(name)));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  for await (const bytes of stream) {
    parser.write(decoder.decode(bytes as Uint8Array, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
}

/** Feeds a whole XML text to a handler. */
export async function readXml(stream: Readable, handler: XmlHandler): Promise<void> {
  for await (const _piece of walkXml(stream, handler));
}
