/**
 * The note that is being typed: in `storage.local` where content scripts are kept out of it (`closeStorage`), else, as in
 * Firefox, where no content script can read. What is typed is for colleagues, and no page's business.
 */
import { browser } from '../../utils/browser.ts';
import type { NoteDraft, NoteStore } from './note.ts';

const key = 'noteDraft';
const area = 'setAccessLevel' in browser.storage.local ? browser.storage.local : undefined;
/** Loaded in such a browser alone. */
const database = async () => (await import('../../utils/settings/database.ts')).privateDatabase();

export const noteStore: NoteStore = {
  async read() {
    const stored: unknown = area ? (await area.get(key))[key] : await (await database()).get('documents', key);
    return isDraft(stored) ? stored : undefined;
  },
  async write(draft) {
    if (area) await area.set({ [key]: draft });
    else await (await database()).put('documents', draft, key);
  },
};

function isDraft(value: unknown): value is NoteDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { requestId, ticket, note } = value as Record<string, unknown>;
  return typeof requestId === 'string' && typeof ticket === 'string' && typeof note === 'string';
}
