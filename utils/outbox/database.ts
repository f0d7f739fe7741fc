/** The one IndexedDB of Relais. Only the worker writes; the preparing document adds blobs. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Capture } from '../core/capture.ts';
import type { CapturedThread } from '../core/captured.ts';
import type { Delivery, EndpointPause } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import type { Loss } from '../core/loss.ts';
import type { Choice, Receipt, TicketDraft, TicketState } from '../core/ticket.ts';
import type { LedgerEntry } from '../ledger.ts';

/** A delivery with the key that the outbox is searched by. */
export interface DeliveryRow extends Delivery {
  /** When it must be looked at next; absent once nothing happens by itself. */
  readonly due?: number;
}

/** Where a thread or message of a webmail lies in a ticket system. */
export interface Link {
  readonly origin: string;
  readonly key: string;
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly receipt: Receipt;
}

export interface CachedList {
  readonly key: string;
  readonly choices: readonly Choice[];
  readonly readAt: number;
}

/** What a ticket system said of a ticket, and what the person saw of that. */
export interface CachedTicket {
  readonly endpointId: string;
  readonly ticketId: string;
  /** Absent while it was never told. */
  readonly told?: TicketState;
  /** When it was last asked, whatever came of it. */
  readonly askedAt: number;
  /** When last asked, the ticket system knew of no such ticket, or showed it to nobody like this person. */
  readonly isHidden?: boolean;
  /** When something was first found to differ from what was told before. */
  readonly changedAt?: number;
  /** What the person knew before they opened the list that is open, or was open last. */
  readonly seen?: TicketState;
  /** That list, and what it showed: seen, once the next one opens. */
  readonly shown?: { readonly look: string; readonly told: TicketState };
}

export interface RelaisSchema extends DBSchema {
  captures: { key: string; value: Capture; indexes: { thread: [string, string]; status: [string, number] } };
  /** What the page handed over, until it is prepared. */
  captured: { key: string; value: CapturedThread };
  deliveries: { key: string; value: DeliveryRow; indexes: { due: [string, number]; status: [string, number]; thread: [string, string] } };
  drafts: { key: string; value: TicketDraft };
  blobs: { key: string; value: Blob };
  pauses: { key: string; value: EndpointPause };
  links: { key: [string, string]; value: Link };
  lists: { key: string; value: CachedList };
  tickets: { key: [string, string]; value: CachedTicket };
  /** Ids of the choices last used, newest first. */
  recent: { key: string; value: readonly string[] };
  ledger: { key: number; value: LedgerEntry };
  /** `recovered`: what the journal had was merged in since this database was made; `lost`: one before it was lost. */
  marks: { key: 'recovered' | 'lost'; value: true | Loss };
}

export type Database = IDBPDatabase<RelaisSchema>;
export const databaseName = 'relais';
export const databaseVersion = 1;

let opened: Promise<Database> | undefined;

/** The open database; opened again when the browser closed it. Rejects with `newer-data` after a downgrade. */
export function database(): Promise<Database> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(): Promise<Database> {
  return openDB<RelaisSchema>(databaseName, databaseVersion, {
    upgrade(db) {
      const captures = db.createObjectStore('captures', { keyPath: 'id' });
      captures.createIndex('thread', ['origin', 'threadKey']);
      captures.createIndex('status', ['status', 'createdAt']);
      db.createObjectStore('captured', { keyPath: 'captureId' });
      const deliveries = db.createObjectStore('deliveries', { keyPath: 'id' });
      deliveries.createIndex('due', ['endpointId', 'due']);
      deliveries.createIndex('status', ['state.status', 'createdAt']);
      deliveries.createIndex('thread', ['endpointId', 'reference']);
      for (const name of ['drafts', 'blobs', 'recent', 'marks'] as const) db.createObjectStore(name);
      db.createObjectStore('pauses', { keyPath: 'endpointId' });
      db.createObjectStore('links', { keyPath: ['origin', 'key'] });
      db.createObjectStore('lists', { keyPath: 'key' });
      db.createObjectStore('tickets', { keyPath: ['endpointId', 'ticketId'] });
      db.createObjectStore('ledger', { autoIncrement: true });
    },
    blocking(_current, _blocked, event) {
      (event.target as unknown as Database | null)?.close();
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof DOMException && thrown.name === 'VersionError')) throw thrown;
    throw new RelaisError('newer-data', 'A newer version of Relais wrote this database', {}, { cause: thrown });
  });
}

/** Empties every store. */
export async function clearDatabase(): Promise<void> {
  const db = await database();
  const names = [...db.objectStoreNames];
  const tx = db.transaction(names, 'readwrite', { durability: 'strict' });
  await Promise.all([...names.map((name) => tx.objectStore(name).clear()), tx.done]);
}

/** Closes and forgets the connection: for tests. */
export async function closeDatabase(): Promise<void> {
  const db = await opened?.catch(() => undefined);
  opened = undefined;
  db?.close();
}
