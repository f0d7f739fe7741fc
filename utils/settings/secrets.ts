/**
 * Credentials. Each lies with the origins it was entered for, and is given out for those alone: whoever changes an
 * address, by hand, by a file or by a policy, must type the credentials again.
 */
import { privateDatabase, type StoredFields } from './database.ts';

const strict = { durability: 'strict' } as const;
type Fields = Readonly<Record<string, string>>;

/** Field → value; empty where none are stored for these origins. */
export async function readSecrets(endpointId: string, origins: readonly string[]): Promise<Fields> {
  return fieldsFor(origins, await (await privateDatabase()).get('secrets', endpointId)) ?? {};
}

/** Tokens that were given for other origins go with it. */
export async function writeSecrets(endpointId: string, origins: readonly string[], fields: Fields): Promise<void> {
  const tx = (await privateDatabase()).transaction('secrets', 'readwrite', strict);
  const tokens = await tx.store.get(tokensKey(endpointId));
  const stale = tokens !== undefined && fieldsFor(origins, tokens) === undefined;
  await Promise.all([tx.store.put({ origins, fields }, endpointId), stale && tx.store.delete(tokensKey(endpointId)), tx.done]);
}

export async function removeSecrets(endpointId: string): Promise<void> {
  const tx = (await privateDatabase()).transaction('secrets', 'readwrite', strict);
  await Promise.all([tx.store.delete(endpointId), tx.store.delete(tokensKey(endpointId)), tx.done]);
}

/** Tokens lie apart from what the person typed, so that saving a form and renewing a token don't overwrite each other. */
function tokensKey(endpointId: string): string {
  return `${endpointId}/tokens`;
}

/** Tokens that a ticket system gave to an endpoint, as the engine wrote them down. */
export async function readTokens(endpointId: string, origins: readonly string[]): Promise<string | undefined> {
  return fieldsFor(origins, await (await privateDatabase()).get('secrets', tokensKey(endpointId)))?.tokens;
}

/** Changes them; one at a time in the whole profile, whoever asks. */
export function updateTokens(
  endpointId: string,
  origins: readonly string[],
  change: (stored: string | undefined) => Promise<string>,
): Promise<string> {
  return navigator.locks.request(`relais-tokens ${endpointId}`, async () => {
    const tokens = await change(await readTokens(endpointId, origins));
    const tx = (await privateDatabase()).transaction('secrets', 'readwrite', strict);
    await Promise.all([tx.store.put({ origins, fields: { tokens } }, tokensKey(endpointId)), tx.done]);
    return tokens;
  });
}

/** Which fields are stored for each endpoint; never their values. */
export async function secretNames(): Promise<Readonly<Record<string, readonly string[]>>> {
  const tx = (await privateDatabase()).transaction('secrets');
  const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
  const typed = keys.flatMap((key, index) => (key.includes('/') ? [] : [[key, Object.keys(values[index]?.fields ?? {})] as const]));
  return Object.fromEntries(typed);
}

/** `undefined` where they were entered for anywhere else. */
function fieldsFor(origins: readonly string[], stored: StoredFields | undefined): Fields | undefined {
  const isBound = stored?.origins !== undefined && origins.every((origin) => stored.origins.includes(origin));
  return isBound ? stored.fields : undefined;
}
