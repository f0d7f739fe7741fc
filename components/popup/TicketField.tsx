import type { ErrorRecord } from '../../utils/core/errors.ts';
import type { TicketHit } from '../../utils/core/ticket.ts';
import { t } from '../../utils/i18n.ts';
import { formatWhen } from '../../utils/ui/format.ts';
import type { EndpointSummary, TicketRow, TypedTicket } from '../../utils/views.ts';
import { Combobox } from '../Combobox.tsx';
import { TicketFactsLine } from './TicketFacts.tsx';

/** The tickets that there are to choose from, and what is known of one whose number was typed. */
export interface TicketSource {
  /** Sent to lately, newest first, of any ticket system. */
  readonly recent: readonly TicketRow[];
  /** By `endpointId/number`. */
  readonly typed: Readonly<Record<string, TypedTicket | undefined>>;
  /** What was looked for last in a ticket system. */
  readonly search: TicketSearch | undefined;
  readonly onOpen: () => void;
  readonly onTyped: (endpointId: string, number: string) => void;
  /** Looks for what stands in the field; at every keystroke. */
  readonly onSearch: (endpointId: string, text: string) => void;
}

/** Neither hits nor an error: it is under way. */
export interface TicketSearch {
  readonly endpointId: string;
  readonly text: string;
  readonly hits?: readonly TicketHit[];
  readonly error?: ErrorRecord;
}

/** A ticket that a person chose, wherever it was found. */
export type PickedTicket = Pick<TicketRow, 'endpointId' | 'ticketId' | 'number' | 'title'>;

interface Props {
  readonly value: string;
  readonly source: TicketSource;
  readonly endpoint: EndpointSummary | undefined;
  /** Tickets of any system are offered, each with its name; else those of `endpoint`. */
  readonly isAnySystem?: boolean;
  readonly now: number;
  /** What is said of the ticket; absent: what is known of a typed one. */
  readonly facts?: TypedTicket | undefined;
  readonly onPick: (ticket: PickedTicket) => void;
  readonly onType: (text: string) => void;
}

/** What a picked ticket is called in the field. */
export function ticketLabel({ number, title }: Pick<TicketRow, 'number' | 'title'>): string {
  return title === '' ? `#${number}` : `#${number} ${title}`;
}

/** The number of a ticket as people type it. */
export function numberIn(text: string): string {
  return text.trim().replace(/^#/, '');
}

/** Could be the number of a ticket: words to search by are none. */
export function isNumber(text: string): boolean {
  return /^\S+$/.test(numberIn(text));
}

/**
 * A ticket to add to: one that was sent to lately, one that its system finds by number, title or requester, or a number
 * that somebody says on the phone: then its title is looked up.
 */
export function TicketField({ value, source, endpoint, isAnySystem = false, now, facts, onPick, onType }: Props) {
  const endpointId = endpoint?.id ?? '';
  const tickets = isAnySystem ? source.recent : source.recent.filter((row) => row.endpointId === endpointId);
  const search = source.search?.endpointId === endpointId && numberIn(source.search.text) === numberIn(value) ? source.search : undefined;
  const hits = (search?.hits ?? [])
    .filter(({ id }) => !tickets.some((row) => row.endpointId === endpointId && row.ticketId === id))
    .map((hit) => ({ ...hit, picked: { endpointId, ticketId: hit.id, number: hit.number ?? hit.id, title: hit.title ?? '' } }));
  const told = facts ?? source.typed[`${endpointId}/${numberIn(value)}`];
  return (
    <Combobox
      label={t('fieldTicket')}
      value={value}
      options={tickets.map((row) => ({
        id: row.deliveryId,
        label: ticketLabel(row),
        detail: [isAnySystem ? row.endpointName : '', row.queue, row.state, formatWhen(row.sentAt, now)].filter(Boolean).join(' · '),
      }))}
      found={
        hits.length === 0
          ? undefined
          : {
              heading: t('listFound', endpoint?.name ?? ''),
              options: hits.map(({ id, queue, state, picked }) => ({
                id: `found ${id}`,
                label: ticketLabel(picked),
                detail: [queue, state].filter(Boolean).join(' · '),
              })),
            }
      }
      status={search ? searchWords(search, endpoint?.name ?? '') : ''}
      free={true}
      placeholder={t(endpoint?.searches ? 'ticketSearchPlaceholder' : 'ticketPlaceholder')}
      hint={told && <TicketFactsLine facts={told} />}
      onFocus={source.onOpen}
      onChoose={({ id }) => {
        const picked = tickets.find(({ deliveryId }) => deliveryId === id) ?? hits.find((hit) => `found ${hit.id}` === id)?.picked;
        if (picked) onPick(picked);
      }}
      onType={(text) => {
        onType(text);
        if (endpoint?.searches) source.onSearch(endpointId, text);
      }}
      onLeave={() => {
        const number = numberIn(value);
        const exact = hits.find(({ picked }) => picked.number === number);
        if (exact) onPick(exact.picked);
        else if (isNumber(number) && !tickets.some((row) => ticketLabel(row) === value)) source.onTyped(endpointId, number);
      }}
    />
  );
}

function searchWords({ hits, error }: TicketSearch, system: string): string {
  if (error) return t('ticketSearchFailed', system);
  if (hits === undefined) return t('ticketSearching');
  return hits.length === 0 ? t('ticketSearchNone', system) : '';
}
