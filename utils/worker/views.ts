/** Records as pages are shown them. Pure. */
import type { Capture } from '../core/capture.ts';
import type { Delivery, EndpointPause } from '../core/delivery.ts';
import { type DraftDefaults, formOf } from '../core/draft.ts';
import type { Message } from '../core/thread.ts';
import type { Recipe } from '../recipes/recipe.ts';
import type { Endpoint } from '../settings/schema.ts';
import type { CaptureView, EndpointSummary, MessageView, OutboxRow, TicketRow } from '../views.ts';

const excerptLength = 160;

export function captureView(capture: Capture, settings: DraftDefaults, delivery?: OutboxRow): CaptureView {
  const { leftOut, ...form } = formOf(capture, settings);
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
    messages: (capture.thread?.messages ?? []).map((message) => messageView(message, leftOut)),
    gaps: capture.thread?.gaps ?? [],
    ...(capture.error && { error: capture.error }),
    ...(delivery && { delivery }),
  };
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
    actions: capture.status === 'failed' ? ['delete'] : ['edit', 'export', 'delete'],
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
      if (delivery.error?.code === 'already-in-tickets') return ['append', ...edit, 'repeat', 'delete'];
      return delivery.inDoubt === undefined || isRefused ? ['retry', ...edit, ...away, 'delete'] : ['retry', 'repeat', ...away, 'delete'];
    default:
      return ['retry', ...edit, ...away, 'delete'];
  }
}

export function ticketRow(delivery: Delivery, endpointName: string): TicketRow | undefined {
  if (delivery.state.status !== 'delivered') return undefined;
  const { at, receipt } = delivery.state;
  return {
    deliveryId: delivery.id,
    endpointId: delivery.endpointId,
    endpointName,
    ticketId: receipt.ticketId,
    number: receipt.number,
    ...(receipt.url !== undefined && { url: receipt.url }),
    title: delivery.title,
    ...(delivery.queue !== undefined && { queue: delivery.queue }),
    sentAt: at,
  };
}

export function endpointSummary(endpoint: Endpoint, recipe: Recipe | undefined): EndpointSummary {
  return {
    id: endpoint.id,
    name: endpoint.name,
    recipe: endpoint.recipe,
    defaults: endpoint.defaults,
    lists: Object.keys(recipe?.lists ?? {}),
    fields: (['queue', 'priority', 'assignee'] as const).filter((field) => recipe?.fields[field] !== undefined),
    internalNotes: recipe?.note === 'internal',
  };
}
