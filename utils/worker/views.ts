/** Records as pages are shown them. Pure. */
import type { Capture } from '../core/capture.ts';
import type { Delivery, EndpointPause } from '../core/delivery.ts';
import { type DraftDefaults, formOf, type ThreadTicket } from '../core/draft.ts';
import type { RuleHit } from '../core/rules.ts';
import type { Message } from '../core/thread.ts';
import type { CachedTicket } from '../outbox/database.ts';
import { changedIn } from '../outbox/tickets.ts';
import type { Recipe } from '../recipes/recipe.ts';
import type { Endpoint } from '../settings/schema.ts';
import type { CaptureView, EndpointSummary, MessageView, OutboxRow, RuleView, TicketRow } from '../views.ts';

const excerptLength = 160;

export function captureView(
  capture: Capture,
  settings: DraftDefaults,
  tickets: readonly ThreadTicket[],
  delivery?: OutboxRow,
): CaptureView {
  const { leftOut, known, rule, ...form } = formOf(capture, settings, tickets);
  return {
    id: capture.id,
    status: capture.status,
    received: capture.received,
    expected: capture.expected,
    webmail: capture.webmail,
    url: capture.url,
    ...(capture.thread && { reference: capture.thread.reference }),
    subject: capture.thread?.subject ?? '',
    ...form,
    requesters: capture.thread?.requesters ?? [],
    ...(known && { known: { ticketId: known.ticketId, number: known.number, ...(known.url !== undefined && { url: known.url }) } }),
    ...(capture.account !== undefined && { account: capture.account }),
    ...(rule && { rule: { ...ruleView(rule), ...(rule.rule.give.queue && { queue: rule.rule.give.queue }) } }),
    messages: (capture.thread?.messages ?? []).map((message) => ({
      ...messageView(message, leftOut),
      ...(known?.messages.has(message.id) && { known: true }),
    })),
    gaps: capture.thread?.gaps ?? [],
    ...(capture.error && { error: capture.error }),
    ...(delivery && { delivery }),
  };
}

export function ruleView({ rule: { id, name }, because }: RuleHit): RuleView {
  return { id, name, because };
}

function messageView(message: Message, leftOut: ReadonlySet<string>): MessageView {
  return {
    id: message.id,
    from: message.from,
    ...(message.sentAt !== undefined && { sentAt: message.sentAt }),
    subject: message.subject,
    excerpt: message.text
      .slice(0, 4 * excerptLength)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, excerptLength),
    source: message.source,
    ticked: !leftOut.has(message.id),
    attachments: message.attachments.map(({ id, filename, mediaType, size, inline, decoration, risky }) => ({
      id,
      filename,
      mediaType,
      size,
      inline,
      ticked: !leftOut.has(id),
      ...(decoration && { decoration }),
      ...(risky && { risky }),
    })),
    ...(message.original && { original: message.original.size }),
  };
}

/** A capture that was not sent yet, as a row of the outbox. */
export function draftRow(capture: Capture, settings: DraftDefaults): OutboxRow {
  return {
    id: capture.id,
    kind: 'draft',
    title: formOf(capture, settings).title,
    status: capture.status === 'failed' ? 'stopped' : 'draft',
    createdAt: capture.createdAt,
    attempts: 0,
    ...(capture.error && { error: capture.error }),
    actions: capture.status === 'failed' ? ['export', 'delete'] : ['edit', 'export', 'delete'],
  };
}

export function deliveryRow(delivery: Delivery, endpointName: string | undefined, pause: EndpointPause | undefined): OutboxRow {
  const { state } = delivery;
  const paused = pause !== undefined && (state.status === 'waiting' || state.status === 'unsure');
  const dueAt = paused ? pause.retryAt : 'dueAt' in state ? state.dueAt : undefined;
  const error = paused ? pause.error : state.status === 'delivered' ? undefined : delivery.error;
  return {
    id: delivery.id,
    kind: 'delivery',
    title: delivery.title,
    ...(endpointName !== undefined && { endpointName }),
    status: paused ? 'paused' : state.status,
    createdAt: delivery.createdAt,
    ...(dueAt !== undefined && { dueAt }),
    attempts: delivery.attempts,
    ...(state.status === 'sending' && delivery.inDoubt && { underWay: { since: delivery.inDoubt.since, bytes: delivery.bytes ?? 0 } }),
    ...(delivery.incomplete && { incomplete: delivery.incomplete }),
    ...(error && { error }),
    ...(state.status === 'delivered' && { receipt: state.receipt }),
    actions: actionsFor(delivery),
  };
}

