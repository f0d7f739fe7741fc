/** The button alone, in pages that redraw themselves in every way seen in webmails, and in one that never rests. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTiny, type Tiny } from '../lab/tiny-extension.ts';
import { buttonsAfterAFrame, redrawnPage, redraws } from '../support/redraws.ts';

let tiny: Tiny;
let server: Server;
let page: Page;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isMail = request.url?.endsWith('.eml');
    response.setHeader('content-type', isMail ? 'message/rfc822' : 'text/html');
    if (request.url?.startsWith('/large/')) response.end(`Message-ID: <${request.url}>\n\n${'YmFzZTY0\n'.repeat(256 * 114)}`);
    else response.end(isMail ? 'Date: Mon, 2 Mar 2026 13:40:00 +0000\nMessage-ID: <a@x>\n\nHelp' : redrawnPage);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tiny = await startTiny();
  page = await tiny.context.newPage();
});
afterAll(async () => {
  await tiny.close();
  server.closeAllConnections();
  server.close();
});

const load = async () => {
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.getByRole('button', { name: 'Send to tickets' }).waitFor();
};
const countAfterAFrame = () => page.evaluate(buttonsAfterAFrame);

describe('the button comes back', () => {
  it.each(Object.entries(redraws))('%s', async (_name, redraw) => {
    await load();
    await page.evaluate(redraw);
    expect(await countAfterAFrame()).toBe(1);
    expect(await page.locator('relais-button').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Send to tickets' }).isEnabled()).toBe(true);
  });

  it('once, when a second instance of the script starts, and the first leaves it alone', async () => {
    await load();
    await tiny.worker.evaluate(async (url) => {
      const { chrome } = globalThis as unknown as {
        chrome: {
          tabs: { query(filter: object): Promise<{ id: number; url: string }[]> };
          scripting: { executeScript(injection: object): Promise<unknown> };
        };
      };
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      await chrome.scripting.executeScript({ target: { tabId: tab?.id }, files: ['webmail.content.js'] });
    }, page.url());
    expect(await countAfterAFrame()).toBe(1);
    await page.locator('relais-button').evaluate((button) => button.remove());
    expect(await countAfterAFrame()).toBe(1);
  });
});

describe('a thread', () => {
  it('that a route shows is asked about by its own name', async () => {
    await load();
    await page.evaluate(() => history.pushState(null, '', '/thread/2'));
    await page.evaluate(() => history.replaceState(null, '', '/thread/3'));
    await countAfterAFrame();
    const keys = (await tiny.heard()).filter(({ name }) => name === 'thread.opened').map(({ input }) => String(input.threadKey));
    expect(keys.at(-1)).toMatch(/\/thread\/3$/);
  });

  it('that is closed leaves a button that can not be pressed', async () => {
    await load();
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('a')) element.removeAttribute('type');
      document.querySelector('h1')?.remove();
    });
    await page.locator('relais-button .send[disabled]').waitFor();
    expect(await page.getByRole('button', { name: 'More ways to send' }).isDisabled()).toBe(true);
  });
});

describe('what the person does', () => {
  it('is passed on: send, then undo in the time given', async () => {
    await load();
    const threadKey = page.url();
    await tiny.answer('button.clicked', { phase: 'held', until: Date.now() + 60_000 });
    await page.getByRole('button', { name: 'Send to tickets' }).click();
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).waitFor();
    expect((await tiny.heard()).at(-1)).toMatchObject({ name: 'button.clicked', input: { webmail: 'generic', threadKey, way: 'send' } });
    expect(await page.getByRole('button', { name: 'Sending…' }).getAttribute('aria-disabled')).toBe('true');

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Send to tickets' }).waitFor();
    expect((await tiny.heard()).at(-1)).toMatchObject({ name: 'send.undone', input: { threadKey } });
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  it('counts when it is nothing: the send is confirmed when the time is over', async () => {
    await load();
    await tiny.answer('button.clicked', { phase: 'held', until: Date.now() + 1_200 });
    await tiny.answer('send.confirmed', { phase: 'sent', number: '4711', url: 'http://127.0.0.1/4711' });
    await page.getByRole('button', { name: 'Send to tickets' }).click();
    await page.getByRole('button', { name: 'In tickets: #4711' }).waitFor();
    expect((await tiny.heard()).at(-1)).toMatchObject({ name: 'send.confirmed' });
  });

  it('reaches the toast by keyboard alone, also after the page was redrawn under it', async () => {
    await load();
    await tiny.answer('button.clicked', { phase: 'held', until: Date.now() + 60_000 });
    await page.getByRole('button', { name: 'Send to tickets' }).focus();
    await page.keyboard.press('Enter');
    const note = page.getByRole('status').getByRole('button', { name: 'Add a note' });
    await note.waitFor();
    await page.evaluate(() => {
      (document.querySelector('[role=toolbar]') as Element).innerHTML = '<b>x</b>';
    });
    await note.waitFor();
    await note.focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Send to tickets' }).waitFor();
    expect((await tiny.heard()).at(-1)).toMatchObject({ name: 'note.wanted' });
  });

  it('opens the ticket in a new tab once it is known', async () => {
    await load();
    await tiny.push(page, page.url(), { phase: 'sent', number: '7', url: `${page.url()}ticket/7` });
    const [opened] = await Promise.all([tiny.context.waitForEvent('page'), page.getByRole('button', { name: 'In tickets: #7' }).click()]);
    expect(opened.url()).toMatch(/\/ticket\/7$/);
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    await opened.close();
  });

  it('is not mixed with news of another thread', async () => {
    await load();
    await tiny.push(page, 'another thread', { phase: 'sent', number: '8' });
    await tiny.push(page, page.url(), { phase: 'collecting', received: 1, expected: 3 });
    await page.getByRole('button', { name: 'Collecting 1 of 3…' }).waitFor();
    expect(await page.getByRole('button', { name: /#8/ }).count()).toBe(0);
  });
});

describe('capture', () => {
  it('hands over the source that a link names', async () => {
    await load();
    const captured = await tiny.capture(page);
    expect(captured.opened).toMatchObject({ webmail: 'generic', expected: 1 });
    expect(captured.messages.map(({ source, bytes }) => [source, bytes.toString()])).toEqual([
      ['raw', expect.stringMatching(/^Date: .*\n\nHelp$/s)],
    ]);
  });

  it('takes the selection from a page that it knows nothing about, and says so when there is none', async () => {
    await load();
    await page.evaluate(() => {
      document.body.innerHTML =
        '<p>Before</p><p id="mark">The <b>printer</b> burns<img src="x" onerror="document.title = \'ran\'"></p><p>After</p>';
    });
    expect((await tiny.capture(page)).failed?.code).toBe('no-thread');
    const before = await page.evaluate(() => {
      getSelection()?.selectAllChildren(document.querySelector('#mark') as Element);
      return document.documentElement.outerHTML;
    });
    const captured = await tiny.capture(page);
    expect(captured.opened?.webmail).toBe('selection');
    expect(captured.messages[0]).toMatchObject({ source: 'selection', page: { text: 'The printer burns' } });
    expect(captured.messages[0]?.page?.html).toContain('The <b>printer</b> burns');
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });
});

describe('what it costs', () => {
  it('weighs at most 8 kB', () => {
    const script = readFileSync(join(tiny.folder, 'extension', 'webmail.content.js'));
    expect(gzipSync(script, { level: 9 }).byteLength).toBeLessThanOrEqual(8 * 1024);
  });

  // Milliseconds are `npm run bench -- page`'s: a count is the same on every machine.
  it.each([
    ['with a thread open', false],
    ['showing no mail at all', true],
  ])(
    'is called twice for a frame at most, told and then looking, by a page that makes 10,000 changes a second, $0',
    async (_page, isOther) => {
      await load();
      if (isOther) await page.evaluate(() => document.querySelector('a')?.remove());
      const { result, calls } = await counted(() =>
        page.evaluate(async () => {
          const body = document.querySelector('#rows') as Element;
          let isOver = false;
          let frames = 0;
          const frame = () => {
            frames += 1;
            if (!isOver) requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
          let changes = 0;
          // One task each millisecond or so, ten changes for each.
          for (const start = performance.now(); performance.now() - start < 2_000; ) {
            for (const due = (performance.now() - start) * 10; changes < due; changes += 1) {
              const row = document.createElement('tr');
              row.textContent = String(changes);
              body.children[changes % body.children.length]?.replaceWith(row);
            }
            await new Promise((resolve) => setTimeout(resolve));
          }
          isOver = true;
          return { changes, frames };
        }),
      );
      console.info(`button script: ${calls} calls in ${result.frames} frames, ${result.changes} changes`);
      expect(result.changes).toBeGreaterThan(result.frames * 10);
      expect(calls).toBeGreaterThan(0);
      expect(calls).toBeLessThanOrEqual(result.frames * 2);
    },
  );
});

interface TraceEvent {
  readonly name: string;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** How often the page called functions of an extension while `work` ran. */
async function counted<Result>(work: () => Promise<Result>): Promise<{ result: Result; calls: number }> {
  const cdp = await tiny.context.newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.start', { categories: 'devtools.timeline', transferMode: 'ReportEvents' });
  const result = await work();
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  const ours = events.filter(({ name, args }) => name === 'FunctionCall' && args?.data?.url?.startsWith('chrome-extension://'));
  return { result, calls: ours.length };
}
