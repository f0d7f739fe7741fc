/** Reads a `curl` command, as manuals print it and browsers copy it. Takes any text, and says what it could not read. */
import { takeCredentials } from './credentials.ts';
import { type PastedBody, type PastedMethod, pastedMethods, type Reading } from './pasted.ts';
import { splitCommand } from './shell.ts';

/** Short options that take a value, and the long name of those that are understood. */
const valued: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  A: 'user-agent',
  b: 'cookie',
  e: 'referer',
  ...Object.fromEntries([...'CDEKPQTUYchmortwxyz'].map((letter) => [letter, letter])),
};
const valuedLong = new Set([
  ...['request', 'header', 'data', 'data-raw', 'data-ascii', 'data-binary', 'data-urlencode', 'json', 'form', 'form-string', 'user'],
  ...['user-agent', 'cookie', 'referer', 'url', 'oauth2-bearer', 'output', 'max-time', 'connect-timeout', 'cookie-jar', 'cert', 'key'],
  ...['cacert', 'proxy', 'retry', 'retry-delay', 'write-out', 'upload-file', 'resolve', 'config', 'interface', 'limit-rate', 'max-redirs'],
]);
/** They change how curl talks, not what is sent. */
const harmless = new Set([
  ...['s', 'S', 'v', 'i', 'L', 'f', 'g', 'N', '#', '0', 'silent', 'show-error', 'verbose', 'include', 'location', 'fail', 'globoff'],
  ...['no-buffer', 'progress-bar', 'compressed', 'http1.1', 'http2', 'fail-with-body', 'user-agent', 'referer', 'o', 'output', 'm'],
  ...['max-time', 'connect-timeout', 'w', 'write-out', 'retry', 'retry-delay', 'max-redirs'],
]);
/** Browsers copy them along, and set their own; the key against doubles is the engine's. */
const ofBrowsers =
  /^(?:accept|accept-(?:language|encoding|charset)|cache-control|connection|content-length|content-type|dnt|host|idempotency-key|origin|pragma|priority|referer|sec-.*|te|upgrade-insecure-requests|user-agent)$/i;

interface Options {
  readonly all: readonly (readonly [name: string, value: string])[];
  readonly urls: readonly string[];
}

/** Reads one command. `request` is absent where there is no address to be found. */
export function readCurl(text: string): Reading {
  const { words, rest } = splitCommand(text.slice(0, 200_000));
  const start = words.findIndex((word) => /(?:^|[/\\])curl(?:\.exe)?$/i.test(word));
  const unread: string[] = [];
  if (rest !== '') unread.push(short(rest));
  const { all, urls } = optionsOf(start < 0 ? words : words.slice(start + 1));
  const of = (...names: readonly string[]): readonly string[] => all.flatMap(([name, value]) => (names.includes(name) ? [value] : []));
  const url = addressOf(of('url')[0] ?? urls[0]);
  unread.push(...urls.slice(of('url').length === 0 ? 1 : 0).map(short));
  const headers = headersOf(of('header'), unread);
  for (const token of of('oauth2-bearer')) headers.Authorization = `Bearer ${token}`;
  const data = bodyOf(all, headers['Content-Type'] ?? '', unread);
  const isQuery = all.some(([name]) => name === 'G' || name === 'get');
  if (url !== undefined && isQuery && data?.encode === 'form')
    for (const [name, value] of data.fields) url.searchParams.append(name, value);
  unread.push(...unknownOf(all));
  if (url === undefined) return { unread };
  const body = isQuery ? undefined : data;
  const user = of('user')[0];
  const { headers: left, ...taken } = takeCredentials({ url, headers, ...(user === undefined ? {} : { user }) });
  const { 'Content-Type': _, ...kept } = left;
  const method = methodOf(of('request').at(-1), body, unread);
  return { request: { ...taken, method, headers: kept, ...(body === undefined ? {} : { body }) }, unread };
}

