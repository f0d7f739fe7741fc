import { t } from '../../utils/i18n.ts';
import type { TicketFacts, TypedTicket } from '../../utils/views.ts';

/** How a ticket stands, and the way to it. Nothing where neither is known. */
export function TicketFactsLine({ facts: { url, title, queue, state, owner } }: { readonly facts: TypedTicket }) {
  const told = [title, queue, state, owner].filter(Boolean).join(' · ');
  if (told === '' && url === undefined) return null;
  return (
    <>
      {told !== '' && <span dir="auto">{told} </span>}
      {url !== undefined && (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {t('openTicket')}
        </a>
      )}
    </>
  );
}

/** `#4711`, leading to the ticket where it has a page. */
export function TicketLink({ number, url }: Pick<TicketFacts, 'number' | 'url'>) {
  if (url === undefined) return <>#{number}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      #{number}
    </a>
  );
}
