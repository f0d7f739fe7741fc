/** From a capture and what was typed about it to what is shown and what is sent. Pure. */
import type { Capture, Target } from './capture.ts';
import { RelaisError } from './errors.ts';
import { formatMailbox, nameIn, parseMailbox } from './mailbox.ts';
import { fillTemplate, withoutPlaceholders } from './note-template.ts';
import { articleReference, referenceOf } from './reference.ts';
import { type Rule, type RuleHit, ruleFor } from './rules.ts';
import type { Attachment, Message, SafeHtml, Thread } from './thread.ts';
import type { Action, Article, ArticleFile, Choice, TicketDraft } from './ticket.ts';

/** What the settings say about an endpoint, as far as a draft needs it. */
export interface EndpointDefaults {
  readonly id: string;
  /** The system takes no ticket without a queue. */
  readonly needsQueue: boolean;
  readonly defaults: { readonly queue?: Choice | undefined; readonly priority?: Choice | undefined };
}

export interface DraftDefaults {
  readonly endpoints: readonly EndpointDefaults[];
  readonly defaultEndpoint?: string | undefined;
  readonly rules?: readonly Rule[];
  readonly templates?: readonly { readonly id: string; readonly text: string }[];
  /** The day, for templates, in the person's words. */
  readonly today?: string;
}

/** The ticket that a thread has already, as this browser knows it. */
export interface ThreadTicket {
  readonly endpointId: string;
  readonly ticketId: string;
  readonly number: string;
  readonly url?: string;
  /** Ids of those of the thread's messages that are in it. */
  readonly messages: ReadonlySet<string>;
}

/** The form: what was typed, laid over what a rule gives, laid over the defaults. */
export interface Form {
  readonly title: string;
  readonly endpointId?: string;
  readonly queue?: Choice;
  readonly priority?: Choice;
  readonly assignee?: Choice;
  readonly type?: Choice;
  readonly tags?: readonly Choice[];
  readonly requester: string;
  readonly note: string;
  readonly leftOut: ReadonlySet<string>;
  readonly target: Target;
  /** The ticket that the thread has in this ticket system. */
  readonly known?: ThreadTicket;
  /** The rule whose choices these are, where nobody typed others. */
  readonly rule?: RuleHit;
}

/** `tickets`: those that the thread has, one a ticket system at most. */
export function formOf(capture: Capture, settings: DraftDefaults, tickets: readonly ThreadTicket[] = []): Form {
  const { edits, thread } = capture;
  const endpointOf = (id: string | undefined) => settings.endpoints.find((endpoint) => endpoint.id === id);
  const fallback = endpointOf(settings.defaultEndpoint) ?? settings.endpoints[0];
  const hit = thread && ruleFor(settings.rules ?? [], { thread, origin: capture.origin, account: capture.account });
  const ruled = hit && (hit.rule.give.endpointId === undefined ? fallback : endpointOf(hit.rule.give.endpointId));
  const endpoint = endpointOf(edits.endpointId) ?? endpointOf(tickets[0]?.endpointId) ?? ruled ?? fallback;
  // A queue means something in its own system only.
  const rule = ruled !== undefined && ruled === endpoint ? hit : undefined;
  const give = rule?.rule.give;
  const known = tickets.find(({ endpointId }) => endpointId === endpoint?.id);
  const target: Target = edits.target ?? (known ? { kind: 'append', ticketId: known.ticketId, number: known.number } : { kind: 'new' });
  const title = edits.title ?? thread?.title ?? '';
  const queue = edits.queue ?? give?.queue ?? endpoint?.defaults.queue;
  const priority = edits.priority ?? give?.priority ?? endpoint?.defaults.priority;
  const assignee = edits.assignee ?? give?.assignee;
  const tags = edits.tags ?? give?.tags;
  const candidate = thread?.requesters[0];
  const requester = edits.requester ?? (candidate ? formatMailbox(candidate) : '');
  // What a rule says of a new ticket would be said again with every later message.
  const template = target.kind === 'new' ? settings.templates?.find(({ id }) => id === give?.template) : undefined;
  const values = { title, requester: nameIn(requester), queue: queue?.label, me: capture.account, date: settings.today };
  return {
    title,
    ...(endpoint && { endpointId: endpoint.id }),
    ...(queue && { queue }),
    ...(priority && { priority }),
    ...(assignee && { assignee }),
    ...(edits.type && { type: edits.type }),
    ...(tags && tags.length > 0 && { tags }),
    requester,
    note: edits.note ?? (template ? fillTemplate(template.text, values) : ''),
    leftOut: new Set(edits.leftOut ?? (thread ? decorationOf(thread) : [])),
    target,
    ...(known && { known }),
    ...(rule && { rule }),
  };
}

/** Files that stay out until a person ticks one: then only what is unticked does. */
function decorationOf({ messages }: Thread): string[] {
  return messages.flatMap(({ attachments }) => attachments.filter(({ decoration }) => decoration).map(({ id }) => id));
}

export interface DraftWords {
  /** Title of a ticket whose mail has no subject. */
  untitled(thread: Thread): string;
  /** One sentence on what is missing; empty when everything travels. */
  incomplete(thread: Thread, leftOut: ReadonlySet<string>): string;
}

