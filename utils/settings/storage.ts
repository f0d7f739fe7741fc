/**
 * The settings: what a person chose, with the policy laid over it; the one place where the two meet. Credentials lie
 * elsewhere (`secrets.ts`).
 */
import * as v from 'valibot';
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import { privateDatabase } from './database.ts';
import { laidOver, type OwnSettings, ownIn, type ReadPolicy, readPolicy } from './policy.ts';
import { type Settings, settingsSchema } from './schema.ts';

const key = 'settings';

/** The settings that hold; empty ones at first. Throws `bad-settings` rather than losing a document it can't read. */
export async function readSettings(): Promise<Settings> {
  return (await readAll()).settings;
}

/** The same, and what the policy says. */
export async function readAll(): Promise<ReadPolicy & { readonly settings: Settings }> {
  const [stored, read] = await Promise.all([readDocument(key), readPolicy()]);
  return { ...read, settings: laidOver(ownSettings(stored), read.policy) };
}

/** Stores what a person may choose of it; resolves with the settings that then hold. */
export async function writeSettings(settings: Settings): Promise<Settings> {
  const [stored, { policy }] = await Promise.all([readDocument(key), readPolicy()]);
  const own = ownIn(settings, policy, ownSettings(stored));
  await writeDocument(key, { version: 1, ...own });
  return laidOver(own, policy);
}

/** Throws `bad-settings`, whose `details.path` says where. */
export function parseSettings(document: unknown): Settings {
  const result = v.safeParse(settingsSchema, document);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  throw new RelaisError('bad-settings', `${path || 'settings'}: ${issue.message}`, { path });
}

/** What is not in the document was not chosen: defaults come in last, under the policy. */
function ownSettings(stored: unknown): OwnSettings {
  if (typeof stored !== 'object' || stored === null) return {};
  const parsed = parseSettings(stored);
  return Object.fromEntries(Object.entries(parsed).filter(([name]) => name !== 'version' && Object.hasOwn(stored, name)));
}

/** `storage.local` where content scripts can be kept out of it, which Firefox doesn't offer. */
function openArea(): typeof browser.storage.local | undefined {
  return 'setAccessLevel' in browser.storage.local ? browser.storage.local : undefined;
}

/** What is stored there under a name, out of content scripts' reach. */
export async function readDocument(name: string): Promise<unknown> {
  const area = openArea();
  return area ? (await area.get(name))[name] : (await privateDatabase()).get('documents', name);
}

/** On disk, or beyond the reach of a kill, when it resolves. */
export async function writeDocument(name: string, document: unknown): Promise<void> {
  const area = openArea();
  if (area) return area.set({ [name]: document });
  const tx = (await privateDatabase()).transaction('documents', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(document, name), tx.done]);
}

interface AccessLevel {
  setAccessLevel?(level: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

/** Keeps content scripts out of extension storage, where the browser can: they share a process with the page. */
export async function closeStorage(): Promise<void> {
  const { local, sync, managed } = browser.storage as unknown as Record<string, AccessLevel | undefined>;
  await Promise.all(
    [local, sync, managed].map((area) => area?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })?.catch(() => undefined)),
  );
}