function optionsOf(words: readonly string[]): Options {
  const all: [string, string][] = [];
  const urls: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') continue;
    if (word.startsWith('--')) {
      const [name = '', given] = splitOnce(word.slice(2), '=');
      if (!valuedLong.has(name)) all.push([name, '']);
      else {
        if (given === undefined) at += 1;
        all.push([name, given ?? words[at] ?? '']);
      }
    } else if (word.startsWith('-') && word.length > 1) {
      for (let place = 1; place < word.length; place += 1) {
        const letter = word[place] ?? '';
        const long = valued[letter];
        if (long === undefined) {
          all.push([letter, '']);
          continue;
        }
        const attached = word.slice(place + 1);
        if (attached === '') at += 1;
        all.push([long, attached === '' ? (words[at] ?? '') : attached]);
        break;
      }
    } else urls.push(word);
  }
  return { all, urls };
}

function addressOf(word: string | undefined): URL | undefined {
  if (word === undefined) return undefined;
  const whole = /^https?:\/\//i.test(word)
    ? word
    : /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}(?:[:/?]|$)|^localhost\b/.test(word)
      ? `https://${word}`
      : '';
  return URL.canParse(whole) ? new URL(whole) : undefined;
}

function headersOf(lines: readonly string[], unread: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [name = '', value] = splitOnce(line, ':').map((part) => part?.trim());
    if (value === undefined || !/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) unread.push('-H');
    else if (/^cookie$/i.test(name)) unread.push(`-H ${name}`);
    else if (/^content-type$/i.test(name)) headers['Content-Type'] = value;
    else if (!ofBrowsers.test(name)) headers[name] = value;
  }
  return headers;
}

function bodyOf(all: Options['all'], type: string, unread: string[]): PastedBody | undefined {
  const parts = all.filter(([name]) => name === 'form' || name === 'form-string');
  if (parts.length > 0) return { encode: 'multipart', parts: parts.map(([name, value]) => partOf(name, value)) };
  const texts: string[] = [];
  let isJson = /json/i.test(type);
  for (const [name, value] of all) {
    if (!/^(?:data(?:-raw|-ascii|-binary|-urlencode)?|json)$/.test(name)) continue;
    if (name === 'json') isJson = true;
    if (value.startsWith('@') && name !== 'data-raw') unread.push(`--${name} ${short(value)}`);
    else texts.push(name === 'data-urlencode' ? encoded(value) : value);
  }
  if (texts.length === 0) return undefined;
  const text = texts.join(isJson ? '' : '&');
  const value = parse(text);
  if (typeof value === 'object' && value !== null) return { encode: 'json', value };
  if (isJson) unread.push(short(text));
  if (isJson) return { encode: 'json', value: {} };
  if (/^[^=&\s]{1,200}=/.test(text)) return { encode: 'form', fields: [...new URLSearchParams(text)] };
  return { encode: 'raw', text };
}

function partOf(option: string, value: string): { readonly name: string; readonly value: string; readonly isFile: boolean } {
  const [name = '', content = ''] = splitOnce(value, '=');
  const isFile = option === 'form' && /^[@<]/.test(content);
  return { name, value: isFile ? '' : content, isFile };
}

function encoded(value: string): string {
  const [name = '', content] = splitOnce(value, '=');
  return content === undefined ? encodeURIComponent(name.toWellFormed()) : `${name}=${encodeURIComponent(content.toWellFormed())}`;
}

function methodOf(named: string | undefined, body: PastedBody | undefined, unread: string[]): PastedMethod {
  const known = pastedMethods.find((method) => method === named?.toUpperCase());
  if (named !== undefined && known === undefined) unread.push(`-X ${short(named)}`);
  return known ?? (body === undefined ? 'GET' : 'POST');
}

function unknownOf(all: Options['all']): readonly string[] {
  const read = /^(?:request|header|data(?:-raw|-ascii|-binary|-urlencode)?|json|form|form-string|user|url|oauth2-bearer|G|get)$/;
  return all.flatMap(([name]) => (read.test(name) || harmless.has(name) ? [] : [short(name.length === 1 ? `-${name}` : `--${name}`)]));
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