function actionsFor(delivery: Delivery): OutboxRow['actions'] {
  const thread = delivery.kind === 'thread';
  // Once something was made in the ticket system, what it was made of can't be changed any more.
  const isRefused = delivery.error?.code === 'rejected';
  const isOpenToEdit = Object.keys(delivery.finished).length === 0 && (delivery.inDoubt === undefined || isRefused);
  const edit = thread && isOpenToEdit ? (['edit'] as const) : [];
  const away = thread ? (['export', 'mail'] as const) : [];
  switch (delivery.state.status) {
    case 'sending':
      return [];
    case 'delivered':
      return ['delete'];
    case 'stopped':
      if (delivery.error?.code === 'mail-needed') return ['mail', 'mail-file', 'mailed', ...edit, 'delete'];
      if (delivery.error?.code === 'already-in-tickets') return ['append', ...edit, 'repeat', 'delete'];
      return delivery.inDoubt === undefined || isRefused ? ['retry', ...edit, ...away, 'delete'] : ['retry', 'repeat', ...away, 'delete'];
    default:
      return ['retry', ...edit, ...away, 'delete'];
  }
}

/** One row for everything that was sent to one ticket; `sent` newest first. */
export function ticketRow(sent: readonly Delivery[], endpointName: string, cached: CachedTicket | undefined): TicketRow | undefined {
  const receipts = sent.flatMap(({ state }) => (state.status === 'delivered' ? [state.receipt] : []));
  const [newest] = sent;
  // The one that made the ticket knows most of it.
  const first = sent.findLast(({ action }) => action.kind === 'create') ?? sent.at(-1);
  if (newest?.state.status !== 'delivered' || first?.state.status !== 'delivered') return undefined;
  const { ticketId, number, url } = first.state.receipt;
  const { told, seen } = cached ?? {};
  const queue = told?.queue ?? first.queue;
  const twin = receipts.find((receipt) => receipt.twin)?.twin;
  const changes = changedIn(seen, told).map((fact) => ({ fact, before: seen?.[fact] ?? '' }));
  return {
    deliveryId: newest.id,
    endpointId: newest.endpointId,
    endpointName,
    ticketId,
    number: number === ticketId ? (told?.number ?? number) : number,
    ...(url !== undefined && { url }),
    title: isNamed(first) ? first.title : (told?.title ?? first.title),
    ...(queue !== undefined && { queue }),
    sentAt: newest.state.at,
    ...(told?.state !== undefined && { state: told.state }),
    ...(told?.owner !== undefined && { owner: told.owner }),
    changes,
    ...(cached?.isHidden && { isHidden: true as const }),
    ...(changes.length > 0 && cached?.changedAt !== undefined && { changedAt: cached.changedAt }),
    ...(twin && { twin }),
  };
}

/** A note on a typed number has no other title than that. */
function isNamed({ kind, title }: Delivery): boolean {
  return kind === 'thread' || !title.startsWith('#');
}

export function endpointSummary(endpoint: Endpoint, recipe: Recipe | undefined): EndpointSummary {
  return {
    id: endpoint.id,
    name: endpoint.name,
    recipe: endpoint.recipe,
    defaults: endpoint.defaults,
    lists: Object.keys(recipe?.lists ?? {}),
    fields: (['queue', 'priority', 'assignee', 'type', 'tags'] as const).filter((field) => recipe?.fields[field] !== undefined),
    ...(recipe && recipe.search.length > 0 && { searches: true as const }),
    internalNotes: recipe?.note === 'internal',
    ...(recipe?.note === 'none' && { takesNotes: false as const }),
    ...(recipe?.append.length === 0 && { appends: false as const }),
  };
}
