/** `winmail.dat`: what Outlook makes of a mail that it sends in its own format (MS-OXTNEF). */
import { decodeText } from './charset.ts';
import { limits } from './limits.ts';
import { bytesOfProperty, type Properties, readProperties, textOfProperty } from './mapi.ts';
import { readRtf, unpackRtf } from './rtf.ts';

export interface PackedFile {
  readonly name: string;
  readonly mediaType?: string;
  readonly contentId?: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Unpacked {
  readonly html?: string;
  readonly text?: string;
  readonly files: readonly PackedFile[];
  /** Not all of it arrived. */
  readonly isDamaged: boolean;
}

const signature = 0x223e9f78;
const attribute = {
  codePage: 0x00069007,
  subject: 0x00018004,
  body: 0x0002800c,
  properties: 0x00069003,
  newFile: 0x00069002,
  fileName: 0x00018010,
  fileData: 0x0006800f,
  fileProperties: 0x00069005,
} as const;
const property = {
  subject: 0x0037,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  codePage: 0x3fde,
  fileData: 0x3701,
  longName: 0x3707,
  shortName: 0x3704,
  displayName: 0x3001,
  mediaType: 0x370e,
  contentId: 0x3712,
  method: 0x3705,
} as const;

/** Mails inside mails inside mails. */
const deepest = 3;

interface Found {
  codePage: string;
  subject?: string | undefined;
  text?: string | undefined;
  properties: Properties;
  readonly files: FileDraft[];
}
interface FileDraft {
  name?: Uint8Array;
  data?: Uint8Array<ArrayBuffer>;
  properties: Properties;
}

/** Unpacks a `winmail.dat`; `undefined` where the bytes are none. Never throws. */
export function readTnef(bytes: Uint8Array<ArrayBuffer>, depth = 0): Unpacked | undefined {
  if (bytes.length < 6) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== signature) return undefined;
  const found: Found = { codePage: 'windows-1252', properties: new Map(), files: [] };
  let at = 6;
  // A level (message or file), a number, a length; a sum of the bytes behind them.
  while (at + 9 <= bytes.length) {
    const id = view.getUint32(at + 1, true);
    const size = view.getUint32(at + 5, true);
    if (at + 9 + size > bytes.length) break;
    take(found, id, bytes.subarray(at + 9, at + 9 + size));
    at += 9 + size + 2;
  }
  return { ...bodyOf(found), files: filesOf(found, depth), isDamaged: at < bytes.length };
}

function take(found: Found, id: number, value: Uint8Array<ArrayBuffer>): void {
  const file = found.files.at(-1);
  const text = () => decodeText(value, found.codePage).replace(/\0+$/, '');
  if (id === attribute.codePage && value.length >= 4)
    found.codePage = `cp${new DataView(value.buffer, value.byteOffset).getUint32(0, true)}`;
  else if (id === attribute.subject) found.subject = text();
  else if (id === attribute.body) found.text = text();
  else if (id === attribute.properties) found.properties = readProperties(value);
  else if (id === attribute.newFile && found.files.length < limits.attachments) found.files.push({ properties: new Map() });
  else if (file && id === attribute.fileName) file.name = value;
  else if (file && id === attribute.fileData) file.data = value;
  else if (file && id === attribute.fileProperties) file.properties = readProperties(value);
}

function bodyOf({ properties, text, codePage }: Found): { html?: string; text?: string } {
  const html = bytesOfProperty(properties.get(property.html));
  const packed = bytesOfProperty(properties.get(property.rtf));
  const rtf = html ? undefined : packed && unpackRtf(packed);
  const rich = rtf ? readRtf(rtf) : {};
  const markup = html ? decodeText(html, codePageOf(properties)) : rich.html;
  const plain = textOfProperty(properties.get(property.body), (bytes) => decodeText(bytes, codePage)) ?? text ?? rich.text;
  return { ...(markup?.trim() ? { html: markup } : {}), ...(plain?.trim() ? { text: plain } : {}) };
}

/** Charset of the HTML, by its Windows number. */
function codePageOf(properties: Properties): string | undefined {
  const value = properties.get(property.codePage)?.bytes;
  if (!value || value.length < 4) return undefined;
  const number = new DataView(value.buffer, value.byteOffset).getUint32(0, true);
  return number === 65001
    ? 'utf-8'
    : number === 20866
      ? 'koi8-r'
      : number > 28590 && number < 28606
        ? `iso-8859-${number - 28590}`
        : `cp${number}`;
}

function filesOf(found: Found, depth: number): PackedFile[] {
  const decode = (bytes: Uint8Array) => decodeText(bytes, found.codePage);
  return found.files.flatMap((file): PackedFile[] => {
    const text = (id: number) => textOfProperty(file.properties.get(id), decode);
    const called = file.name && decode(file.name).replace(/\0+$/, '');
    const name = text(property.longName) || called || text(property.shortName) || text(property.displayName) || '';
    const bytes = file.data?.length ? file.data : bytesOfProperty(file.properties.get(property.fileData));
    if (!bytes) return [];
    const inner = depth < deepest ? readTnef(bytes, depth + 1) : undefined;
    if (inner) return mailInside(name, inner);
    const mediaType = text(property.mediaType);
    const contentId = text(property.contentId);
    return [{ name, bytes, ...(mediaType ? { mediaType } : {}), ...(contentId ? { contentId } : {}) }];
  });
}

/** A mail that was attached as a mail: its words as a file, its files beside it. */
function mailInside(name: string, { html, text, files }: Unpacked): PackedFile[] {
  const words = html ?? text;
  if (words === undefined) return [...files];
  const [mediaType, extension] = html === undefined ? ['text/plain', 'txt'] : ['text/html', 'html'];
  return [{ name: `${name || 'message'}.${extension}`, mediaType, bytes: new TextEncoder().encode(words) }, ...files];
}
