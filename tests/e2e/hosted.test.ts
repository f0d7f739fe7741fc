/**
 * Hosted webmails under their own names: pages written from what is known of them, the network side played by a server on
 * loopback. What nobody has tried on a live account stays untried; that Relais does with it what it should is shown here.
 */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../utils/webmail/index.ts';
import { launch, type Session } from '../support/chromium.ts';
import { type Asked, type Hosts, startHosts } from '../support/hosts.ts';
import { grant } from '../support/permissions.ts';
import { ask, importSettings } from '../support/settings.ts';
import { found, until } from '../support/until.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'webmail');
const fixture = (path: string) => readFileSync(join(fixtures, path, 'page.html'), 'utf8');
const originsOf = (...ids: readonly string[]) =>
  pages.filter(({ id }) => ids.includes(id)).flatMap(({ origins, elsewhere = [] }) => [...origins, ...elsewhere]);
const here = ['https://mail.example.org', ...originsOf('gmail', 'outlook', 'yahoo', 'proton', 'fastmail', 'gmx')];
/** Chromium asks there by itself now and then: no test counts what comes to it. */
const logIn = 'accounts.google.com';
/** What a click sends is held back for longer than a test lasts: nothing is sent, and no popup opens that would look again. */
const settings = {
  version: 1,
  undoSeconds: 60,
  defaultEndpoint: 'held',
  endpoints: [{ id: 'held', name: 'Held back', recipe: 'webhook', values: { url: 'http://127.0.0.1:9/' } }],
  webmails: here.map((origin) => ({ origin })),
};

interface View {
  readonly status: string;
  readonly webmail: string;
  readonly messages: readonly { readonly source: string; readonly from: { readonly address: string }; readonly original?: number }[];
  readonly gaps: readonly { readonly code: string; readonly message?: string }[];
  readonly error?: { readonly code: string };
}

let hosts: Hosts;
let session: Session;
let page: Page;

beforeAll(async () => {
  hosts = await startHosts([...here.map((origin) => new URL(origin).host), logIn]);
  session = await launch({ args: hosts.args });
  await grant(
    session,
    here.map((origin) => `${origin}/*`),
  );
  await importSettings(session, settings);
  page = await session.context.newPage();
});
afterAll(async () => {
  await session.close();
  await hosts.close();
});

/** Trusted types and no inline anything, as strict as any of them. */
const strict = {
  'content-security-policy':
    "default-src 'none'; script-src 'none'; style-src 'none'; frame-src 'self'; require-trusted-types-for 'script'",
};
const html = (response: ServerResponse, body: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...strict }).end(body);
const mail = (id: string) =>
  `Message-ID: <${id}@client.example>\r\nFrom: Ana Keller <ana@client.example>\r\nTo: desk@relais.example\r\nDate: Mon, 2 Mar 2026 13:40:00 +0000\r\nSubject: Printer on fire\r\n\r\nHelp ${id}\r\n`;
const raw = (response: ServerResponse, id: string, headers: Record<string, string> = {}) =>
  response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8', ...headers }).end(mail(id));

/** Shows a page; `rest` answers what is asked besides the page itself. */
async function show(
  address: string,
  body: string,
  rest: (asked: Asked, response: ServerResponse) => void = (_, response) => response.writeHead(404).end(),
) {
  const { origin, pathname } = new URL(address);
  hosts.answer = (asked, response) => {
    const isPage =
      asked.url.origin === origin && asked.url.pathname === pathname && asked.method === 'GET' && !asked.url.searchParams.has('view');
    if (isPage) html(response, body);
    else rest(asked, response);
  };
  // Two addresses that differ in the fragment alone would be one page.
  await page.goto('about:blank');
  await page.goto(address);
  await page.bringToFront();
  hosts.asked = [];
}

const button = () => page.locator('relais-button').getByRole('button', { name: 'Send to tickets' });

