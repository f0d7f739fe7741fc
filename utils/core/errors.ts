/**
 * One error class, a closed list of codes, one total table from code to remedy.
 * The sentence on screen comes from the code (`error_<code>` in the locales); `message` is for the log.
 */

/**
 * What follows an error while delivering:
 * `retry` nothing reached the system, try again later; `check` it may have worked, look before repeating;
 * `pause` the endpoint as a whole can't work until somebody or something changes; `stop` a person must act on this delivery.
 */
export type Remedy = 'retry' | 'check' | 'pause' | 'stop';

export const remedies = {
  // reading
  'no-thread': 'stop',
  'no-list': 'stop', // this webmail's list can't be read
  'webmail-closed': 'stop', // no tab shows the webmail
  'unknown-webmail': 'stop',
  'webmail-signed-out': 'stop',
  'capture-interrupted': 'stop',
  'capture-too-large': 'stop',
  // settings
  'bad-settings': 'stop',
  'bad-recipe': 'stop',
  'permission-missing': 'pause',
  locked: 'pause', // credentials are under a passphrase that was not typed since the browser started
  'wrong-passphrase': 'stop',
  'passphrase-needed': 'stop', // an administrator wants one before credentials are stored
  'no-endpoint': 'stop',
  'draft-incomplete': 'stop', // details.field: title, queue, requester, ticket, note
  // sending, nothing happened there
  offline: 'pause',
  'rate-limited': 'retry',
  unavailable: 'retry',
  // sending, may have worked
  timeout: 'check',
  'connection-lost': 'check',
  'server-error': 'check',
  'unreadable-answer': 'check',
  interrupted: 'check',
  redirected: 'pause',
  'login-page': 'pause',
  // sending, useless to repeat unchanged
  unauthorised: 'pause',
  rejected: 'stop',
  'not-found': 'stop',
  'too-large': 'stop',
  'cannot-look-up': 'stop',
  'already-in-tickets': 'stop',
  'mail-needed': 'stop', // this ticket system takes mail only, which a person sends; details.to
  // ourselves
  'storage-full': 'stop',
  'newer-data': 'stop', // a newer version of Relais wrote the database; nothing of it is touched
  'worker-unreachable': 'stop',
  'forbidden-message': 'stop',
  unexpected: 'stop',
} as const satisfies Record<string, Remedy>;

export type ErrorCode = keyof typeof remedies;

/** Numbers and short words, and the server's own sentence as `said`. Never mail content, never a credential. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** What crosses a message boundary or is stored with a delivery. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

export class RelaisError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RelaisError';
    this.code = code;
    this.details = details;
  }

  record(): ErrorRecord {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromRecord(record: ErrorRecord): RelaisError {
    return new RelaisError(record.code, record.message, record.details);
  }

  /** At a boundary: whatever was thrown becomes a `RelaisError`; a bug becomes `unexpected` and keeps its cause. */
  static from(thrown: unknown): RelaisError {
    if (thrown instanceof RelaisError) return thrown;
    if (isQuotaError(thrown)) return new RelaisError('storage-full', 'The browser has no room left for this', {}, { cause: thrown });
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return new RelaisError('unexpected', message, {}, { cause: thrown });
  }
}

function isQuotaError(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'QuotaExceededError';
}
