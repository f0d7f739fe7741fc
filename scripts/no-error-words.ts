/**
 * Takes the sentences of JSONata's errors out of the packages: they quote values, which may be mail or secrets, so that
 * Relais keeps an error's code alone. A build in which they are not found fails, since the library has changed.
 */
const file = '/jsonata/jsonata.js';
const table = /var errorCodes = \{[^}]*"S0101"[\s\S]{1,20000}?\n {4}\};/;

/** For Vite, in builds alone. */
export const noErrorWords = {
  name: 'no-error-words',
  apply: 'build',
  transform(code: string, id: string): string | undefined {
    if (!id.endsWith(file)) return undefined;
    if (!table.test(code)) throw new Error(`${file} has no table of errors: see scripts/no-error-words.ts`);
    return code.replace(table, 'var errorCodes = {};');
  },
} as const;