/** Clicks, and gives what the popup would show once the thread is read, or why it could not be. */
async function capture(): Promise<View> {
  const before = new Set((await rows()).map(({ id }) => id));
  await button().click();
  const id = await found('a capture begins', async () => (await rows()).find((row) => !before.has(row.id))?.id);
  return found('the capture is read', async () => {
    const view = (await ask(session, 'capture.opened', { captureId: id })) as View | undefined;
    return view?.status === 'submitted' || view?.status === 'failed' ? view : undefined;
  });
}
/** Clicks, and waits until the button says that the thread could not be read. */
async function refused(): Promise<void> {
  await button().click();
  await page.locator('relais-button .send[data-phase="attention"]').waitFor();
}
const rows = async () => ((await ask(session, 'outbox.opened', { limit: 200 })) as { rows: { id: string }[] }).rows;
const checkOf = async (origin: string) =>
  ((await ask(session, 'checks.opened', {})) as Record<string, { webmail: string | null; missing?: string[] }>)[origin];

const gmail = 'https://mail.google.com/mail/u/1/';
const files = 'https://mail-attachment.googleusercontent.com';
const ids = ['18f0000000000001', '18f0000000000002', '18f0000000000003'];
/** Gmail as it hands sources out: by a redirect to another host, which wants no cookie and names whom it lets read. */
const handOut = ({ url }: Asked, response: ServerResponse) => {
  if (url.origin === files) raw(response, url.searchParams.get('id') ?? '', { 'access-control-allow-origin': 'https://mail.google.com' });
  else if (url.origin !== new URL(gmail).origin) response.writeHead(404).end();
  else response.writeHead(302, { location: `${files}/attachment?id=${url.searchParams.get('th')}` }).end();
};

