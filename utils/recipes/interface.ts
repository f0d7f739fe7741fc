/** What the outbox and the options page ask of the engine, whichever the ticket system. */
import type { FinishedStep, Json } from '../core/delivery.ts';
import type { Action, Choice, ListName, Receipt, TicketDraft, TicketHit, TicketState } from '../core/ticket.ts';
import type { Http } from '../http.ts';
import type { Recipe, Rewrite } from './recipe.ts';

/** One configured system: the recipe with the values of its fields. Secrets only ever go to the recipe's origins. */
export interface Connection {
  readonly recipe: Recipe;
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where tokens that the system gave are kept. Absent: in memory. */
  readonly tokens?: TokenStore;
}

/** One text per connection, kept as safe as its secrets. */
export interface TokenStore {
  read(): Promise<string | undefined>;
  /** `change` runs alone in the whole profile, over what is stored now; what it gives is stored before anybody else's turn. */
  update(change: (stored: string | undefined) => Promise<string>): Promise<string>;
}

/** A window in which the person signs in at the system's own page. */
export interface SignIn {
  /** The address to which the system must send back. */
  readonly redirect: string;
  /** Opens a page and gives the address that it ended at. Throws `unauthorised` when the person closed it. */
  readonly open: (url: string) => Promise<string>;
}

export interface EngineContext {
  readonly http: Http;
  /** Bytes of a stored file. */
  readonly readBlob: (key: string) => Promise<Blob>;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  /** Absent where nobody sits in front: a sign-in that is needed is then an error. */
  readonly signIn?: SignIn;
  /** Awaited before the first request of a recipe that asks for other headers than a browser sends. Absent: not needed here. */
  readonly rewriteHeaders?: (origins: readonly string[], rewrite: Rewrite) => Promise<void>;
}

export interface Job {
  readonly connection: Connection;
  readonly action: Action;
  readonly draft: TicketDraft;
  readonly finished: Readonly<Record<string, FinishedStep>>;
  /** A step that may have worked: looked up before it is repeated. */
  readonly inDoubt?: string;
  /** Since when it is in doubt: finding nothing counts only after the recipe's lag. Absent: since the engine first met it. */
  readonly inDoubtSince?: number;
  /** Repeat the step in doubt even where nothing can be looked up. */
  readonly repeatAnyway?: boolean;
}

export interface Progress {
  /** Awaited before a request that is not safe to repeat leaves; what it stores makes the step `inDoubt`. */
  started(step: string): Promise<void>;
  /** Awaited after the answer was understood, before the next step. */
  finished(step: string, out: Readonly<Record<string, Json>>): Promise<void>;
}

export interface Found {
  readonly ticketId: string;
  readonly number: string;
  readonly url?: string;
}

/** One link of the chain that "Test connection" walked. */
export interface TestResult {
  readonly ok: boolean;
  /** The address answers, but nothing there can be asked without making a ticket: whether the login is right is not known. */
  readonly untried?: boolean;
  /** Who the system says we are, or its version, where it tells. */
  readonly identity?: string;
  readonly version?: string;
  /** Warnings that don't stop the set-up (no list of queues, notes not internal). */
  readonly warnings: readonly string[];
}

export interface Engine {
  /** Runs the steps that are not finished. Throws `RelaisError`; its remedy says what may be done next. */
  deliver(job: Job, context: EngineContext, progress: Progress): Promise<Receipt>;
  /** Finds the ticket of a reference; a hit was read and its reference compared. `cannot-look-up` where the recipe has no way. */
  lookUp(connection: Connection, reference: string, context: EngineContext): Promise<Found | undefined>;
  read(connection: Connection, ticketId: string, context: EngineContext): Promise<TicketState>;
  /** `undefined` where the system offers no such list: the person types. `within` for a list that depends on a choice of another. */
  list(connection: Connection, name: ListName, context: EngineContext, within?: Choice): Promise<readonly Choice[] | undefined>;
  /** Tickets by number, words of the title or the requester, at most twenty; `undefined` where the recipe has no search. */
  search(connection: Connection, text: string, context: EngineContext): Promise<readonly TicketHit[] | undefined>;
  /** A call that fails without a valid identity. Throws what is wrong. */
  test(connection: Connection, context: EngineContext): Promise<TestResult>;
  /** Origins that a connection talks to, for the permission request. Throws `bad-settings` naming the field. */
  origins(connection: Pick<Connection, 'recipe' | 'values'>): Promise<readonly string[]>;
}
