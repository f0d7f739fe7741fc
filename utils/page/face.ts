/** What the button says in each state: a pure table, so that it can be read and tested without a page. */
import type { ButtonState, TicketFacts } from '../views.ts';

/** Keys of `locales/*.json`, with the values that go into the text. */
export type Text = readonly [key: string, ...values: string[]];

export interface Face {
  readonly phase: ButtonState['phase'] | 'reload';
  readonly label: Text;
  /** Queue, state and owner of the ticket, for the tooltip. */
  readonly facts?: string;
  /** Shows that something is under way; the button takes no clicks meanwhile, but keeps the focus. */
  readonly busy: boolean;
  /** It can be stopped: the small button does that meanwhile. */
  readonly stops?: boolean;
}

/** The state of the open thread as a face; `outdated` when the extension behind this script is gone. */
export function faceOf(state: ButtonState, outdated: boolean): Face {
  if (outdated) return { phase: 'reload', label: ['button_reload'], busy: false };
  const { phase } = state;
  switch (phase) {
    case 'idle':
      return { phase, label: [state.nudge ? 'button_nudge' : 'button_send'], busy: false };
    case 'collecting':
      return {
        phase,
        label: state.expected > 0 ? ['button_collectingSome', String(state.received), String(state.expected)] : ['button_collecting'],
        busy: true,
        stops: state.received < state.expected,
      };
    case 'held':
    case 'sending':
      return { phase, label: ['button_sending'], busy: true };
    case 'waiting':
      return { phase, label: ['button_waiting'], busy: false };
    case 'sent':
      return { phase, label: ['button_sent', state.number], facts: factsOf(state), busy: false };
    case 'grown':
      return {
        phase,
        label: state.count === 1 ? ['button_growOne', state.number] : ['button_grow', String(state.count), state.number],
        facts: factsOf(state),
        busy: false,
      };
    case 'taken':
      return { phase, label: ['button_taken', state.number], facts: factsOf(state), busy: false };
    case 'attention':
      return { phase, label: ['button_attention'], busy: false };
  }
}

function factsOf({ queue, state, owner }: TicketFacts): string {
  return [queue, state, owner].filter(Boolean).join(' · ');
}

/** A ticket's address fit to be opened: whatever the worker says, only web pages. */
export function ticketUrl(state: ButtonState): string | undefined {
  if (state.phase !== 'sent' || state.url === undefined || !URL.canParse(state.url)) return undefined;
  return /^https?:$/.test(new URL(state.url).protocol) ? state.url : undefined;
}
