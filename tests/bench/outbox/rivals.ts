/** Runs in a page of the ticket server's own origin: what is there without us. */
import { Queue } from 'workbox-background-sync/Queue.js';

/** Milliseconds for posting each body, one after the other, over a connection that stays open. */
async function loop(url: string, bodies: readonly string[]): Promise<number> {
  const start = performance.now();
  for (const body of bodies) await (await fetch(url, post(body))).json();
  return performance.now() - start;
}

/** Milliseconds that Workbox takes to store each request, and to send all of them. */
async function workbox(url: string, bodies: readonly string[]): Promise<{ readonly stored: number; readonly sent: number }> {
  // It looks for a service worker's registration; without background sync it replays when it is told to.
  Reflect.set(globalThis, 'registration', {});
  const queue = new Queue(`bench-${performance.now()}`, { maxRetentionTime: 60, onSync: () => undefined });
  const start = performance.now();
  for (const body of bodies) await queue.pushRequest({ request: new Request(url, post(body)) });
  const stored = performance.now();
  await queue.replayRequests();
  return { stored: stored - start, sent: performance.now() - stored };
}

function post(body: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: 'Bearer bench' }, credentials: 'omit' };
}

const rivals = { loop, workbox };
export type Rivals = typeof rivals;
Reflect.set(globalThis, 'rivals', rivals);