describe('Gmail', () => {
  it('gives every message of the thread, folded ones too, as its source by way of another host', async () => {
    await session.context.addCookies([
      { name: 'SID', value: 'secret', url: gmail },
      { name: 'GU', value: 'other', url: files, sameSite: 'None', secure: true },
    ]);
    await show(`${gmail}#inbox/one`, fixture('gmail/account-1'), handOut);
    const view = await capture();
    expect(view).toMatchObject({ status: 'submitted', webmail: 'gmail', gaps: [] });
    expect(view.messages.map(({ source, original }) => [source, original])).toEqual(ids.map((id) => ['raw', mail(id).length]));
    const there = hosts.asked.filter(({ host }) => host === new URL(files).host);
    expect([...new Set(there.map(({ url }) => url.searchParams.get('id')))].sort()).toEqual(ids);
    expect(hosts.asked.filter(({ host, cookie }) => host === 'mail.google.com' && !cookie?.includes('SID=secret'))).toEqual([]);
    expect(there.filter(({ cookie }) => cookie !== undefined)).toEqual([]);
  });

  it('shows one button beside the subject, in the view that is seen, and finds nothing missing', async () => {
    await page.locator('relais-button .send').waitFor();
    expect(await page.locator('relais-button').count()).toBe(1);
    expect(await page.locator('.V8djrc relais-button').isVisible()).toBe(true);
    await until('the self-check ran', async () => (await checkOf('https://mail.google.com'))?.missing?.length === 0);
    expect(await checkOf('https://mail.google.com')).toMatchObject({ webmail: 'gmail' });
  });

  it('moves it with the view', async () => {
    await page.evaluate(() => {
      const [old, shown] = document.querySelectorAll<HTMLElement>('.nH:has(> [role="main"])');
      if (!old || !shown) throw new Error('two views');
      shown.hidden = true;
      old.hidden = false;
    });
    await page.locator('h2[data-legacy-thread-id="18f00000000000aa"] + relais-button').waitFor();
    expect(await page.locator('relais-button').count()).toBe(1);
  });

  it('waits where it is told to, then goes on', async () => {
    let busy = 0;
    await show(`${gmail}#inbox/two`, fixture('gmail/account-1').replaceAll('18f000000000000', '28f000000000000'), (asked, response) => {
      if (asked.host !== 'mail.google.com' || asked.url.searchParams.get('th') !== '28f0000000000002' || busy > 0)
        return handOut(asked, response);
      busy += 1;
      response.writeHead(429, { 'retry-after': '1' }).end();
    });
    const view = await capture();
    expect(busy).toBe(1);
    expect(view.messages.map(({ source }) => source)).toEqual(['raw', 'raw', 'raw']);
  });

  it('reads the page where a source is refused, and names what is folded away there', async () => {
    await show(`${gmail}#inbox/three`, fixture('gmail/account-1').replaceAll('18f000000000000', '38f000000000000'));
    const view = await capture();
    expect(view.status).toBe('submitted');
    expect(view.messages.map(({ source, from }) => [source, from.address])).toEqual([['page', 'ana@client.example']]);
    expect(view.gaps.filter(({ code }) => code === 'message-missing').map(({ message }) => message)).toEqual([
      '38f0000000000001',
      '38f0000000000002',
    ]);
  });

  it('says that the session has ended when it sends to the log-in', async () => {
    let ended = false;
    await show(`${gmail}#inbox/four`, fixture('gmail/account-1').replaceAll('18f000000000000', '48f000000000000'));
    hosts.answer = ({ host }, response) => {
      ended ||= host === 'accounts.google.com';
      if (host === 'accounts.google.com') html(response, '<form>');
      else response.writeHead(302, { location: 'https://accounts.google.com/signin' }).end();
    };
    await refused();
    expect(ended).toBe(true);
  });

  it('keeps a button, and says what is missing, when it has changed', async () => {
    const changed = fixture('gmail/account-1')
      .replaceAll('18f000000000000', '58f000000000000')
      .replace(/V8djrc byY|gh="mtb"|gh="tm"/g, 'new')
      .replace(
        /<h2 class="hP" data-thread-perm-id="undefined" data-legacy-thread-id="([0-9a-f]+)">(.*?)<\/h2>/,
        '<h3 data-legacy-thread-id="$1">$2</h3>',
      );
    await show(`${gmail}#inbox/five`, changed, handOut);
    await until('the self-check names it', async () => (await checkOf('https://mail.google.com'))?.missing?.includes('slot') ?? false);
    expect((await checkOf('https://mail.google.com'))?.missing).toEqual(['slot', 'subject']);
    await page.locator('body > relais-button').waitFor();
    expect(await page.locator('relais-button .send').getAttribute('title')).toContain('looks different');
    expect((await capture()).messages.map(({ source }) => source)).toEqual(['raw', 'raw', 'raw']);
  });

  it('takes a newer selector from the settings', async () => {
    await importSettings(session, {
      ...settings,
      selectors: { gmail: { slot: '[role="main"] .ha', subject: '.ha h3', to: 'no [[ selector' } },
    });
    await page.reload();
    await page.locator('.ha > relais-button').waitFor();
    await until('nothing is missing', async () => (await checkOf('https://mail.google.com'))?.missing?.length === 0);
    await importSettings(session, settings);
  });

  it('is reported without a word of what it says', async () => {
    const skeleton = String(await ask(session, 'skeleton.wanted', { origin: 'https://mail.google.com' }));
    expect(skeleton).toContain('role="main"');
    expect(skeleton).toContain('a3s');
    expect(skeleton).not.toMatch(/Printer|Keller|client|burning|flame|58f0/i);
  });
});

describe('Outlook', () => {
  it('is read from the page on hosts that want a token', async () => {
    await show('https://outlook.cloud.microsoft/mail/inbox/id/AAQkAGI-zz_1%3D', fixture('outlook/conversation'));
    const view = await capture();
    expect(view).toMatchObject({ status: 'submitted', webmail: 'outlook' });
    expect(view.messages.map(({ source, from }) => [source, from.address])).toEqual([['page', 'ana@client.example']]);
    expect(view.gaps.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['thread-not-searched', 'message-missing', 'not-the-original']),
    );
    expect(hosts.asked.filter(({ host }) => host !== logIn)).toEqual([]);
  });

  const items = ['AAMk+0/z=', 'AAMk+1/a=', 'AAMk+2/b='];
  const owa = 'https://mail.example.org/owa/';
  const service = ({ url }: Asked, response: ServerResponse) => {
    const conversation = { Conversation: { ConversationNodes: items.map((Id) => ({ Items: [{ ItemId: { Id } }] })) } };
    const item = { Items: [{ MimeContent: { Value: Buffer.from(mail('one')).toString('base64') } }] };
    const answer = url.searchParams.get('action') === 'GetItem' ? item : conversation;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ Body: { ResponseMessages: { Items: [answer] } } }));
  };

  it('on premises gives the whole conversation as sources', async () => {
    await session.context.addCookies([{ name: 'X-OWA-CANARY', value: 'abc', url: owa }]);
    await show(`${owa}#path=/mail`, fixture('outlook/on-premises'), service);
    const view = await capture();
    expect(view.messages.every(({ source }) => source === 'raw')).toBe(true);
    const there = hosts.asked.filter(({ host }) => host === new URL(owa).host);
    expect(there.map(({ method }) => method)).toEqual(Array(4).fill('POST'));
  });

  it('on premises says when it wants a log-in', async () => {
    await show(`${owa}#path=/mail/2`, fixture('outlook/on-premises').replaceAll('AAQkAGI+zz/1=', 'AAQkAGI+zz/2='), (_asked, response) =>
      response.writeHead(440).end(),
    );
    await refused();
  });
});

