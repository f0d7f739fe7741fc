import { runInNewContext } from 'node:vm';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { fetchSource, keepPlace, searchThread } from '../../../utils/page/roundcube-requests.ts';
import { unknownPage } from '../../../utils/page/selected.ts';
import type { PageContext } from '../../../utils/webmail/adapter.ts';

const address = 'https://mail.example.org/webmail/tokenintheaddress/?_task=mail&_mbox=INBOX';
const json = (env: object, exec = '') => new Response(JSON.stringify({ env, exec }), { headers: { 'content-type': 'text/plain' } });
const rows = (...names: string[]) => names.map((name) => `this.add_message_row("${name}",{},{},false);`).join('\n');

function setUp(answer: (query: URLSearchParams) => Response | Error, html = '') {
  const asked: URL[] = [];
  const context: PageContext = {
    document: new JSDOM(html, { url: address }).window.document,
    url: new URL(address),
    page: unknownPage,
    signal: new AbortController().signal,
    async fetch(url) {
      asked.push(new URL(url, address));
      const given = answer(new URL(url, address).searchParams);
      if (given instanceof Error) throw given;
      return given;
    },
  };
  return { context, asked };
}

describe('searchThread', () => {
  it('asks below the path of the page, with the id quoted', async () => {
    const { context, asked } = setUp(() => json({ messagecount: 1, pagecount: 1 }, rows('7-INBOX')));
    await searchThread(context, 'a"b\\c@x');
    expect(asked[0]?.pathname).toBe('/webmail/tokenintheaddress/');
    expect(asked[0]?.searchParams.get('_filter')).toBe(
      'OR OR HEADER REFERENCES "a\\"b\\\\c@x" HEADER IN-REPLY-TO "a\\"b\\\\c@x" HEADER MESSAGE-ID "a\\"b\\\\c@x"',
    );
  });

  it('turns every page of the result', async () => {
    const env = { messagecount: 5, pagecount: 3, search_request: 'r' };
    const { context, asked } = setUp((query) =>
      json(
        env,
        query.get('_page') === '3' ? rows('5-Sent') : rows(`${query.get('_page') ?? 1}-INBOX`, `9${query.get('_page') ?? 1}-INBOX`),
      ),
    );
    const found = await searchThread(context, 'a@x');
    expect(found.rows.map(({ uid }) => uid)).toEqual(['1', '91', '2', '92', '5']);
    expect(found.complete).toBe(true);
    expect(asked.slice(1).map(({ searchParams }) => [searchParams.get('_action'), searchParams.get('_search')])).toEqual([
      ['list', 'r'],
      ['list', 'r'],
    ]);
  });

  it('goes on with a search that the server could not finish in one round', async () => {
    const { context, asked } = setUp((query) =>
      query.get('_continue')
        ? json({ messagecount: 1, pagecount: 1 }, rows('7-INBOX'))
        : json({ search_request: 'r' }, 'this.continue_search("r");'),
    );
    expect(await searchThread(context, 'a@x')).toEqual({ rows: [{ uid: '7', mailbox: 'INBOX' }], complete: true });
    expect(asked[1]?.searchParams.get('_continue')).toBe('r');
  });

  it('says so when a search never finishes, or rows are missing', async () => {
    const endless = setUp(() => json({ search_request: 'r' }, 'this.continue_search("r");'));
    expect((await searchThread(endless.context, 'a@x')).complete).toBe(false);
    expect(endless.asked).toHaveLength(20);
    const short = setUp(() => json({ messagecount: 2, pagecount: 1 }, rows('7-INBOX')));
    expect((await searchThread(short.context, 'a@x')).complete).toBe(false);
  });
});

describe('keepPlace', () => {
  const places = (asked: readonly URL[]) => asked.map(({ searchParams }) => [searchParams.get('_mbox'), searchParams.get('_page')]);

  it('puts folder and page back as the list shows them', async () => {
    const { context, asked } = setUp(() => json({ current_page: 1 }), '<input class="rcpagejumper" value="4">');
    expect(await keepPlace(context, 'Clients', async () => 'done')).toBe('done');
    expect(places(asked)).toEqual([['Clients', '4']]);
  });

  it('asks for the page first where no list is shown, and puts it back after a failure too', async () => {
    const { context, asked } = setUp(() => json({ current_page: 3 }));
    await expect(
      keepPlace(context, 'Clients', async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(places(asked)).toEqual([
      ['Clients', null],
      ['Clients', '3'],
    ]);
  });

  it('does not fail when only that fails', async () => {
    const { context } = setUp(() => new TypeError('Failed to fetch'));
    expect(await keepPlace(context, 'Clients', async () => 'done')).toBe('done');
  });
});

describe('fetchSource', () => {
  it('takes the download though its bytes are of another world, as those of a page are to a script in Firefox', async () => {
    const bytes = Buffer.from('Subject: x\r\n\r\nWords\r\n');
    const theirs = runInNewContext('Uint8Array.from(numbers).buffer', { numbers: [...bytes] }) as ArrayBuffer;
    expect(theirs instanceof ArrayBuffer).toBe(false);
    const answer = () =>
      Object.assign(new Response('', { headers: { 'content-type': 'application/octet-stream' } }), { arrayBuffer: async () => theirs });
    const { context, asked } = setUp(answer, '<script>rcmail.set_env({"request_token":"t"});\n</script>');
    const source = (await fetchSource(context, { uid: '7', mailbox: 'INBOX' })) ?? new ArrayBuffer(0);
    expect(Buffer.from(source).toString()).toBe('Subject: x\n\nWords\n');
    expect(asked).toHaveLength(1);
  });

  const env = '<script>rcmail.set_env({"request_token":"t"});\n</script>';
  const mail = (text: string) => new Response(text, { headers: { 'content-type': 'text/plain' } });
  const text = async (bytes: ArrayBuffer | undefined) => bytes && new TextDecoder().decode(bytes);

  it('takes the exact bytes by the token', async () => {
    const { context, asked } = setUp(() => mail('Date: x\r\n\r\ntab\t\r\n'), env);
    expect(await text(await fetchSource(context, { uid: '7', mailbox: 'INBOX' }))).toBe('Date: x\n\ntab\t\n');
    expect(asked.map(({ searchParams }) => searchParams.get('_token'))).toEqual(['t']);
  });

  it.each([
    ['refused', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['cut off', () => new TypeError('Failed to fetch')],
  ])('views it where the download is %s', async (_what, download) => {
    const { context } = setUp((query) => (query.has('_token') ? download() : mail('Date: x\n\nviewed')), env);
    expect(await text(await fetchSource(context, { uid: '7', mailbox: 'INBOX' }))).toBe('Date: x\n\nviewed');
  });

  it('knows the log-in page', async () => {
    const { context } = setUp(() => new Response('<form>', { headers: { 'content-type': 'text/html' } }), env);
    await expect(fetchSource(context, { uid: '7', mailbox: 'INBOX' })).rejects.toMatchObject({ code: 'webmail-signed-out' });
  });

  it('views an attached message, whose download would be that of the whole mail', async () => {
    const { context, asked } = setUp(() => mail('Date: x\n\ninner'), env);
    expect(await text(await fetchSource(context, { uid: '49.2', mailbox: 'INBOX' }))).toBe('Date: x\n\ninner');
    expect(asked.map(({ searchParams }) => searchParams.has('_token'))).toEqual([false]);
  });
});
