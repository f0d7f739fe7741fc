/** Words on screen, without a browser: the English locale of the extension. */
import { readFileSync } from 'node:fs';

const texts = JSON.parse(readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, { readonly message: string } | undefined>
>;

export function say(key: string, ...values: string[]): string {
  return (texts[key]?.message ?? '').replace(/\$(\$|[1-9])/g, (_, what: string) => (what === '$' ? '$' : (values[Number(what) - 1] ?? '')));
}
