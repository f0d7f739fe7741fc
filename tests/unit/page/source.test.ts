import { afterEach, describe, expect, it, vi } from 'vitest';
import { mapPolitely } from '../../../utils/page/politely.ts';
import { fetchWithin, readRaw } from '../../../utils/page/source.ts';

const page = new URL('https://mail.example.org/webmail/?_task=mail');
const answer = (body: string, type: string, status = 200) => new Response(body, { status, headers: { 'content-type': type } });

describe('fetchWithin', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('asks the own origin with the own login, refusing redirects elsewhere', async () => {
    const asked = vi.fn(async (_url: URL, _init: RequestInit) => new Response('x'));
    vi.stubGlobal('fetch', asked);
    await fetchWithin(page, new AbortController().signal)('?_action=viewsource');
    expect(String(asked.mock.calls[0]?.[0])).toBe('https://mail.example.org/webmail/?_action=viewsource');
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ credentials: 'same-origin', mode: 'same-origin' });
  });

  it.each([
    'https://evil.example.net/',
    '//evil.example.net/x',
    'http://mail.example.org/',
    'https://mail.example.org:8443/',
    'data:text/plain,x',
  ])('asks nothing of %s', async (address) => {
    const asked = vi.fn();
    vi.stubGlobal('fetch', asked);
    await expect(fetchWithin(page, new AbortController().signal)(address)).rejects.toThrow(TypeError);
    expect(asked).not.toHaveBeenCalled();
  });

  it('refuses an answer that comes from elsewhere all the same', async () => {
    vi.stubGlobal('fetch', async () => Object.defineProperty(new Response('x'), 'url', { value: 'https://evil.example.net/' }));
    await expect(fetchWithin(page, new AbortController().signal)('?x')).rejects.toThrow(TypeError);
  });

  const answered = (...answers: (Error | { url?: string; type?: string })[]) => {
    const asked = vi.fn(async (_url: URL, _init: RequestInit) => {
      const next = answers.shift() ?? {};
      if (next instanceof Error) throw next;
      return Object.defineProperties(new Response('x'), {
        url: { value: next.url ?? '' },
        type: { value: next.type ?? 'basic' },
      });
    });
    vi.stubGlobal('fetch', asked);
    return asked;
  };

  it('takes a redirect to another host for a session that has ended', async () => {
    answered(new TypeError('Failed to fetch'), { type: 'opaqueredirect' });
    await expect(fetchWithin(page, new AbortController().signal)('?x')).rejects.toMatchObject({ code: 'webmail-signed-out' });
  });

  it('asks the page itself where a request that may do something was sent on, and that only once', async () => {
    const asked = answered(new TypeError('Failed to fetch'), { type: 'opaqueredirect' });
    const send = fetchWithin(page, new AbortController().signal)('?x', { method: 'POST', body: 'y' });
    await expect(send).rejects.toMatchObject({ code: 'webmail-signed-out' });
    expect(asked.mock.calls.map(([url, { method, body }]) => [String(url), method, body])).toEqual([
      ['https://mail.example.org/webmail/?x', 'POST', 'y'],
      [page.href, 'GET', null],
    ]);
  });

  it('takes a network that is down for no such thing', async () => {
    answered(new TypeError('Failed to fetch'), new TypeError('Failed to fetch'));
    await expect(fetchWithin(page, new AbortController().signal)('?x')).rejects.toThrow('Failed to fetch');
  });

  it('lets the webmail send a request on to the hosts it is known to use, and to no others', async () => {
    const signal = new AbortController().signal;
    const asked = answered({ url: 'https://files.example.com/1' }, { url: 'https://evil.example.net/1' });
    await fetchWithin(page, signal, ['https://files.example.com'])('?x');
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ credentials: 'same-origin', mode: 'cors', cache: 'no-store' });
    await expect(fetchWithin(page, signal, ['https://files.example.com'])('?x')).rejects.toThrow(TypeError);
    await expect(fetchWithin(page, signal, ['https://files.example.com'])('https://files.example.com/1')).rejects.toThrow(TypeError);
  });

  it('asks the page itself where a message is sent on as a habit', async () => {
    const asked = answered(new TypeError('Failed to fetch'), { type: 'basic' });
    await expect(fetchWithin(page, new AbortController().signal, ['https://files.example.com'])('?x')).rejects.toThrow(TypeError);
    expect(String(asked.mock.calls[1]?.[0])).toBe(page.href);
  });
});

describe('readRaw', () => {
  it('takes a mail', async () => {
    expect(await readRaw(answer('Date: x\n\ny', 'text/plain; charset=iso-2022-jp'))).toBeInstanceOf(ArrayBuffer);
    expect(await readRaw(answer('Date: x\n\ny', 'message/rfc822'))).toBeInstanceOf(ArrayBuffer);
  });

  it('knows a log-in page, whatever its status says', async () => {
    expect(await readRaw(answer('<form>', 'text/html; charset=UTF-8'))).toBe('page');
    expect(await readRaw(answer('<form>', 'text/html', 403))).toBe('page');
  });

  it.each([
    ['an empty answer', answer('', 'text/plain')],
    ['a missing page', answer('<h1>', 'text/html', 404)],
    ['a failure', answer('Date: x', 'text/plain', 500)],
    ['words', answer('No such message', 'text/plain')],
    ['something else', answer('Date: x', 'application/json')],
  ])('gives undefined for %s', async (_what, response) => {
    expect(await readRaw(response)).toBeUndefined();
  });
});

describe('mapPolitely', () => {
  it('keeps order, with at most four under way', async () => {
    let under = 0;
    let most = 0;
    const results = await mapPolitely([...Array(20).keys()], async (item) => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, (item * 7) % 5));
      under -= 1;
      return item * 2;
    });
    expect(results).toEqual([...Array(20).keys()].map((item) => item * 2));
    expect(most).toBe(4);
  });

  it('starts nothing after a failure', async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      if (item === 1) throw new Error('no');
      await new Promise((resolve) => setTimeout(resolve, 1));
    };
    await expect(mapPolitely([...Array(20).keys()], work)).rejects.toThrow('no');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(begun.length).toBeLessThanOrEqual(4);
  });
});
