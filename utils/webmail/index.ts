/**
 * All adapters, collected from this folder: adding one is adding a file. The two lists are apart, so that readers never
 * get into the button script.
 */
import type { WebmailPage, WebmailReader } from './adapter.ts';

const pageOf = import.meta.glob<WebmailPage>(['./*.ts', '!./adapter.ts', '!./find.ts', '!./index.ts'], { eager: true, import: 'page' });
const readerOf = import.meta.glob<WebmailReader>(['./*.ts', '!./adapter.ts', '!./find.ts', '!./index.ts'], {
  eager: true,
  import: 'reader',
});

/** How to recognise each webmail and where its button goes. */
export const pages: readonly WebmailPage[] = Object.values(pageOf);

/** The reader of an adapter id. */
export function readerFor(id: string): WebmailReader | undefined {
  return readerOf[`./${id}.ts`];
}
