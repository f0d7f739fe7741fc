/** All adapters' data, collected from this folder: adding a webmail is adding a file. The worker reads the same from the package. */
import type { WebmailPage } from '../core/webmail-page.ts';

const pageOf = import.meta.glob<WebmailPage>(['./*.ts', '!./{adapter,find,index,providers,readers}.ts'], { eager: true, import: 'page' });

export const pages: readonly WebmailPage[] = Object.values(pageOf);
