/**
 * A plain webmail on loopback: a list, a thread, a toolbar that is redrawn, and a link to the raw source of every
 * message (`type="message/rfc822"`), which is all that Relais' generic adapter asks of a page. It knows nothing of Relais.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, type LocalServer, serve } from '../../support/local-server.ts';
import { type ShownThread, threadsOf } from './mails.ts';

const here = import.meta.dirname;
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', html: 'text/html' };

export interface DemoWebmail extends LocalServer {
  readonly threads: readonly ShownThread[];
  /** Address of the page that shows a thread. */
  addressOf(thread: ShownThread): string;
  /** A new mail arrives; an open page shows it when it is refreshed. */
  receive(mail: Buffer): Promise<void>;
}

/** Serves these mails, one mailbox for everybody. */
export async function startWebmail(mails: readonly Buffer[], port = 0): Promise<DemoWebmail> {
  let all = mails;
  let threads = await threadsOf(all);
  const server = await serve((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://webmail');
    const [, kind, id = ''] = pathname.split('/');
    if (kind === 'raw') {
      const message = threads.flatMap((thread) => thread.messages).find((one) => one.id === id);
      if (!message) return json(response, 404, { error: 'No such message' });
      response.writeHead(200, { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${id}.eml"` });
      response.end(message.raw);
    } else if (kind === 'api' && id === 'threads') {
      json(response, 200, threads.map(row));
    } else if (kind === 'api') {
      const thread = threads.find((one) => one.id === id);
      if (!thread) return json(response, 404, { error: 'No such thread' });
      json(response, 200, {
        id,
        messages: thread.messages.map(({ raw, ...rest }) => ({ ...rest, raw: `/raw/${rest.id}`, bytes: raw.byteLength })),
      });
    } else if (kind === 'static' && /^[a-z]+\.(css|js)$/.test(id)) {
      response.writeHead(200, { 'content-type': `${types[id.split('.')[1] ?? '']}; charset=utf-8` }).end(readFileSync(join(here, id)));
    } else if (pathname === '/' || kind === 'thread') {
      const thread = kind === 'thread' ? threads.find((one) => one.id === id) : undefined;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(thread));
    } else json(response, 404, { error: 'Not here' });
  }, port);
  return {
    ...server,
    get threads() {
      return threads;
    },
    addressOf: (thread) => `${server.origin}/thread/${thread.id}`,
    receive: async (mail) => {
      all = [...all, mail];
      threads = await threadsOf(all);
    },
  };
}

/** The page that draws itself; that of a thread names its messages too, for whoever reads it without running it. */
function pageOf(thread: ShownThread | undefined): string {
  const links = thread?.messages.map(({ id }) => `<link rel="alternate" type="message/rfc822" href="/raw/${id}">`).join('') ?? '';
  return readFileSync(join(here, 'index.html'), 'utf8').replace('</head>', `${links}</head>`);
}

function row(thread: ShownThread): object {
  const first = thread.messages[0];
  const last = thread.messages.at(-1);
  return {
    id: thread.id,
    subject: first?.subject,
    from: first?.from,
    date: last?.date,
    count: thread.messages.length,
    files: thread.messages.some((one) => one.attachments.length),
  };
}
