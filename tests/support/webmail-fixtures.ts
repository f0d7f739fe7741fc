/** Saved pages of webmails (`tests/fixtures/webmail/`) for a browser, with a server that answers as their cases say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './stage.ts';

/** What a case's server answers. */
export interface Exchange {
  readonly path?: string;
  readonly method?: 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly type: string;
  readonly body: string;
}

export interface Saved {
  readonly address: string;
  readonly page: string;
  /** Name and value, where the page has one. */
  readonly cookie?: string;
  /** What its server answers; 404 to everything that the case doesn't name. */
  readonly answer: Answer;
  /** What the open thread is said to lack. */
  readonly gaps: readonly object[];
  /** Bytes of the one source that has these words, as it lies in a mailbox. */
  sizeOf(words: string): number | undefined;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'webmail');
const read = (path: string, file: string) => readFileSync(join(folder, path, file), 'utf8');

export const pageOf = (path: string): string => read(path, 'page.html');

/** `origin`: where it is played, instead of where it was saved. */
export function saved(path: string, origin: string): Saved {
  const {
    url,
    page = '.',
    cookie,
    exchanges,
  } = JSON.parse(read(path, 'case.json')) as {
    url: string;
    page?: string;
    cookie?: string;
    exchanges: readonly Exchange[];
  };
  const { thread } = JSON.parse(read(path, 'expected.json')) as { thread?: { gaps: object[] } };
  return {
    address: url.replace(new URL(url).origin, origin),
    page: pageOf(join(path, page)),
    ...(cookie && { cookie }),
    gaps: thread?.gaps ?? [],
    sizeOf: (words) => {
      const source = exchanges.find(({ body }) => body.includes(words))?.body.replaceAll('\r\n', '\n');
      return source === undefined ? undefined : Buffer.byteLength(source);
    },
    answer({ url: asked, method }, response) {
      const known = exchanges.find(
        ({ path: at = asked.pathname, query = {}, method: by = 'GET' }) =>
          at === asked.pathname && by === method && Object.entries(query).every(([name, value]) => asked.searchParams.get(name) === value),
      );
      if (known) response.writeHead(known.status ?? 200, { 'content-type': known.type }).end(known.body);
      else response.writeHead(404).end();
    },
  };
}
