/** What the options are shown besides: answers to their routes in `routes.ts`. Plain data. */
import type { ErrorRecord } from './core/errors.ts';
import type { Choice } from './core/ticket.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Examined } from './recipes/doctor.ts';
import type { TestResult } from './recipes/interface.ts';
import type { RuleView } from './views.ts';

/** Part of the ledger, newest first. */
export interface LedgerPage {
  readonly rows: readonly (LedgerEntry & { readonly id: number })[];
  /** Pass back as `before` for older ones; absent where there are none. */
  readonly next?: number;
}

/** What an administrator set; a person can't change or remove it. */
export interface ManagedView {
  /** Settings that have one value for everybody. */
  readonly locked: readonly string[];
  /** Ids. */
  readonly endpoints: readonly string[];
  /** Origins. */
  readonly webmails: readonly string[];
  /** Ids. */
  readonly rules: readonly string[];
  /** Ids. */
  readonly templates: readonly string[];
  /** Ids of recipes. */
  readonly recipes: readonly string[];
  /** Settings of the policy that could not be read, and were left out. */
  readonly unreadable: readonly string[];
  /** Credentials are stored under a passphrase only. */
  readonly requirePassphrase?: true;
}

/** What the rules make of the thread that was captured last. */
export interface RuleTrial {
  /** Subject of the thread. */
  readonly subject: string;
  /** Absent: none of them matches. */
  readonly rule?: RuleView;
}

/** What **Test connection** found. */
export interface TestView extends TestResult {
  readonly error?: ErrorRecord;
  /** What else is known of how it failed. */
  readonly examined?: Omit<Examined, 'error'>;
  readonly queues?: readonly Choice[];
  readonly priorities?: readonly Choice[];
  /** Why there are no queues although there is a list of them. */
  readonly queuesError?: ErrorRecord;
}
