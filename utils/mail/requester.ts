/** Who the ticket may be for, from headers only: an address in a body proves nothing, but the heading of a colleague's forward. */
import { addressKey } from '../core/mailbox.ts';
import { isAt } from '../core/rules.ts';
import type { Message, Participant, RequesterCandidate } from '../core/thread.ts';
import { isPublicProvider } from './providers.ts';

/** Whose mailbox it is and what counts as the own company. */
export interface Household {
  readonly account?: string | undefined;
  readonly internalDomains: readonly string[];
}

/** Machines that answer, not people. */
const machine = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:$|[+@=._-])/i;

/**
 * Candidates, best first, each address once: who wrote what a colleague forwarded, external authors by date, then external
 * recipients (the mailbox's owner wrote to them), then internal authors. `messages` are oldest first.
 */
export function findRequesters(messages: readonly Message[], household: Household): RequesterCandidate[] {
  const authors = messages.flatMap((message) => authorsOf(message, household));
  const external = authors.filter((author) => !isInternal(author.address, household));
  const people = external.filter((author) => !machine.test(author.address));
  const machines = external.filter((author) => machine.test(author.address));
  const internal = authors.filter((author) => isInternal(author.address, household));
  const colleagues = internal.filter((author) => addressKey(author.address) !== addressKey(household.account ?? ''));
  const handedOn = forwardedAuthors(messages, household);
  const recipients = messages
    .flatMap((message) => [...message.to, ...message.cc])
    .filter((recipient) => isReachable(recipient) && !isInternal(recipient.address, household));

  const found = new Map<string, RequesterCandidate>();
  const add = (list: readonly Participant[], reason: RequesterCandidate['reason']) => {
    for (const { address, name } of list) {
      const key = addressKey(address);
      const known = found.get(key);
      // A later message may know the name that the first one lacks.
      if (!known) found.set(key, { address, name, reason });
      else if (known.name === '' && name !== '') found.set(key, { ...known, name });
    }
  };
  add(handedOn, 'forwarded-author');
  add(people.slice(0, 1), 'first-external-author');
  add(people, 'external-author');
  add(recipients.slice(0, 50), 'recipient');
  add(machines, 'external-author');
  add([...colleagues, ...internal], 'internal-author');
  return [...found.values()];
}

/**
 * Whom colleagues forwarded. Anybody can write a heading, so outsiders' forwards name nobody; and once an outsider has
 * written in the thread before, they are who it is about.
 */
function forwardedAuthors(messages: readonly Message[], household: Household): Participant[] {
  const first = messages.findIndex(({ from }) => isReachable(from) && !isInternal(from.address, household));
  return messages
    .slice(0, first < 0 ? messages.length : first)
    .flatMap(({ from, forwarded }) => (forwarded && isInternal(from.address, household) ? [forwarded.from] : []))
    .filter((author) => isReachable(author) && !isInternal(author.address, household) && !machine.test(author.address));
}

/** Whether the address belongs to the own company: its domain is named in the settings, or is the account's own. */
export function isInternal(address: string, household: Household): boolean {
  if (household.internalDomains.some((own) => isAt(address, own))) return true;
  const account = household.account ?? '';
  if (addressKey(address) === addressKey(account)) return true;
  const own = domainOf(account);
  return own !== '' && own === domainOf(address) && !isPublicProvider(own);
}

/** A web form writes as the company and answers to the client: there the external Reply-To is the author. */
function authorsOf(message: Message, household: Household): Participant[] {
  const from = isReachable(message.from) ? [message.from] : [];
  if (from.length > 0 && !isInternal(message.from.address, household)) return from;
  return [...message.replyTo.filter((reply) => isReachable(reply) && !isInternal(reply.address, household)), ...from];
}

/** Names without a mailbox, and mailboxes of a local system, can't be written to. */
function isReachable(participant: Participant): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(participant.address) || /^".+"@[^@\s]+$/.test(participant.address);
}

function domainOf(address: string): string {
  return addressKey(address).split('@').pop() ?? '';
}
