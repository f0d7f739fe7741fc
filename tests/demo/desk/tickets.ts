/** What the ticket desk keeps: a small honest ticket system that stores what it is given and tells who listens. */
import { EventEmitter } from 'node:events';

export interface DeskFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: Buffer;
}

export interface DeskArticle {
  readonly from: string;
  readonly subject: string;
  readonly date: string;
  readonly text: string;
  readonly internal: boolean;
  readonly files: readonly DeskFile[];
}

export interface DeskTicket {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly queue: string;
  readonly priority: string;
  readonly requester: string;
  readonly reference: string;
  readonly state: string;
  readonly owner: string;
  readonly incomplete: string;
  readonly articles: readonly DeskArticle[];
}

/** The document that the desk accepts: what the recipe for any REST endpoint sends unless it is told otherwise. */
export interface TicketDocument {
  readonly title: string;
  readonly queue: string;
  readonly priority?: string;
  readonly requester: { readonly address: string; readonly name?: string };
  readonly reference: string;
  readonly note?: string;
  readonly incomplete?: string;
  readonly articles?: readonly {
    readonly from: { readonly address: string; readonly name?: string };
    readonly subject?: string;
    readonly sentAt?: string;
    readonly text: string;
    readonly attachments?: readonly { readonly name: string; readonly type: string; readonly content: string }[];
  }[];
}

export const queues = ['General', 'Support', 'Infra', 'Billing'] as const;
const firstNumber = 4711;

export class TicketStore {
  readonly tickets: DeskTicket[] = [];
  readonly #events = new EventEmitter();

  /** Throws a sentence for a document that lacks something: the desk answers it with 422. */
  create(document: TicketDocument): DeskTicket {
    if (!document.title?.trim()) throw new Error('title is missing');
    if (!queues.some((queue) => queue === document.queue)) throw new Error(`There is no queue ${JSON.stringify(document.queue ?? null)}`);
    if (!/^[^@\s]+@[^@\s]+$/.test(document.requester?.address ?? '')) throw new Error('requester must be an address');
    const number = String(firstNumber + this.tickets.length);
    const ticket: DeskTicket = {
      id: number,
      number,
      title: document.title,
      queue: document.queue,
      priority: document.priority || 'Normal',
      requester: document.requester.address,
      reference: document.reference,
      state: 'new',
      owner: '',
      incomplete: document.incomplete ?? '',
      articles: [...articlesOf(document), ...notesOf(document)],
    };
    this.tickets.push(ticket);
    this.#events.emit('changed', ticket);
    return ticket;
  }

  append(id: string, document: Pick<TicketDocument, 'articles' | 'note'>): DeskTicket | undefined {
    const at = this.tickets.findIndex((ticket) => ticket.id === id);
    const before = this.tickets[at];
    if (!before) return undefined;
    const after = { ...before, articles: [...before.articles, ...articlesOf(document), ...notesOf(document)] };
    this.tickets[at] = after;
    this.#events.emit('changed', after);
    return after;
  }

  /** Somebody works on a ticket in the desk itself. */
  update(id: string, change: Partial<Pick<DeskTicket, 'state' | 'owner' | 'queue'>>): void {
    const at = this.tickets.findIndex((ticket) => ticket.id === id);
    const before = this.tickets[at];
    if (!before) throw new Error(`No ticket ${id}`);
    const after = { ...before, ...change };
    this.tickets[at] = after;
    this.#events.emit('changed', after);
  }

  withReference(reference: string): DeskTicket[] {
    return this.tickets.filter((ticket) => ticket.reference === reference);
  }

  /** By number, words of the title, or requester. */
  search(text: string): DeskTicket[] {
    const wanted = text.toLowerCase();
    return this.tickets.filter(({ number, title, requester }) =>
      [number, title, requester].some((has) => has.toLowerCase().includes(wanted)),
    );
  }

  /** Calls back for every new or changed ticket; gives the function that ends it. */
  listen(onChange: (ticket: DeskTicket) => void): () => void {
    this.#events.on('changed', onChange);
    return () => this.#events.off('changed', onChange);
  }

  /** The first ticket there is, now or within the time; rejects after it. */
  async first(milliseconds: number): Promise<DeskTicket> {
    const already = this.tickets[0];
    if (already) return already;
    const { promise, resolve, reject } = Promise.withResolvers<DeskTicket>();
    const end = this.listen(resolve);
    const late = setTimeout(() => reject(new Error(`No ticket arrived within ${milliseconds / 1000} s`)), milliseconds);
    return promise.finally(() => {
      end();
      clearTimeout(late);
    });
  }
}

function articlesOf(document: Pick<TicketDocument, 'articles'>): DeskArticle[] {
  return (document.articles ?? []).map(({ from, subject = '', sentAt = '', text, attachments = [] }) => ({
    from: from.name ? `${from.name} <${from.address}>` : from.address,
    subject,
    date: sentAt,
    text,
    internal: false,
    files: attachments.map(({ name, type, content }) => {
      const bytes = Buffer.from(content, 'base64');
      return { name, type, size: bytes.byteLength, bytes };
    }),
  }));
}

function notesOf(document: Pick<TicketDocument, 'note'>): DeskArticle[] {
  if (!document.note) return [];
  return [{ from: 'camille@example.org', subject: '', date: '', text: document.note, internal: true, files: [] }];
}
