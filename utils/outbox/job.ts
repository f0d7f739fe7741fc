/** What a delivery asks of the engine, in the light of the other deliveries of its thread. */
import type { Delivery } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import type { Receipt, TicketDraft } from '../core/ticket.ts';
import type { Connection, Job } from '../recipes/interface.ts';
import { isOpen } from './decide.ts';
import type { Picked } from './pick.ts';

export function threadOf({ endpointId, reference }: Delivery): string {
  return `${endpointId} ${reference}`;
}

export function isTakeable({ state }: Delivery, now: number): boolean {
  return (state.status === 'held' || state.status === 'waiting' || state.status === 'unsure') && state.dueAt <= now;
}

/** Behind another delivery of its thread that is still on its way or waits for a person. */
export function isBlocked(delivery: Delivery, thread: readonly Delivery[]): boolean {
  return thread.some((other) => isOpen(other) && isBefore(other, delivery));
}

/** What may have made a ticket goes first, whatever the clock said when it came; of the same moment, one goes first. */
function isBefore(one: Delivery, other: Delivery): boolean {
  const begun = ({ inDoubt, finished }: Delivery) => inDoubt !== undefined || Object.keys(finished).length > 0;
  if (begun(one) !== begun(other)) return begun(one);
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}

/** What is tried was tried before, and nobody knows what came of it: no person's word, no refusal. */
export function isRepeat({ inDoubt, repeatAnyway, error }: Delivery, now: Delivery): boolean {
  return inDoubt !== undefined && inDoubt.step === now.inDoubt?.step && !repeatAnyway && error?.code !== 'rejected';
}

/** Nothing was sent for it yet, and nobody said to send it whatever is there. */
export function isFirstTry({ action, finished, inDoubt, repeatAnyway }: Job): boolean {
  return action.kind === 'create' && Object.keys(finished).length === 0 && inDoubt === undefined && !repeatAnyway;
}

/** What the engine is asked: a thread that already has a ticket gets what is new appended; `undefined` when nothing is. */
export function jobOf({ delivery, thread }: Picked, draft: TicketDraft, connection: Connection): Job | undefined {
  const job: Job = {
    connection,
    action: delivery.action,
    draft,
    finished: delivery.finished,
    ...(delivery.inDoubt && { inDoubt: delivery.inDoubt.step, inDoubtSince: sinceWhen(delivery, connection) }),
    ...(delivery.repeatAnyway && { repeatAnyway: true }),
  };
  const sent = sentBefore(delivery, thread);
  const first = sent[0];
  if (delivery.action.kind !== 'create' || !first) return job;
  const known = new Set(sent.flatMap(({ articles }) => articles));
  const articles = draft.articles.filter(({ reference }) => !known.has(reference));
  if (articles.length === 0 && draft.note === '') return undefined;
  return { ...job, action: { kind: 'append', ticketId: first.receipt.ticketId }, draft: { ...draft, articles } };
}

export function adopted({ delivery, thread }: Picked): Receipt {
  const [first] = sentBefore(delivery, thread);
  if (!first) throw new RelaisError('unexpected', 'Nothing to adopt');
  return { ...first.receipt, adopted: true };
}

/** A system that has refused is done with it: what it made all the same shows at once, unless its search lags. */
function sinceWhen({ inDoubt, error }: Delivery, { recipe }: Connection): number {
  return error?.code === 'rejected' && recipe.dedupe.class !== 'indexed' ? 0 : (inDoubt?.since ?? 0);
}

/** Delivered deliveries of the same thread to the same endpoint, oldest first. */
function sentBefore(delivery: Delivery, thread: readonly Delivery[]): readonly { articles: readonly string[]; receipt: Receipt }[] {
  return thread.flatMap((other) =>
    other.id !== delivery.id && other.state.status === 'delivered' ? [{ articles: other.articles, receipt: other.state.receipt }] : [],
  );
}
