/** Addresses of queues: into the mail that is being written in a tab. */
import { browser } from '../browser.ts';
import { formatMailbox } from '../core/mailbox.ts';
import type { Settings } from '../settings/schema.ts';

/** As they stand in a mail: `Support <support@help.example.org>`. */
export function mailboxesOf({ mailIn }: Pick<Settings, 'mailIn'>): readonly string[] {
  return mailIn.map(formatMailbox);
}

/** Whether it stands there afterwards: in Cc where the webmail is known to have it, else in the field of the frame. */
export async function putAddress(tabId: number, mailbox: string, frameId = 0): Promise<boolean> {
  for (const frame of new Set([0, frameId])) {
    const target = { tabId, frameIds: [frame] };
    const hand = (text: string) => void Reflect.set(globalThis, Symbol.for('relais.address'), text);
    try {
      await browser.scripting.executeScript({ target, func: hand, args: [mailbox] });
      const [done] = await browser.scripting.executeScript({ target, files: ['/reply.js'] });
      if (done?.result === true) return true;
    } catch {
      // A frame that no script may enter: the next one may do.
    }
  }
  return false;
}
