/** Webmails that people run themselves, each at a name of its own in Chromium: saved pages, and servers that answer as theirs do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html, openStage, redirect, type Stage, signedOut } from '../support/stage.ts';
import { until } from '../support/until.ts';
import { saved } from '../support/webmail-fixtures.ts';

interface Product {
  readonly name: string;
  readonly webmail: string;
  /** Saved cases: an open thread; refused sources, and an ended session, in this webmail's own ways. */
  readonly thread: string;
  readonly refused?: string;
  readonly ended: string;
  /** Where the button stands, and what is drawn anew around it. */
  readonly place: string;
  readonly view: string;
  /** How it hides a view that it keeps. */
  readonly hidden?: string;
  /** Words of its messages, in the thread's order. */
  readonly words: readonly string[];
  /** The rung below the source, and who wrote the message that is open. */
  readonly below?: readonly [source: 'api' | 'page', from: string];
  /** Names that a redesign takes away, and what the self-check then misses; `null`: the page is not known any more. */
  readonly changes: readonly [RegExp, readonly string[] | null];
}

const conversation = ['t04-a@mail.example.com', 't04-b@mail.example.org', 't04-c@mail.example.com'];

const products: readonly Product[] = [
  {
    name: 'Zimbra, classic',
    webmail: 'zimbra',
    thread: 'zimbra/classic-conversation',
    refused: 'zimbra/refused',
    ended: 'zimbra/signed-out',
    place: '.ZmConvView2 > .Conv2Header > relais-button',
    view: '.ZmConvDoublePaneView:not([style])',
    hidden: 'position: absolute; left: -10000px; top: -10000px; z-index: 100',
    words: conversation,
    below: ['page', 'ines@example.com'],
    changes: [/Conv2Header/g, ['slot']],
  },
  {
    name: 'Zimbra, modern',
    webmail: 'zimbra',
    thread: 'zimbra/modern',
    ended: 'zimbra/signed-out',
    place: 'main > [role="toolbar"] > relais-button',
    view: 'main',
    words: conversation.slice(0, 1),
    changes: [/role="toolbar"/g, ['slot']],
  },
  {
    name: 'Zimbra, standard HTML',
    webmail: 'zimbra',
    thread: 'zimbra/standard',
    ended: 'zimbra/signed-out',
    place: 'a#OPSHOWORIG + relais-button',
    view: 'table',
    words: conversation.slice(0, 1),
    changes: [/OPSHOWORIG/g, null],
  },
  {
    name: 'Carbonio',
    webmail: 'carbonio',
    thread: 'carbonio/conversation',
    refused: 'carbonio/refused',
    ended: 'carbonio/signed-out',
    place: '[data-testid="ConversationPanel"] > relais-button:has(+ [data-testid="MailPreview-260"])',
    view: '[data-testid="ConversationPanel"]',
    words: conversation,
    below: ['page', 'ines@example.com'],
    changes: [/MailPreview-/g, null],
  },
  {
    name: 'Nextcloud Mail',
    webmail: 'nextcloud',
    thread: 'nextcloud/thread',
    refused: 'nextcloud/refused',
    ended: 'nextcloud/signed-out',
    place: '#mail-thread-header-fields > h2 + relais-button',
    view: '#mail-message',
    words: conversation,
    below: ['api', 'ines@example.com'],
    changes: [/mail-thread-header-fields|envelope__header/g, ['slot']],
  },
  {
    name: 'SnappyMail',
    webmail: 'snappymail',
    thread: 'snappymail/message',
    refused: 'snappymail/refused',
    ended: 'snappymail/signed-out',
    place: '.message-fixed-button-toolbar > relais-button',
    view: '#V-MailMessageView > .messageView',
    words: conversation.slice(2),
    below: ['page', 'ines@example.com'],
    changes: [/message-fixed-button-toolbar|top-toolbar|subjectParent/g, ['slot', 'subject']],
  },
  {
    name: 'Open-Xchange',
    webmail: 'open-xchange',
    thread: 'open-xchange/conversation',
    refused: 'open-xchange/refused',
    ended: 'open-xchange/signed-out',
    place: '[data-toolbar="io.ox/mail/links/inline"] > li > relais-button',
    view: '.window-container',
    words: conversation,
    below: ['page', 'ines@example.com'],
    changes: [/io\.ox\/mail\/links\/inline|class="subject"/g, ['slot']],
  },
  {
    name: 'La Suite Messages',
    webmail: 'la-suite',
    thread: 'la-suite/thread',
    refused: 'la-suite/api',
    ended: 'la-suite/signed-out',
    place: '[id$="0002"] .thread-message__header-actions > relais-button',
    view: '.thread-view',
    words: conversation,
    below: ['api', 'ines@example.com'],
    changes: [/thread-message__header-actions/g, ['slot']],
  },
];

const originOf = ({ webmail }: Product) => `https://${webmail}.example.org`;
/** Where companies put a log-in before everything else. */
const logIn = 'login.example.net';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage([...new Set(products.map(originOf))], [logIn]);
});
afterAll(() => stage.close());

