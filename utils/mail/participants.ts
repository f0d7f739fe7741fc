/** People and mailboxes of address headers. */
import { type Address, addressParser } from 'postal-mime';
import { addressKey } from '../core/mailbox.ts';
import type { Participant } from '../core/thread.ts';
import { unifyEncodedWords } from './encoded-words.ts';
import { limits } from './limits.ts';
import { oneLine } from './words.ts';

/**
 * Everybody whom the headers name, in order, groups flattened (`undisclosed-recipients:;` names nobody). Names are
 * decoded; an entry without an address keeps its name, one without either is left out. A mailbox of the local system has no `@`.
 */
export function readParticipants(values: readonly string[]): Participant[] {
  const found: Participant[] = [];
  for (const value of values) {
    for (const address of addressParser(unifyEncodedWords(value))) {
      for (const participant of flatten(address)) {
        if (found.length >= limits.recipients) return found;
        found.push(participant);
      }
    }
  }
  return found;
}

/** One participant as a page shows it: `Name <address>`, a bare address, or only a name. */
export function readParticipant(value: string | undefined): Participant {
  return readParticipants(value ? [value] : [])[0] ?? { address: '', name: '' };
}

function flatten(address: Address): Participant[] {
  if (address.group) return address.group.flatMap(flatten);
  const mailbox = cleanAddress(address.address ?? '');
  const name = cleanName(address.name);
  if (mailbox === '') return name ? [{ address: '', name }] : [];
  return [{ address: mailbox, name: addressKey(name) === addressKey(mailbox) ? '' : name }];
}

function cleanAddress(address: string): string {
  const words = oneLine(address)
    .replace(/^mailto:/i, '')
    .replace(/\s*@\s*/g, '@')
    .split(/\s+/);
  // `<some words name@example.org>`: no mailbox holds a blank unless it is quoted.
  const text = words.length > 1 && !address.includes('"') ? (words.findLast((word) => word.includes('@')) ?? '') : words.join(' ');
  const at = text.lastIndexOf('@');
  // The domain has no upper case; the part before it belongs to its server.
  return at < 0 ? text : text.slice(0, at + 1) + text.slice(at + 1).toLowerCase();
}

/** `'Name'` in apostrophes is Outlook's way of quoting. */
function cleanName(name: string): string {
  const text = oneLine(name).replace(/\s+/g, ' ');
  return /^'[^']+'$/.test(text) ? text.slice(1, -1) : text;
}
