/** What was asked of whom: one entry for every request that left for a ticket system, and one for every thread read from a webmail. Never an address's path, never content. */

export interface LedgerEntry {
  /** When it left, ms since 1970. */
  readonly at: number;
  /** Host and port. */
  readonly host: string;
  readonly purpose: string;
  readonly method: string;
  /** HTTP status; absent where no answer came, 0 for a redirect whose status the browser hides. */
  readonly status?: number;
  /** Why no answer came: an error code. */
  readonly error?: string;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly ms: number;
}

/** How many entries are kept; older ones go first. */
export const ledgerSize = 5_000;
