/** Webmails of the big hosts under their own names: pages written from what is known of them, the network side played on loopback. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../utils/webmail/index.ts';
import type { Asked } from '../support/hosts.ts';
import { html, mail, openStage, raw, redirect, type Stage, signedOut } from '../support/stage.ts';
import { until } from '../support/until.ts';
import { pageOf } from '../support/webmail-fixtures.ts';

const originsOf = (...ids: readonly string[]) => pages.filter(({ id }) => ids.includes(id)).flatMap(({ origins }) => origins);
/** A company's own, beside the hosted ones. */
const company = 'https://mail.example.org';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage([company, ...originsOf('outlook', 'yahoo', 'proton', 'fastmail', 'gmx', 'icloud', 'zoho')]);
});
afterAll(() => stage.close());

describe('Outlook', () => {
  it('is read from the page on hosts that want a token', async () => {
    await stage.show('https://outlook.cloud.microsoft/mail/inbox/id/AAQkAGI-zz_1%3D', pageOf('outlook/conversation'));
    const view = await stage.capture();
    expect(view).toMatchObject({ status: 'submitted', webmail: 'outlook' });
    expect(view.messages.map(({ source, from }) => [source, from.address])).toEqual([['page', 'ana@client.example']]);
    expect(view.gaps.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['thread-not-searched', 'message-missing', 'not-the-original']),
    );
    expect(stage.hosts.asked).toEqual([]);
  });

  const items = ['AAMk+0/z=', 'AAMk+1/a=', 'AAMk+2/b='];
  const owa = `${company}/owa/`;
  const service = ({ url }: Asked, response: ServerResponse) => {
    const conversation = { Conversation: { ConversationNodes: items.map((Id) => ({ Items: [{ ItemId: { Id } }] })) } };
    const item = { Items: [{ MimeContent: { Value: Buffer.from(mail('one')).toString('base64') } }] };
    const answer = url.searchParams.get('action') === 'GetItem' ? item : conversation;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ Body: { ResponseMessages: { Items: [answer] } } }));
  };

  it('on premises gives the whole conversation as sources', async () => {
    await stage.session.context.addCookies([{ name: 'X-OWA-CANARY', value: 'abc', url: owa }]);
    await stage.show(`${owa}#path=/mail`, pageOf('outlook/on-premises'), service);
    const view = await stage.capture();
    expect(view.messages.every(({ source }) => source === 'raw')).toBe(true);
    const there = stage.hosts.asked.filter(({ host }) => host === new URL(owa).host);
    expect(there.map(({ method }) => method)).toEqual(Array(4).fill('POST'));
  });

  it('on premises says when it wants a log-in', async () => {
    await stage.show(`${owa}#path=/mail/2`, pageOf('outlook/on-premises'), (_asked, response) => response.writeHead(440).end());
    expect(await stage.refused()).toEqual(signedOut);
  });
});

describe('Yahoo and AOL', () => {
  it.each([
    ['https://mail.yahoo.com/d/folders/1/messages/AO-2_x', 'yahoo/conversation', ['raw', 'raw']],
    ['https://mail.aol.com/n/folders/1/messages/A%2B1', 'yahoo/aol-reader', ['raw']],
  ])('give sources by the cookies alone: %s', async (address, path, sources) => {
    await stage.show(address, pageOf(path), ({ url }, response) => raw(response, url.pathname.replace(/\W+/g, '.')));
    const view = await stage.capture();
    expect(view).toMatchObject({ webmail: 'yahoo', gaps: [] });
    expect(view.messages.map(({ source }) => source)).toEqual(sources);
  });

  it('say when they answer with their log-in page', async () => {
    await stage.show('https://mail.yahoo.com/d/folders/1/messages/AO-2_x', pageOf('yahoo/conversation'), ({ url }, response) => {
      if (url.pathname === '/login') html(response, '<form>');
      else redirect(response, '/login');
    });
    expect(await stage.refused()).toEqual(signedOut);
  });
});

