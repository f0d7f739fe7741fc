/** Reading the rows of a webmail's list. Nothing is ticked, scrolled or opened. */
import type { ListedThread } from '../core/captured.ts';
import { squeeze } from './dom.ts';

/** Where the parts of a row are: CSS selectors within it. */
export interface RowParts {
  readonly subject: string;
  /** Named by its `title` where that is an address, else by its text where that is one. */
  readonly from: string;
  readonly when: string;
}

/** Subject, sender and date of a row; what it doesn't show is absent. */
export function readRow(row: Element, { subject, from, when }: RowParts): Omit<ListedThread, 'message' | 'isTicked'> {
  const text = (selector: string) => squeeze(row.querySelector(selector)?.textContent ?? '');
  const sender = row.querySelector(from);
  const name = squeeze(sender?.textContent ?? '');
  const address = sender?.getAttribute('title')?.trim() ?? '';
  const mailbox = !address.includes('@') ? name : name === '' || name === address ? address : `${name} <${address}>`;
  const date = text(when);
  return { subject: text(subject), ...(mailbox && { from: mailbox }), ...(date && { when: date }) };
}
