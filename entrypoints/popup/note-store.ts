/** The note that is being typed, in `storage.local`: it holds what the person typed and no credential. */
import { browser } from '../../utils/browser.ts';
import type { NoteDraft, NoteStore } from './note.ts';

const key = 'noteDraft';

export const noteStore: NoteStore = {
  async read() {
    const stored: unknown = (await browser.storage.local.get(key))[key];
    return isDraft(stored) ? stored : undefined;
  },
  async write(draft) {
    await browser.storage.local.set({ [key]: draft });
  },
};

function isDraft(value: unknown): value is NoteDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { requestId, ticket, note } = value as Record<string, unknown>;
  return typeof requestId === 'string' && typeof ticket === 'string' && typeof note === 'string';
}
