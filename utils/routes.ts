/**
 * Every message between our contexts: who may send it and what it must look like. Imported by the worker only; pages
 * import its types. A name says what happened.
 */
import * as v from 'valibot';
import { listedMessageSchema, longestList } from './core/captured.ts';
import { shortestPassphrase, type VaultState } from './core/passphrase.ts';
import { ruleSchema } from './core/rules.ts';
import type { TicketHit } from './core/ticket.ts';
import type { WebmailPage } from './core/webmail-page.ts';
import type { HandoverList, HandoverView } from './handover-views.ts';
import type { LedgerPage, ManagedView, RuleTrial, TestView } from './options-views.ts';
import { endpointSchema, exportSchema, type Settings, settingsSchema } from './settings/schema.ts';
import type {
  ButtonState,
  CaptureView,
  ListView,
  MessageText,
  OutboxPage,
  PopupView,
  TicketRow,
  TypedTicket,
  WebmailCheck,
} from './views.ts';

/** `webmail`: a page we inject into, checked like input from outside. `extension`: one of our own pages. */
export type Sender = 'webmail' | 'extension';

interface Route<Schema extends v.GenericSchema, Answer> {
  readonly from: Sender;
  readonly schema: Schema;
  /** Carries the type only; wrapped, so that an answer which may be `undefined` can be told from one which may not. */
  readonly answer?: { readonly type: Answer };
}

function route<Schema extends v.GenericSchema>(from: Sender, schema: Schema) {
  return { answers: <Answer>(): Route<Schema, Answer> => ({ from, schema }) };
}

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const id = text(200);
const choice = v.object({ id: text(500), label: text(500) });
const none = v.object({});
const secrets = v.record(v.string(), text(10_000));
const passphrase = text(1_000);
const edits = v.partial(
  v.object({
    title: v.nullable(text(5_000)),
    endpointId: v.nullable(id),
    queue: v.nullable(choice),
    priority: v.nullable(choice),
    assignee: v.nullable(choice),
    type: v.nullable(choice),
    tags: v.nullable(v.pipe(v.array(choice), v.maxLength(50))),
    requester: v.nullable(text(2_000)),
    note: v.nullable(text(1_000_000)),
    leftOut: v.nullable(v.array(text(2_100))),
    target: v.nullable(
      v.variant('kind', [
        v.object({ kind: v.literal('new') }),
        v.object({ kind: v.literal('append'), ticketId: text(200), number: text(200), title: v.exactOptional(text(5_000)) }),
      ]),
    ),
  }),
);

