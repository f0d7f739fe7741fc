/**
 * Injected into a tab when its person wants the open thread, or threads of its list; hands what is wanted over through the
 * port `capture` and is done. Asked again for a thread that is still being handed over, the newer capture takes its place.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { askThrough, type Runtime } from '../utils/messaging.ts';
import { type OpenPort, openPort, type RawPort } from '../utils/page/capture-port.ts';
import { handList, handOver } from '../utils/page/hand-over.ts';
import { clockOf, paced } from '../utils/page/pace.ts';
import { selectionReader, unknownPage } from '../utils/page/selected.ts';
import { fetchWithin } from '../utils/page/source.ts';
import type { PageContext } from '../utils/webmail/adapter.ts';
import { findPage, findThread } from '../utils/webmail/find.ts';
import { readerFor } from '../utils/webmail/readers.ts';

interface Api {
  readonly runtime: Runtime & { connect(info: { name: string }): RawPort };
}

/** Captures under way in this page, by thread, and when it was last asked; in our own world, where the page sees nothing of it. */
const guard = Symbol.for('relais.captures');

interface Guard {
  readonly running: Map<string, OpenPort>;
  /** Times of the last requests: one thread after the other keeps the webmail's pace like one long thread. */
  readonly starts: number[];
}

export default defineUnlistedScript(() => {
  const api = (Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome')) as Api;
  void start(api).catch(() => {});
});

async function start({ runtime }: Api): Promise<void> {
  const { running, starts } = (Reflect.get(globalThis, guard) ?? { running: new Map(), starts: [] }) as Guard;
  Reflect.set(globalThis, guard, { running, starts });

  // Only the page itself is told; in a frame there is the selection.
  const pages = await askThrough(runtime, 'page.loaded', {}).catch(() => []);
  const url = new URL(document.URL);
  const page = findPage(pages, document, url);
  const capture = openPort(runtime.connect({ name: 'capture' }));
  const { signal } = capture;
  const wanted = await capture.port.next();
  if (wanted.kind !== 'wanted') return capture.close();
  const listed = wanted.what === 'thread' ? wanted.message : undefined;
  const key = listed?.id ?? (page && findThread(page, document, url));
  // A known webmail with nothing open may still be asked for what is marked in it.
  const reader = ((key !== undefined || wanted.what === 'list') && page && readerFor(page.id)) || selectionReader;
  const name = wanted.what === 'list' ? wanted.what : (key ?? url.href);
  running.get(name)?.close();
  running.set(name, capture);
  const fetch = paced(fetchWithin(url, signal, page?.elsewhere), page?.pace ?? [], clockOf(signal), starts);
  const context: PageContext = { document, url, page: page ?? unknownPage, signal, fetch };
  const webmail = page && reader !== selectionReader ? page.id : 'selection';
  const work = { webmail, context, reader, ...(listed && { listed }) };
  try {
    if (wanted.what === 'list') await handList(capture.port, work);
    else await handOver(capture.port, work);
  } finally {
    if (running.get(name) === capture) running.delete(name);
    capture.close();
  }
}
