/** Finds credentials in a pasted request and takes them out: what is left may be kept, shown and shared. */
import type { Recipe, SettingsField } from '../recipe.ts';

type Field = Pick<SettingsField, 'key' | 'kind' | 'label'> & { readonly required: true };

export interface Credentials {
  /** The recipe's way to prove who we are. */
  readonly auth: Recipe['auth'];
  /** Further places in which a credential stands, as templates. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

interface Found {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** `name:password`, as curl takes it. */
  readonly user?: string;
}

const secretWord = /(?:^|[-_.])(?:key|token|secret|password|passwd|pwd|auth|signature|credentials?)$|apikey|accesstoken|authtoken/i;

/** Whether something of this name is a credential by its name. */
export function isSecretName(name: string): boolean {
  return secretWord.test(name.replace(/([a-z])([A-Z])/g, '$1-$2'));
}

/** The request without its credentials, and these. */
export function takeCredentials(found: Found): {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly credentials: Credentials;
} {
  const shelf = createShelf();
  const url = new URL(found.url);
  let user = found.user ?? (url.username === '' ? undefined : `${decode(url.username)}:${decode(url.password)}`);
  url.username = '';
  url.password = '';
  const headers: Record<string, string> = {};
  const secretHeaders: Record<string, string> = {};
  for (const [name, value] of Object.entries(found.headers)) {
    const basic = /^authorization$/i.test(name) ? /^basic\s+(\S+)$/i.exec(value.trim())?.[1] : undefined;
    if (basic !== undefined) user ??= fromBase64(basic);
    else if (/^(?:authorization|proxy-authorization)$/i.test(name)) secretHeaders[name] = authorization(value, shelf);
    else if (isSecretName(name)) secretHeaders[name] = shelf.secret(name, value);
    else headers[name] = value;
  }
  const query: Record<string, string> = {};
  for (const [name, value] of [...url.searchParams]) {
    if (!isSecretName(name)) continue;
    query[name] = shelf.secret(name, value);
    url.searchParams.delete(name);
  }
  const some = (record: object): boolean => Object.keys(record).length > 0;
  const rest = { ...shelf, headers: {}, query: {} };
  if (user !== undefined) return { url, headers, credentials: { ...rest, auth: [basicAuth(user, shelf)], headers: secretHeaders, query } };
  if (some(secretHeaders)) return { url, headers, credentials: { ...rest, auth: [{ kind: 'header', headers: secretHeaders }], query } };
  if (some(query)) return { url, headers, credentials: { ...rest, auth: [{ kind: 'query', params: query }] } };
  return { url, headers, credentials: { ...rest, auth: [{ kind: 'none' }] } };
}

interface Shelf {
  readonly fields: Field[];
  readonly values: Record<string, string>;
  readonly secrets: Record<string, string>;
  /** Puts a credential away; gives the template that stands for it. */
  secret(label: string, value: string): string;
}

function createShelf(): Shelf {
  const fields: Field[] = [];
  const secrets: Record<string, string> = {};
  return {
    fields,
    values: {},
    secrets,
    secret(label, value) {
      const key = keyFor(
        label,
        fields.map((field) => field.key),
      );
      fields.push({ key, kind: 'secret', label: label.slice(0, 100), required: true });
      if (!isPlaceholder(value)) secrets[key] = value;
      return `{{ secrets.${key} }}`;
    },
  };
}

/** `Bearer abc`, `Token token=abc`, or only a key: the word in front is no secret. */
function authorization(value: string, shelf: Shelf): string {
  const [, scheme = '', token = ''] = /^([A-Za-z][\w-]{0,30}\s+(?:token=)?)?"?([^"]*)"?$/.exec(value.trim()) ?? [];
  return `${scheme}${shelf.secret('Token', token)}`;
}

function basicAuth(user: string, shelf: Shelf): Recipe['auth'][number] {
  const colon = user.indexOf(':');
  const name = colon < 0 ? user : user.slice(0, colon);
  const password = colon < 0 ? '' : user.slice(colon + 1);
  // Many systems take a token as the name, with a password that means nothing.
  if (name !== '' && (password === '' || password === 'x' || password === 'X')) {
    return { kind: 'basic', user: shelf.secret('Token', colon < 0 ? '' : name), password };
  }
  shelf.fields.push({ key: 'user', kind: 'text', label: 'User name', required: true });
  if (!isPlaceholder(name)) shelf.values.user = name;
  return { kind: 'basic', user: '{{ settings.user }}', password: shelf.secret('Password', password) };
}

/** A key of a settings field out of any words, free among those that are taken. */
export function keyFor(words: string, taken: readonly string[]): string {
  const parts = words.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = parts
    .map((part, at) => (at === 0 ? part.toLowerCase() : part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase()))
    .join('');
  const key = (/^[a-z]/.test(joined) ? joined : `key${joined}`).slice(0, 30);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? key : `${key}${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** What manuals write where a credential belongs: `$TOKEN`, `<your key>`, `YOUR_API_KEY`. */
export function isPlaceholder(value: string): boolean {
  return /^(?:\$\{?\w{1,60}\}?|%\w{1,60}%|<[^<>]{0,60}>|\{{1,2}[^{}]{0,60}\}{1,2}|(?:your|my)[-_ ].{0,60}|x{3,60}|\*{3,60}|…|\.{3})$/i.test(
    value.trim(),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}