describe('webmails that give nothing but the page', () => {
  const rest = ({ url }: Asked, response: ServerResponse) => {
    if (url.searchParams.has('_framed')) html(response, '<body><p>Still burning.</p></body>');
    else response.writeHead(404).end();
  };

  describe.each([
    {
      webmail: 'proton',
      address: 'https://mail.proton.me/u/0/inbox/c-9==',
      saved: pageOf('proton/conversation'),
      folded: ['m-1=='],
      place: 'h1 + relais-button',
      view: 'body > div',
      change: [/conversation-header:subject/g, 'subject'] as const,
    },
    {
      webmail: 'fastmail',
      address: 'https://app.fastmail.com/mail/Inbox/Tabc1.Mdef2',
      saved: pageOf('fastmail/thread'),
      folded: ['Tabc1#1'],
      place: '.v-Thread-title > relais-button',
      view: '#conversation',
      change: [/v-MessageCard/g, 'message'] as const,
    },
    {
      webmail: 'zoho',
      address: 'https://mail.zoho.eu/zm/#mail/folder/inbox/p/1700000001',
      saved: pageOf('zoho/message'),
      folded: [],
      place: '.zmPVContent > relais-button',
      view: '.zmPVContent',
      change: [/zmPVContent|zmTMailList/g, 'message'] as const,
    },
  ])('$webmail', ({ webmail, address, saved, folded, place, view, change }) => {
    const { origin } = new URL(address);

    it('what is open is read, what is folded is named, and nothing is asked', async () => {
      await stage.show(address, saved, rest);
      if (saved.includes('<iframe')) await stage.page.frameLocator('iframe').getByText('Still burning.').waitFor();
      stage.hosts.asked = [];
      const read = await stage.capture();
      expect(read).toMatchObject({ status: 'submitted', webmail });
      expect(read.messages.map(({ source, from, excerpt }) => [source, from.address, excerpt])).toEqual([
        ['page', 'ana@client.example', 'Still burning.'],
      ]);
      expect(read.gaps.flatMap(({ code, message }) => (code === 'message-missing' ? [message] : []))).toEqual(folded);
      expect(stage.hosts.asked).toEqual([]);
    });

    it('has one button, in its place, when it is drawn anew', async () => {
      await stage.show(address, saved, rest);
      await stage.page.locator(place).waitFor();
      await until('the self-check ran', async () => (await stage.checkOf(origin))?.missing !== undefined);
      expect(await stage.checkOf(origin)).toMatchObject({ webmail, missing: [] });
      await stage.page.locator(view).evaluate((drawn) => drawn.replaceWith(drawn.cloneNode(true)));
      await stage.page.locator(place).getByRole('button', { name: 'Send to tickets' }).waitFor();
      expect(await stage.page.locator('relais-button').count()).toBe(1);
    });

    it('is checked: what is missing is named', async () => {
      const [names, missing] = change;
      await stage.show(address, saved.replace(names, 'new'), rest);
      await until('the self-check names it', async () => (await stage.checkOf(origin))?.missing?.includes(missing) ?? false);
      await stage.page.locator('relais-button').waitFor();
    });
  });
});

describe('webmails that show their mails in a frame of another host', () => {
  it.each([
    ['GMX', 'https://navigator.gmx.net/mail', 'https://3c.gmx.net/mail/client'],
    ['iCloud', 'https://www.icloud.com/mail/', 'https://www.icloud-sandbox.com/mail/message'],
  ])('%s: what is marked there', async (name, address, inner) => {
    const shell = `<!doctype html><title>${name}</title><iframe src="${inner}"></iframe>`;
    const { host } = new URL(inner);
    // A tab that has shown no thread before.
    await stage.page.close();
    stage.page = await stage.session.context.newPage();
    stage.hosts.answer = (asked, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(asked.host === host ? '<!doctype html><p>Before</p><p id="mark">The printer burns</p>' : shell);
    await stage.page.goto(address);
    await stage.page.bringToFront();
    const frame = stage.page.frameLocator('iframe');
    await frame.locator('#mark').waitFor();
    expect((await stage.popup()).error?.code).toBe('no-thread');
    await frame.locator('#mark').evaluate((element) => element.ownerDocument.getSelection()?.selectAllChildren(element));
    expect(await stage.page.locator('relais-button').count()).toBe(0);
    expect((await stage.popup()).capture).toMatchObject({ webmail: 'selection', url: address });
  });
});
