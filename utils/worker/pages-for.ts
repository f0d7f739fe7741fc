/** Which adapters a page is given to be recognised by. */
import type { WebmailPage } from '../core/webmail-page.ts';
import type { Settings } from '../settings/schema.ts';
import { pages } from '../webmail/index.ts';

/** The hosted service at this origin, or the one that the person named for it; else everything that anybody may host. */
export function pagesFor(origin: string | undefined, { webmails }: Settings): readonly WebmailPage[] {
  const named = webmails.find((webmail) => webmail.origin === origin)?.adapter;
  const own = pages.filter(({ id, origins }) => id === named || (origin !== undefined && origins.includes(origin)));
  return own.length > 0 ? own : pages.filter(({ marks }) => marks !== undefined);
}
