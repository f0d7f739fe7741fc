/** Ids and signatures made from texts: the same every time, so that a request that is repeated is the same. */
import { RelaisError } from '../core/errors.ts';
import { toBase64 } from './base64.ts';
import type { Body } from './body.ts';
import type { Sign } from './call-schema.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The UUID of version 5 (RFC 9562 section 5.5) of a name; `undefined` where the namespace is no UUID. */
export async function uuid5(namespace: unknown, name: unknown): Promise<string | undefined> {
  if (typeof namespace !== 'string' || typeof name !== 'string') return undefined;
  const digits = namespace.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) return undefined;
  const space = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', new Uint8Array([...space, ...bytesOf(name)]))).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hexOf(hash);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The header that signs a body with a secret; none where the person typed no secret. */
export async function signature(
  { header, secret, hash, encode, prefix }: Sign,
  { body = '' }: Body,
  secrets: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const key = secrets[secret] ?? '';
  if (key === '') return {};
  if (body instanceof FormData)
    throw new RelaisError('bad-recipe', 'A multipart body can’t be signed: its bytes are not known before they leave');
  const bytes = typeof body === 'string' ? bytesOf(body) : new Uint8Array(await body.arrayBuffer());
  const imported = await crypto.subtle.importKey('raw', bytesOf(key), { name: 'HMAC', hash }, false, ['sign']);
  const signed = new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes));
  return { [header.toLowerCase()]: `${prefix}${encode === 'hex' ? hexOf(signed) : toBase64(signed)}` };
}
