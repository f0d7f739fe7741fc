/** The last resort for an endpoint that stays dead: what of a thread can be said in a `mailto:` address. */
import type { Thread } from '../core/thread.ts';
import { database } from './database.ts';

/** Longer addresses are cut off or refused by mail programs. */
const mostText = 1_500;

/**
 * A draft mail without a recipient: title, and the texts of the messages as far as they fit. `hint` stands at the top.
 * The note is internal and stays here. `undefined` where the capture is gone.
 */
export async function mailtoOf(id: string, hint: string): Promise<string | undefined> {
  const capture = await (await database()).get('captures', id);
  if (!capture?.thread) return undefined;
  const title = capture.edits.title ?? capture.thread.title;
  return `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${hint}\r\n\r\n${textOf(capture.thread)}`)}`;
}

function textOf({ messages }: Thread): string {
  const text = messages.map(({ from, sentAt, text }) => `${from.name} <${from.address}> ${sentAt ?? ''}\n${text}`).join('\n\n---\n\n');
  const cut = text.length > mostText ? `${text.slice(0, mostText).toWellFormed()} …` : text;
  return cut.replace(/\r?\n/g, '\r\n');
}