export const routes = {
  // from scripts in a webmail page
  /** The webmails that the page may be. */
  'page.loaded': route('webmail', none).answers<readonly WebmailPage[]>(),
  /** What the page was recognised as, and what the self-check missed in it; absent before it ran. */
  'page.checked': route(
    'webmail',
    v.object({ webmail: v.nullable(text(60)), missing: v.optional(v.pipe(v.array(text(60)), v.maxLength(50))) }),
  ).answers<null>(),
  /** Told again when messages come or go. `messages`: their ids, where the page tells. */
  'thread.opened': route(
    'webmail',
    v.object({
      webmail: text(60),
      threadKey: text(2_000),
      messages: v.exactOptional(v.pipe(v.array(text(2_000)), v.maxLength(500))),
      people: v.exactOptional(v.pipe(v.array(text(500)), v.maxLength(500))),
    }),
  ).answers<ButtonState>(),
  'button.clicked': route(
    'webmail',
    v.object({ webmail: text(60), threadKey: text(2_000), way: v.picklist(['send', 'choose']) }),
  ).answers<ButtonState>(),
  /** Too late where the thread was read to its end: the answer says how it stands. */
  'capture.stopped': route('webmail', v.object({ threadKey: text(2_000) })).answers<ButtonState>(),
  'send.undone': route('webmail', v.object({ threadKey: text(2_000) })).answers<ButtonState>(),
  'send.confirmed': route('webmail', v.object({ threadKey: text(2_000) })).answers<ButtonState>(),
  'note.wanted': route('webmail', v.object({ threadKey: text(2_000) })).answers<ButtonState>(),

  // from popup
  /** `captures` false: only shows what was captured of the tab before; a side panel looks at every tab that is chosen. */
  'popup.opened': route(
    'extension',
    v.object({ tabId: v.optional(v.number()), captureId: v.optional(id), captures: v.optional(v.boolean(), true) }),
  ).answers<PopupView>(),
  'capture.opened': route('extension', v.object({ captureId: id })).answers<CaptureView | undefined>(),
  /** The readable text of one message; `undefined` where the capture or the message is gone. */
  'message.opened': route('extension', v.object({ captureId: id, messageId: text(2_000) })).answers<MessageText | undefined>(),
  /** Puts the address of a queue, one of the settings, into the mail that is being written in a tab; whether it stands there now. */
  'address.wanted': route('extension', v.object({ tabId: v.number(), mailbox: text(600) })).answers<boolean>(),
  'capture.discarded': route('extension', v.object({ captureId: id })).answers<null>(),
  'draft.edited': route('extension', v.object({ captureId: id, edits })).answers<CaptureView | undefined>(),
  /** Safe to repeat: the same capture gives the same delivery. */
  'draft.submitted': route('extension', v.object({ captureId: id })).answers<{ deliveryId: string }>(),
  /** `requestId` makes a repeat harmless. `ticket` is a ticket id from the Tickets list or a number as typed. */
  'note.submitted': route('extension', v.object({ requestId: id, endpointId: id, ticket: text(200), note: text(1_000_000) })).answers<{
    deliveryId: string;
  }>(),
  /** The ticket with a number as typed; `undefined` where the system can't be asked or knows none. */
  'ticket.typed': route('extension', v.object({ endpointId: id, ticket: text(200) })).answers<TypedTicket | undefined>(),
  /** Tickets by number, words of the title or the requester, at most twenty; `undefined` where the system can't be searched. */
  'tickets.searched': route('extension', v.object({ endpointId: id, text: text(500) })).answers<readonly TicketHit[] | undefined>(),
  'list.opened': route(
    'extension',
    v.object({
      endpointId: id,
      list: v.picklist(['queues', 'priorities', 'assignees', 'types', 'tags']),
      refresh: v.optional(v.boolean(), false),
      /** The queue that is chosen: some lists exist only for one, others are the same for all. */
      within: v.exactOptional(choice),
    }),
  ).answers<ListView>(),
  'outbox.opened': route(
    'extension',
    v.object({ after: v.optional(id), limit: v.optional(v.pipe(v.number(), v.maxValue(200)), 50) }),
  ).answers<OutboxPage>(),
  'delivery.retried': route('extension', v.object({ id })).answers<null>(),
  'delivery.repeated': route('extension', v.object({ id })).answers<null>(),
  /** To the ticket that a colleague made of the thread. */
  'delivery.appended': route('extension', v.object({ id })).answers<null>(),
  /** The person has sent the mail that the delivery waited for. */
  'delivery.mailed': route('extension', v.object({ id })).answers<null>(),
  'delivery.edited': route('extension', v.object({ id })).answers<{ captureId: string }>(),
  'delivery.deleted': route('extension', v.object({ id })).answers<null>(),
  /** The person has read that the database was lost. */
  'loss.understood': route('extension', none).answers<null>(),
  /** `look` names a list that a person looks at: how its tickets stand is asked then, and what an earlier one showed is seen. */
  'tickets.opened': route(
    'extension',
    v.object({ limit: v.optional(v.pipe(v.number(), v.maxValue(200)), 50), look: v.exactOptional(id) }),
  ).answers<readonly TicketRow[]>(),

  // from the page of a handover
  /** The list that is shown in the webmail's tab. Rejects with `webmail-closed` and `no-list`. */
  'handover.listed': route('extension', none).answers<HandoverList>(),
  /** Safe to repeat: the id names the handover. */
  'handover.started': route(
    'extension',
    v.object({
      id,
      tabId: v.number(),
      origin: text(300),
      edits: v.object({
        endpointId: v.exactOptional(id),
        queue: v.exactOptional(choice),
        assignee: v.exactOptional(choice),
        note: v.exactOptional(text(100_000)),
      }),
      threads: v.pipe(
        v.array(v.object({ message: listedMessageSchema, subject: text(2_000), from: v.exactOptional(text(2_000)) })),
        v.minLength(1),
        v.maxLength(longestList),
      ),
    }),
  ).answers<null>(),
  'handover.opened': route('extension', none).answers<HandoverView | undefined>(),
  /** What is being read is still sent; what waits stays. */
  'handover.cancelled': route('extension', none).answers<null>(),
  /** Goes on, and tries again what failed. */
  'handover.resumed': route('extension', none).answers<null>(),
  /** Forgets one that has come to its end; what is in the outbox stays there. */
  'handover.closed': route('extension', none).answers<null>(),

  // from options
  /** Origin → how the last page there was recognised, since the browser started. */
  'checks.opened': route('extension', none).answers<Readonly<Record<string, WebmailCheck>>>(),
  /** The page that was last open there, without its words. Rejects with `no-thread` where none is open. */
  'skeleton.wanted': route('extension', v.object({ origin: text(300) })).answers<string>(),
  'settings.opened': route('extension', none).answers<{
    settings: Settings;
    secrets: Readonly<Record<string, readonly string[]>>;
    managed: ManagedView;
    vault: VaultState;
  }>(),
  /** What these rules make of the thread that was captured last; `undefined` where there is none. */
  'rules.tried': route('extension', v.object({ rules: v.array(ruleSchema) })).answers<RuleTrial | undefined>(),
  'settings.saved': route('extension', v.object({ settings: settingsSchema })).answers<Settings>(),
  /** Secrets that are absent keep their stored value. */
  'endpoint.saved': route('extension', v.object({ endpoint: endpointSchema, secrets: v.optional(secrets, {}) })).answers<Settings>(),
  'endpoint.removed': route('extension', v.object({ endpointId: id })).answers<Settings>(),
  'endpoint.tested': route('extension', v.object({ endpoint: endpointSchema, secrets: v.optional(secrets, {}) })).answers<TestView>(),
  'settings.imported': route('extension', v.object({ document: exportSchema })).answers<Settings>(),
  /** Entries of the ledger that hold all these words, newest first. */
  'ledger.opened': route(
    'extension',
    v.object({
      before: v.optional(v.number()),
      words: v.optional(text(200), ''),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)), 50),
    }),
  ).answers<LedgerPage>(),
  /** Until the browser ends. Rejects with `wrong-passphrase`. */
  'secrets.unlocked': route('extension', v.object({ passphrase })).answers<null>(),
  'secrets.locked': route('extension', none).answers<null>(),
  /** `current` is empty where there is none yet; an empty `next` takes it away. Rejects with `wrong-passphrase`. */
  'passphrase.changed': route(
    'extension',
    v.object({ current: passphrase, next: v.union([v.literal(''), v.pipe(passphrase, v.minLength(shortestPassphrase))]) }),
  ).answers<null>(),
  /** Of every endpoint, and the passphrase over them. */
  'passphrase.forgotten': route('extension', none).answers<null>(),
  /** What was typed and what the ticket system gave for it. */
  'secrets.forgotten': route('extension', v.object({ endpointId: id })).answers<null>(),
  /** Deletes every trace of Relais in this browser, and gives all site permissions back. */
  'everything.wiped': route('extension', none).answers<null>(),
  'settings.exported': route('extension', v.object({ withSecrets: v.boolean() })).answers<v.InferOutput<typeof exportSchema>>(),
} satisfies Record<string, Route<v.GenericSchema, unknown>>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type Input<Name extends RouteName> = v.InferInput<Routes[Name]['schema']>;
export type Parsed<Name extends RouteName> = v.InferOutput<Routes[Name]['schema']>;
export type Answer<Name extends RouteName> = NonNullable<Routes[Name]['answer']>['type'];
