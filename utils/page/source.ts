/**
 * The only place where a script in a webmail page fetches: from the page's own origin, with the page's own login.
 * `mode: same-origin` makes the browser refuse a redirect elsewhere before anything is sent there.
 */
import type { PageContext } from '../webmail/adapter.ts';
import { looksLikeMail } from './mail-header.ts';

/** `fetch` for one page. Rejects for any other origin. */
export function fetchWithin(page: URL, signal: AbortSignal): PageContext['fetch'] {
  return async (address, init = {}) => {
    const url = new URL(address, page);
    if (url.origin !== page.origin) throw new TypeError('A webmail page may only be asked at its own origin');
    const response = await fetch(url, { ...init, signal, credentials: 'same-origin', mode: 'same-origin', redirect: 'follow' });
    if (response.url !== '' && new URL(response.url).origin !== page.origin)
      throw new TypeError('The webmail answered from another origin');
    return response;
  };
}

/** What a request for a message's source gave: its bytes, a web page (a log-in form, an error), or nothing of use. */
export type RawAnswer = ArrayBuffer | 'page' | undefined;

/** Reads an answer that should be a mail's source. Status 200 proves nothing in webmails: type and first line are looked at too. */
export async function readRaw(response: Response): Promise<RawAnswer> {
  const type = response.headers.get('content-type') ?? '';
  if (/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return [200, 401, 403].includes(response.status) ? 'page' : undefined;
  if (response.status !== 200 || !/^(text\/plain|message\/rfc822|application\/octet-stream)\b/i.test(type)) return undefined;
  const bytes = await response.arrayBuffer();
  return looksLikeMail(bytes) ? bytes : undefined;
}
