/** Asks a webmail no faster than it likes, and waits where it says so. */
import type { WebmailPage } from '../core/webmail-page.ts';
import type { PageContext } from '../webmail/adapter.ts';

type Fetch = PageContext['fetch'];
type Wait = (ms: number) => Promise<void>;

export interface Clock {
  now(): number;
  /** Rejects when the capture is over. */
  readonly wait: Wait;
}

/** Times that a request is repeated after "too many", and how long a webmail may ask us to wait, in milliseconds. */
const again = 3;
const longest = 60_000;

/**
 * `ask` within these limits, in the order asked. A 429 or 503 is asked again after the time it names, or a doubling one.
 * `starts`: times of the requests before, of this capture or another one of the same page.
 */
export function paced(ask: Fetch, limits: NonNullable<WebmailPage['pace']>, clock: Clock, starts: number[] = []): Fetch {
  const most = Math.max(0, ...limits.map(({ requests }) => requests));
  const turn = async () => {
    const now = clock.now();
    const at = Math.max(now, ...limits.map(({ requests, ms }) => (starts.at(-requests) ?? -ms) + ms));
    starts.push(at);
    if (starts.length > most) starts.shift();
    if (at > now) await clock.wait(at - now);
  };
  return async (url, init) => {
    for (let tried = 0; ; tried += 1) {
      await turn();
      const response = await ask(url, init);
      if (tried === again || (response.status !== 429 && response.status !== 503)) return response;
      await clock.wait(Math.min(longest, secondsOf(response.headers.get('retry-after')) * 1000 || 2000 * 2 ** tried));
    }
  };
}

/** A date instead of seconds counts as nothing said. */
function secondsOf(retryAfter: string | null): number {
  return /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
}

/** The page's own clock. */
export function clockOf(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    wait: (ms) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
  };
}