describe('Yahoo', () => {
  it('gives sources by the cookies alone', async () => {
    await show('https://mail.yahoo.com/d/folders/1/messages/AO-2_x', fixture('yahoo/conversation'), ({ url }, response) =>
      raw(response, url.pathname.replace(/\W+/g, '.')),
    );
    const view = await capture();
    expect(view).toMatchObject({ webmail: 'yahoo', gaps: [] });
    expect(view.messages.map(({ source }) => source)).toEqual(['raw', 'raw']);
  });

  it('says when it answers with its log-in page', async () => {
    await show(
      'https://mail.yahoo.com/d/folders/1/messages/AO-3_x',
      fixture('yahoo/conversation').replace('AO-2_x', 'AO-3_x'),
      ({ url }, response) => {
        if (url.pathname === '/login') html(response, '<form>');
        else response.writeHead(302, { location: '/login' }).end();
      },
    );
    await refused();
  });
});

describe('webmails that give nothing but the page', () => {
  it.each([
    ['proton', 'https://mail.proton.me/u/0/inbox/c-9==', 'proton/conversation'],
    ['fastmail', 'https://app.fastmail.com/mail/Inbox/Tabc1.Mdef2', 'fastmail/thread'],
  ])('%s: what is open is read, what is folded is named', async (webmail, address, path) => {
    await show(address, fixture(path), ({ url }, response) => {
      if (url.searchParams.has('_framed')) html(response, '<body><p>Still burning.</p></body>');
      else response.writeHead(404).end();
    });
    if (webmail === 'proton') await page.frameLocator('iframe').getByText('Still burning.').waitFor();
    const view = await capture();
    expect(view).toMatchObject({ status: 'submitted', webmail });
    expect(view.messages.map(({ source, from }) => [source, from.address])).toEqual([['page', 'ana@client.example']]);
    expect(view.gaps.filter(({ code }) => code === 'message-missing')).toHaveLength(1);
  });

  it('GMX: what is marked in a frame of another host', async () => {
    const shell = '<!doctype html><title>GMX</title><iframe id="thirdPartyFrame_mail" src="https://3c.gmx.net/mail/client"></iframe>';
    hosts.answer = ({ host }, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(host === '3c.gmx.net' ? '<!doctype html><p>Before</p><p id="mark">The printer burns</p>' : shell);
    // A tab that has shown no thread before.
    await page.close();
    page = await session.context.newPage();
    await page.goto('https://navigator.gmx.net/mail');
    const frame = page.frameLocator('#thirdPartyFrame_mail');
    await frame.locator('#mark').evaluate((element) => element.ownerDocument.getSelection()?.selectAllChildren(element));
    expect(await page.locator('relais-button').count()).toBe(0);
    const tabId = await (await session.worker()).evaluate(async (address) => {
      const { chrome } = globalThis as unknown as { chrome: { tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> } } };
      return (await chrome.tabs.query({})).find(({ url }) => url === address)?.id;
    }, page.url());
    const { capture: view } = (await ask(session, 'popup.opened', { tabId })) as { capture?: View };
    expect(view).toMatchObject({ webmail: 'selection', url: 'https://navigator.gmx.net/mail' });
  });
});
