/** Mail that tries to run something or to call somebody: nothing runs, and nobody is called, wherever Relais shows it. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacks } from '../fixtures/mail/attacks.ts';
import { capture, openForm } from '../support/captures.ts';
import { extensionId } from '../support/extension.ts';
import { hostileMails } from '../support/hostile.ts';
import { type LocalServer, serve } from '../support/local-server.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { until } from '../support/until.ts';

/** Sees every request to the attacker's host, whichever part of the browser makes it. */
let attacker: LocalServer;
let rig: Rig;
const errors: string[] = [];
const asked: string[] = [];

const ownPages = () => rig.session.context.pages().filter((page) => page.url().startsWith(`chrome-extension://${extensionId}/`));

beforeAll(async () => {
  attacker = await serve((_request, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  });
  const mails = hostileMails(attacker.origin);
  rig = await startRig({ mails, settings: { undoSeconds: 0 } });
  rig.session.context.on('weberror', (error) => errors.push(`${error.page()?.url()}: ${error.error().message}`));
  rig.session.context.on('request', (request) => {
    // Playwright also tells of requests that a policy stopped: the webmail's own sandboxed frames are full of them.
    const isWebmails = !request.serviceWorker() && request.frame().parentFrame() !== null && request.frame().page() === rig.page;
    const isKnown = [rig.webmail.origin, rig.desk.origin].some((origin) => request.url().startsWith(`${origin}/`));
    if (/^https?:/.test(request.url()) && !isKnown && !isWebmails) asked.push(request.url());
  });
});
afterAll(async () => {
  await rig.close();
  await attacker.close();
});

async function hasRun(page: Page): Promise<boolean> {
  return page.evaluate(() => Reflect.has(globalThis, '__ran'));
}

describe(`a thread of ${attacks.length} hostile mails`, () => {
  it('has a watcher that would notice', async () => {
    const page = await rig.session.context.newPage();
    await page.goto(rig.desk.origin);
    const answered = page.waitForResponse(`${attacker.origin}/control`);
    await page.evaluate((address) => {
      Reflect.set(globalThis, '__ran', 1);
      new Image().src = address;
    }, `${attacker.origin}/control`);
    await answered;
    expect(attacker.seen.map(({ path }) => path)).toContain('/control');
    expect(asked).toContain(`${attacker.origin}/control`);
    expect(await hasRun(page)).toBe(true);
    await page.close();
  });

  it('runs and requests nothing in the form, with every message opened', { timeout: 180_000 }, async () => {
    await rig.openThread('Hostile <img');
    await rig.button().waitFor();
    const before = attacker.seen.length;
    asked.length = 0;
    const form = await openForm(rig, await capture(rig, 'Hostile'));
    const messages = form.getByRole('list', { name: 'Messages' });
    await form.getByRole('button', { name: /^Show \d+ older messages$/ }).click();
    await until('all messages are shown', async () => (await messages.getByRole('checkbox').count()) === attacks.length);
    const openers = messages.locator('button[aria-expanded=false]');
    while (await openers.count()) await openers.first().click();
    for (const tab of ['Outbox', 'Tickets', 'Note', 'Thread']) await form.getByRole('tab', { name: tab }).click();
    expect(await hasRun(form)).toBe(false);
    expect(await form.locator('img, iframe, object, embed, svg [onload]').count()).toBe(0);
    expect(attacker.seen.slice(before).map(({ path }) => path)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('runs nothing in the worker, nor in the document that reads the mail', async () => {
    const worker = await rig.session.worker();
    expect(await worker.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
    const { targetInfos } = await rig.session.cdp.send('Target.getTargets');
    const offscreen = targetInfos.find(({ url }) => url.endsWith('/offscreen.html'));
    if (offscreen) expect(await ranIn(offscreen.targetId)).toBe(false);
    expect(ownPages().length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  it('arrives in one ticket with its originals, and its words as text', { timeout: 120_000 }, async () => {
    await rig.page.bringToFront();
    await rig.button().click();
    const ticket = await rig.desk.store.first(100_000);
    expect(ticket.articles).toHaveLength(attacks.length);
    expect(ticket.articles.flatMap(({ files }) => files).filter(({ name }) => name.endsWith('.eml'))).toHaveLength(attacks.length);
    expect(attacker.seen.filter(({ path }) => path !== '/control').map(({ path }) => path)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

/** Whether a payload ran in a document that Playwright gives no page for. */
async function ranIn(targetId: string): Promise<boolean> {
  const { cdp } = rig.session;
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
  const answer = new Promise<boolean>((resolve) => {
    cdp.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      const { result } = JSON.parse(event.message) as { readonly result?: { readonly result?: { readonly value?: boolean } } };
      resolve(result?.result?.value === true);
    });
  });
  const message = { id: 1, method: 'Runtime.evaluate', params: { expression: `'__ran' in globalThis`, returnByValue: true } };
  await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify(message) });
  return answer;
}
