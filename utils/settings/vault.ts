/**
 * An optional passphrase over the credentials. It is stretched to a key (PBKDF2), the key seals each credential by itself
 * (AES-GCM), and lies in the browser's memory alone until the browser ends. The passphrase is stored nowhere.
 */
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';

/** A third of a second on an ordinary computer, each time that somebody guesses. */
const rounds = 1_000_000;
const algorithm = 'AES-GCM';

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** What is stored of a passphrase: enough to tell whether another one is the same. */
export interface Vault {
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  readonly proof: Sealed;
}

export async function makeVault(passphrase: string): Promise<{ readonly vault: Vault; readonly key: CryptoKey }> {
  const id = crypto.randomUUID();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await stretched(passphrase, salt, rounds);
  return { vault: { id, salt, rounds, proof: await seal(key, id, null) }, key };
}

/** Throws `wrong-passphrase`. */
export async function keyOf(vault: Vault, passphrase: string): Promise<CryptoKey> {
  const key = await stretched(passphrase, vault.salt, vault.rounds);
  if ((await unseal(key, vault.id, vault.proof)) === undefined) throw new RelaisError('wrong-passphrase', 'This is not the passphrase');
  return key;
}

/** `about` is sealed along: what was sealed as one thing can't be passed off as another. */
export async function seal(key: CryptoKey, about: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return {
    iv,
    bytes: await crypto.subtle.encrypt({ name: algorithm, iv, additionalData: bytes(about) }, key, bytes(JSON.stringify(value))),
  };
}

/** `undefined` where another key sealed it, or it was sealed as something else. */
export async function unseal(key: CryptoKey, about: string, sealed: Sealed): Promise<unknown> {
  const how = { name: algorithm, iv: sealed.iv, additionalData: bytes(about) };
  const opened = await crypto.subtle.decrypt(how, key, sealed.bytes).catch(() => undefined);
  return opened && JSON.parse(new TextDecoder().decode(opened));
}

interface Held {
  readonly id: string;
  readonly key: JsonWebKey;
}

/** Session storage: in memory, for our own pages alone, gone with the browser. */
const place = 'vault';

export async function holdKey({ id }: Vault, key: CryptoKey): Promise<void> {
  await browser.storage.session.set({ [place]: { id, key: await crypto.subtle.exportKey('jwk', key) } satisfies Held });
}

export async function dropKey(): Promise<void> {
  await browser.storage.session.remove(place);
}

/** `undefined` while it is locked. */
export async function heldKey({ id }: Vault): Promise<CryptoKey | undefined> {
  const held = (await browser.storage.session.get(place))[place] as Held | undefined;
  return held?.id === id ? crypto.subtle.importKey('jwk', held.key, algorithm, true, ['encrypt', 'decrypt']) : undefined;
}

/** The same characters give the same key, whatever keyboard composed them. */
async function stretched(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', bytes(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, typed, { name: algorithm, length: 256 }, true, ['encrypt', 'decrypt']);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
