/** Where the settings lie: `storage.local`, one document. Credentials lie elsewhere (`secrets.ts`). */
import * as v from 'valibot';
import { browser } from '../browser.ts';
import { RelaisError } from '../core/errors.ts';
import { emptySettings, type Settings, settingsSchema } from './schema.ts';

const key = 'settings';

/** The settings as stored; empty ones at first. Throws `bad-settings` rather than losing a document it can't read. */
export async function readSettings(): Promise<Settings> {
  const stored = (await browser.storage.local.get(key))[key];
  return stored === undefined ? emptySettings : parseSettings(stored);
}

export async function writeSettings(settings: Settings): Promise<Settings> {
  await browser.storage.local.set({ [key]: settings });
  return settings;
}

/** Throws `bad-settings`, whose `details.path` says where. */
export function parseSettings(document: unknown): Settings {
  const result = v.safeParse(settingsSchema, document);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  throw new RelaisError('bad-settings', `${path || 'settings'}: ${issue.message}`, { path });
}
