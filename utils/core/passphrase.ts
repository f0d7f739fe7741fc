/** What worker and pages both know of the passphrase over the credentials. */

/** Whether there is one, and whether it was typed since the browser started. */
export type VaultState = 'none' | 'open' | 'locked';

/** In characters. */
export const shortestPassphrase = 8;
