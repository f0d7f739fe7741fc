/** All adapters' readers. Only the capture script imports this. */
import type { WebmailReader } from './adapter.ts';

const readerOf = import.meta.glob<WebmailReader>(['./*.ts', '!./{adapter,find,index,providers,readers}.ts'], {
  eager: true,
  import: 'reader',
});

/** The reader of an adapter id. */
export function readerFor(id: string): WebmailReader | undefined {
  return readerOf[`./${id}.ts`];
}