describe.each(products)('$name', (product) => {
  const { webmail, place, view, hidden = 'display: none', words, below, changes } = product;
  const origin = originOf(product);
  const thread = saved(product.thread, origin);
  const originals = words.map((id) => ['raw', `Text of ${id}.`, thread.sizeOf(`Text of ${id}`)]);

  it('has one button, in its place, through every redraw', async () => {
    await stage.show(thread.address, thread.page, thread.answer);
    const { page } = stage;
    await page.locator(place).waitFor();
    await until('nothing is missing', async () => (await stage.checkOf(origin))?.missing?.length === 0);
    expect((await stage.checkOf(origin))?.webmail).toBe(webmail);

    // Drawn again from its own markup, a dead copy of the button in it; then beside the view before, which is kept.
    await page.locator(view).evaluate((drawn) => drawn.replaceWith(drawn.cloneNode(true)));
    await page.locator(place).getByRole('button', { name: 'Send to tickets' }).waitFor();
    expect(await page.locator('relais-button').count()).toBe(1);
    await page.locator(view).evaluate((drawn, style) => {
      drawn.after(drawn.cloneNode(true));
      (drawn as HTMLElement).style.cssText = style;
    }, hidden);
    await page.locator('[style] + :not([style]) relais-button').waitFor();
    expect(await page.locator('relais-button').count()).toBe(1);
    expect(stage.hosts.asked).toEqual([]);
  });

  it('gives every message as its original, in order, and names what it could not have', async () => {
    await stage.show(thread.address, thread.page, thread.answer);
    const read = await stage.capture();
    expect(read).toMatchObject({ webmail, gaps: thread.gaps });
    expect(read.messages.map(({ source, excerpt, original }) => [source, excerpt, original])).toEqual(originals);
  });

  it('waits as long as it is told to', async () => {
    let busy = 0;
    await stage.show(thread.address, thread.page, (asked, response) => {
      busy += 1;
      if (busy === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else thread.answer(asked, response);
    });
    expect((await stage.capture()).messages.map(({ excerpt }) => ['raw', excerpt])).toEqual(
      originals.map(([, excerpt]) => ['raw', excerpt]),
    );
    expect(busy).toBeGreaterThan(words.length);
  });

  it('says that the session has ended, and keeps nothing', async () => {
    await stage.show(thread.address, thread.page, saved(product.ended, origin).answer);
    expect(await stage.refused()).toEqual(signedOut);
    stage.hosts.answer = ({ host }, response) => (host === logIn ? html(response, '<form>') : redirect(response, `https://${logIn}/`));
    expect((await stage.popup()).error?.code).toBe(signedOut.code);
    stage.hosts.answer = (_, response) => html(response, '<form>');
    expect((await stage.popup()).error?.code).toBe(signedOut.code);
  });

  it.runIf(below)('goes a rung down where a source is refused, and says so', async () => {
    const refused = saved(product.refused ?? '', origin);
    await stage.show(refused.address, refused.page, refused.answer);
    const read = await stage.capture();
    expect(read).toMatchObject({ status: 'submitted', webmail });
    expect(read.messages.map(({ source, from }) => [source, from.address])).toEqual([below]);
    expect(read.gaps.map(({ code }) => code)).toEqual(expect.arrayContaining(['not-the-original', 'thread-not-searched']));
  });

  it('says what is missing after a redesign, and keeps a button as long as it knows the page', async () => {
    const [names, missing] = changes;
    await stage.show(thread.address, thread.page.replace(names, 'redesigned-'), thread.answer);
    if (missing === null) {
      await until('the page is not known', async () => (await stage.checkOf(origin))?.webmail === null);
      expect(await stage.page.locator('relais-button').count()).toBe(0);
      return;
    }
    await until('the self-check names it', async () => (await stage.checkOf(origin))?.missing?.join() === missing.join());
    await stage.page.locator('body > relais-button').waitFor();
    expect((await stage.capture()).messages.map(({ source, excerpt, original }) => [source, excerpt, original])).toEqual(originals);
  });
});

describe('a webmail that asks for patience', () => {
  const thread = saved('open-xchange/conversation', 'https://open-xchange.example.org');

  it('and names no time is asked again a little later', async () => {
    let busy = 0;
    await stage.show(thread.address, thread.page, (asked, response) => {
      busy += 1;
      if (busy === 1) response.writeHead(429).end();
      else thread.answer(asked, response);
    });
    expect((await stage.capture()).messages.map(({ source }) => source)).toEqual(['raw', 'raw', 'raw']);
  });

  it('and never ends to is read from its page, which is said', async () => {
    await stage.show(thread.address, thread.page, (_, response) => response.writeHead(429, { 'retry-after': '1' }).end());
    const read = await stage.capture();
    expect(read.messages.map(({ source }) => source)).toEqual(['page']);
    expect(read.gaps.map(({ code }) => code)).toEqual(expect.arrayContaining(['thread-not-searched', 'not-the-original']));
  });
});