/** The messages that a form sends: ticked, and not in the chosen ticket already. */
export function messagesOf({ messages }: Thread, { leftOut, target, known }: Form): readonly Message[] {
  const there = target.kind === 'append' && target.ticketId === known?.ticketId ? known.messages : undefined;
  return messages.filter(({ id }) => !leftOut.has(id) && !there?.has(id));
}

/**
 * The final draft, and what is asked of the ticket system with it. Throws `no-endpoint` where nothing is configured and `draft-incomplete` with `details.field`
 * where a person must fill something in.
 */
export async function draftOf(
  capture: Capture,
  settings: DraftDefaults,
  words: DraftWords,
  tickets: readonly ThreadTicket[] = [],
): Promise<TicketDraft & { readonly endpointId: string; readonly action: Action }> {
  const { edits, thread } = capture;
  if (thread === undefined) throw new RelaisError('capture-interrupted', 'This capture has no thread yet');
  const form = formOf(capture, settings, tickets);
  if (form.endpointId === undefined) throw new RelaisError('no-endpoint', 'No ticket system is configured');
  const { target } = form;
  if (target.kind === 'append' && target.ticketId === '')
    throw new RelaisError('draft-incomplete', 'No ticket was chosen', { field: 'ticket' });
  // What a person left standing is theirs; of a template that nobody saw, nothing unfilled is sent.
  const note = (edits.note === undefined ? withoutPlaceholders(form.note) : form.note).trim();
  const fresh = messagesOf(thread, form);
  if (fresh.length === 0 && note === '' && edits.target?.kind === 'append')
    throw new RelaisError('draft-incomplete', 'There is nothing to add', { field: 'note' });
  // Nothing is new, and nobody chose a ticket: sent whole, so that the outbox finds that all of it is there.
  const isAppended = target.kind === 'append' && (fresh.length > 0 || note !== '');
  const messages = isAppended || target.kind === 'new' ? fresh : thread.messages.filter(({ id }) => !form.leftOut.has(id));
  const requester = parseMailbox(form.requester) ?? (target.kind === 'append' ? { address: '', name: '' } : undefined);
  if (requester === undefined) throw new RelaisError('draft-incomplete', 'The requester has no mail address', { field: 'requester' });
  const { needsQueue } = settings.endpoints.find(({ id }) => id === form.endpointId) ?? { needsQueue: true };
  if (needsQueue && target.kind === 'new' && form.queue === undefined)
    throw new RelaisError('draft-incomplete', 'No queue was chosen', { field: 'queue' });
  // A second ticket of a thread has a reference of its own: by the thread's, the first one would be found.
  const reference = edits.target?.kind === 'new' ? await referenceOf(`${thread.reference} ${capture.id}`) : thread.reference;
  return {
    endpointId: form.endpointId,
    action: isAppended ? { kind: 'append', ticketId: target.ticketId } : { kind: 'create' },
    reference,
    title: oneLine(form.title) || oneLine(words.untitled(thread)),
    requester,
    ...(!isAppended && {
      ...(form.queue && { queue: form.queue }),
      ...(form.priority && { priority: form.priority }),
      ...(form.assignee && { assignee: form.assignee }),
      ...(form.type && { type: form.type }),
      ...(form.tags && { tags: form.tags }),
    }),
    note,
    articles: await Promise.all(messages.map((message) => articleOf(message, reference, form.leftOut))),
    incomplete: words.incomplete(thread, form.leftOut),
    sourceUrl: capture.url,
  };
}

async function articleOf(message: Message, reference: string, leftOut: ReadonlySet<string>): Promise<Article> {
  const files: ArticleFile[] = message.attachments
    .filter(({ id }) => !leftOut.has(id))
    .map(({ inline, decoration: _, risky: __, ...file }) => ({ ...file, kind: inline ? 'inline' : 'attachment' }));
  if (message.original) files.push({ ...message.original, id: `${message.id}/original`, kind: 'original' });
  return {
    id: message.id,
    reference: await articleReference(reference, message.messageId ?? message.id),
    ...(message.messageId !== undefined && { messageId: message.messageId }),
    from: message.from,
    to: message.to,
    cc: message.cc,
    subject: oneLine(message.subject),
    ...(message.sentAt !== undefined && { sentAt: message.sentAt }),
    text: message.text,
    markdown: message.markdown,
    html: withoutPictures(
      message.html,
      message.attachments.filter(({ id }) => leftOut.has(id)),
    ),
    files,
  };
}

/** The markup without the pictures that don't travel: their alternative text takes their place, as with pictures on the web. */
function withoutPictures(html: SafeHtml, left: readonly Attachment[]): SafeHtml {
  const ids = new Set(left.flatMap(({ contentId }) => (contentId === undefined ? [] : [contentId])));
  if (ids.size === 0) return html;
  // Sanitised markup has its attributes in double quotes and escaped; what is put in was such an attribute.
  return html.replace(/<img\b(?:[^>"]|"[^"]*")*>/g, (tag) => {
    const source = /\ssrc="cid:([^"]*)"/.exec(tag)?.[1]?.replace(/&amp;/g, '&');
    return source !== undefined && ids.has(source) ? (/\salt="([^"]*)"/.exec(tag)?.[1] ?? '').replace(/[<>]/g, '') : tag;
  }) as SafeHtml;
}

/** A line break in a title can become a header or a field in another system. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}
