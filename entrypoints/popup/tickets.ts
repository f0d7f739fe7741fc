/** Tickets to add to: those that were sent to, what is known of a typed number, and what a ticket system finds. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { TicketSearch, TicketSource } from '../../components/popup/TicketField.tsx';
import { RelaisError } from '../../utils/core/errors.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import { createPace } from '../../utils/ui/pace.ts';
import type { TicketRow } from '../../utils/views.ts';

/** A single letter finds everything. */
const shortest = 2;

/** `load` asks for `recent` when a field is opened before. */
export function createTicketSource(
  ask: Ask,
  now: () => number,
  recent: ReadonlySignal<readonly TicketRow[] | undefined>,
  load: () => void,
): ReadonlySignal<TicketSource> {
  const typed = signal<TicketSource['typed']>({});
  const search = signal<TicketSearch>();
  const pace = createPace(now);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(endpointId: string, text: string): Promise<void> {
    const asked: TicketSearch = { endpointId, text };
    search.value = asked;
    const told = (what: Partial<TicketSearch>) => {
      // An answer to what no longer stands in the field is no answer.
      if (search.value === asked) search.value = { ...asked, ...what };
    };
    try {
      told({ hits: (await ask('tickets.searched', { endpointId, text })) ?? [] });
    } catch (thrown) {
      told({ error: RelaisError.from(thrown).record() });
    }
  }

  return computed<TicketSource>(() => ({
    recent: recent.value ?? [],
    typed: typed.value,
    search: search.value,
    onOpen() {
      if (recent.value === undefined) load();
    },
    onTyped(endpointId, ticket) {
      // A system that can't be asked now only tells nothing about the number.
      ask('ticket.typed', { endpointId, ticket }).then((found) => {
        typed.value = { ...typed.value, [`${endpointId}/${ticket}`]: found };
      }, console.error);
    },
    onSearch(endpointId, text) {
      clearTimeout(timer);
      search.value = undefined;
      const pause = pace();
      const wanted = text.trim();
      if (wanted.length < shortest && !/\d/.test(wanted)) return;
      timer = setTimeout(() => void look(endpointId, wanted), pause);
    },
  }));
}
