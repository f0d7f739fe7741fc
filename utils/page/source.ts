/**
 * The only place where a script in a webmail page fetches: from the page's own origin, with the page's own login.
 * `mode: same-origin` makes the browser refuse a redirect elsewhere before anything is sent there.
 */
import { RelaisError } from '../core/errors.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { looksLikeMail } from './mail-header.ts';

/**
 * `fetch` for one page. Rejects for any other origin, except where the page's own one redirects to `elsewhere`; that
 * answer carries no login of ours. A redirect anywhere else is a session that has ended: `webmail-signed-out`.
 */
export function fetchWithin(page: URL, signal: AbortSignal, elsewhere: readonly string[] = []): PageContext['fetch'] {
  return async (address, init = {}) => {
    const url = new URL(address, page);
    if (url.origin !== page.origin) throw new TypeError('A webmail page may only be asked at its own origin');
    const request: RequestInit = { ...init, signal, credentials: 'same-origin', mode: 'same-origin', redirect: 'follow' };
    // A redirect that comes from the cache brings no permission to read what it leads to.
    const response = await fetch(url, elsewhere.length > 0 ? { ...request, mode: 'cors', cache: 'no-store' } : request).catch(
      async (error: unknown) => {
        // Not what is sent on as a habit, nor what may have done something: the page itself.
        const asked = elsewhere.length > 0 || init.method === 'POST' ? new URL(page.pathname + page.search, page) : url;
        if (!signal.aborted && (await redirects(asked, { ...request, method: 'GET', body: null })))
          throw new RelaisError('webmail-signed-out', 'The webmail sends to another host to log in', {}, { cause: error });
        throw error;
      },
    );
    if (response.url !== '' && ![page.origin, ...elsewhere].includes(new URL(response.url).origin))
      throw new TypeError('The webmail answered from another origin');
    return response;
  };
}

/** Asked without following: a network that is down redirects nowhere. */
async function redirects(url: URL, request: RequestInit): Promise<boolean> {
  const { type } = await fetch(url, { ...request, redirect: 'manual' }).catch(() => ({ type: 'error' }));
  return type === 'opaqueredirect';
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
