/** Puts request bodies together: JSON, forms, multipart, raw; stored files take the place of their marks here. */
import { RelaisError } from '../core/errors.ts';
import type { Call } from './call-schema.ts';
import { base64Parts, bytesOf, type FileMarks } from './files.ts';

export interface Body {
  readonly body?: string | Blob | FormData;
  readonly contentType?: string;
}

interface Bytes {
  readonly marks: FileMarks;
  readonly readBlob: (key: string) => Promise<Blob>;
}

/** The body of a call whose `send` is already filled in. */
export async function encodeBody(encode: Call['encode'], filled: unknown, bytes: Bytes): Promise<Body> {
  if (filled === undefined) return {};
  switch (encode) {
    case 'json':
    case 'graphql':
      return { body: await withBase64(JSON.stringify(filled), bytes), contentType: 'application/json' };
    case 'json-ascii':
      return { body: await withBase64(JSON.stringify(filled), bytes, escaped), contentType: 'application/json' };
    case 'jsonrpc':
      return {
        body: await withBase64(JSON.stringify({ jsonrpc: '2.0', id: 1, ...record(filled, 'jsonrpc') }), bytes),
        contentType: 'application/json',
      };
    case 'form':
      return { body: await formBody(record(filled, 'form'), bytes), contentType: 'application/x-www-form-urlencoded' };
    case 'multipart':
      return { body: await multipart(filled, bytes) };
    case 'raw':
      return { body: await raw(filled, bytes) };
  }
}

/** The base64 of a file where its mark stood; a text where there is no mark, which stays readable in tests and tools. */
async function withBase64(text: string, bytes: Bytes, write = (part: string): string => part): Promise<string | Blob> {
  const parts: BlobPart[] = [];
  for (const part of bytes.marks.split(text)) {
    if (typeof part === 'string') parts.push(write(part));
    else parts.push(...(await base64Parts(await bytesOf(part, bytes.readBlob))));
  }
  return parts.every((part) => typeof part === 'string') ? parts.join('') : new Blob(parts);
}

/** The texts of a JSON document in ASCII. Only what stands between files: their marks are no ASCII either. */
function escaped(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

async function formBody(fields: Record<string, unknown>, bytes: Bytes): Promise<string | Blob> {
  const parts: BlobPart[] = [];
  for (const [name, value] of Object.entries(fields)) {
    for (const entry of Array.isArray(value) ? value : [value]) {
      parts.push(`${parts.length === 0 ? '' : '&'}${encodeURIComponent(name)}=`);
      for (const part of bytes.marks.split(asText(entry))) {
        if (typeof part === 'string') parts.push(encodeURIComponent(part));
        else parts.push(...(await base64Parts(await bytesOf(part, bytes.readBlob), encodeURIComponent)));
      }
    }
  }
  return parts.every((part) => typeof part === 'string') ? parts.join('') : new Blob(parts);
}

/** `send` is a list of parts: `{ name, value }`, `{ name, json }` or `{ name, file, filename, type }`; lists in it are opened. */
async function multipart(filled: unknown, bytes: Bytes): Promise<FormData> {
  const form = new FormData();
  for (const entry of [filled].flat(5)) {
    const part = record(entry, 'multipart');
    const name = asText(part.name);
    const type = typeof part.type === 'string' ? part.type : 'application/octet-stream';
    if ('json' in part) {
      const text = await withBase64(JSON.stringify(part.json), bytes);
      form.append(name, new Blob([text], { type: 'application/json' }), typeof part.filename === 'string' ? part.filename : 'blob');
    } else if (typeof part.file === 'string') {
      const blob = await wholeFile(part.file, bytes);
      form.append(name, blob.slice(0, blob.size, type), typeof part.filename === 'string' ? part.filename : 'file');
    } else form.append(name, asText(part.value));
  }
  return form;
}

async function raw(filled: unknown, bytes: Bytes): Promise<string | Blob> {
  const text = asText(filled);
  return bytes.marks.split(text).some((part) => typeof part !== 'string') ? wholeFile(text, bytes) : text;
}

async function wholeFile(text: string, bytes: Bytes): Promise<Blob> {
  const [file, ...more] = bytes.marks.split(text);
  if (file === undefined || typeof file === 'string' || more.length > 0) {
    throw new RelaisError('bad-recipe', 'A file that is sent as it is must be {{ $file(…) }} and nothing else');
  }
  return bytesOf(file, bytes.readBlob);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function record(value: unknown, encode: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new RelaisError('bad-recipe', `What is sent as ${encode} must be made of fields`);
}
