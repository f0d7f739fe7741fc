/** Button and capture in a real Roundcube, all three skins; the originals held against the maildir's own files. */
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idIn, mailsOnDisk } from './maildir.ts';
import { startTiny, type Tiny } from './tiny-extension.ts';

const env = (name: string, fallback: string) => process.env[name] ?? fallback;
const skins = {
  elastic: `http://127.0.0.1:${env('ROUNDCUBE_PORT', '18180')}`,
  larry: `http://127.0.0.1:${env('ROUNDCUBE_LARRY_PORT', '18181')}`,
  classic: `http://127.0.0.1:${env('ROUNDCUBE_CLASSIC_PORT', '18182')}`,
};
const clients = 'Clients/R&AOk-clamations &- devis';

const isUp = await fetch(skins.elastic).then(
  (response) => response.ok,
  () => false,
);
if (!isUp) console.warn(`SKIPPED: no Roundcube at ${skins.elastic}; start it with tests/lab/webmail/bin/start and bin/seed`);

let tiny: Tiny;
let page: Page;

beforeAll(async () => {
  if (!isUp) return;
  tiny = await startTiny();
  page = await tiny.context.newPage();
  await page.goto(`${skins.elastic}/?_lablogin=1`);
});
afterAll(() => tiny?.close());

const button = () => page.getByRole('button', { name: 'Send to tickets' });
const row = (subject: string) => page.locator('#messagelist tbody tr.message', { hasText: subject });
const uidOf = async (subject: string) =>
  Buffer.from((await row(subject).last().getAttribute('id'))?.slice('rcmrow'.length) ?? '', 'base64').toString();

async function list(origin: string, mailbox = 'INBOX', path = '/'): Promise<void> {
  await page.goto(`${origin}${path}?_task=mail&_mbox=${encodeURIComponent(mailbox)}`);
  await page.locator('#messagelist tbody tr.message').first().waitFor();
}
/** Opens the oldest mail with this subject in the preview, and waits until the button knows. */
async function preview(subject: string): Promise<Frame> {
  const uid = await uidOf(subject);
  await row(subject).last().click();
  await page.waitForFunction((wanted) => {
    const shown = document.querySelector<HTMLIFrameElement>('#messagecontframe')?.contentDocument;
    return shown?.querySelector('#messagebody') && new URL(shown.URL).searchParams.get('_uid') === wanted;
  }, uid);
  await asked(`INBOX/${uid}`);
  return page.frame({ name: 'messagecontframe' }) as Frame;
}
async function asked(key: string): Promise<void> {
  await expect
    .poll(async () => (await tiny.heard()).findLast(({ name }) => name === 'thread.opened')?.input.threadKey, { timeout: 20_000 })
    .toBe(key);
}
async function expectOneButton(): Promise<void> {
  await button().waitFor();
  await expect.poll(() => button().isEnabled(), { timeout: 20_000 }).toBe(true);
  expect(await page.locator('relais-button').count()).toBe(1);
}

describe.runIf(isUp).each(Object.entries(skins))('in skin %s', (_skin, origin) => {
  it('the button is there once, after every change of view', async () => {
    await list(origin);
    await button().waitFor();
    expect(await button().isDisabled()).toBe(true);
    await preview('Crack in the shelf');
    await expectOneButton();
    await preview('Invoice 2026-118 sent twice');
    await expectOneButton();

    await page.locator('#mailboxlist a[rel="Archive"]').click();
    await page.waitForFunction(
      () => !document.querySelector<HTMLIFrameElement>('#messagecontframe')?.contentDocument?.querySelector('#messagebody'),
    );
    await page.locator('relais-button .send[disabled]').waitFor();
    expect(await page.locator('relais-button').count()).toBe(1);
    await row('archived').first().waitFor();
    await page.locator('#mailboxlist a[rel="INBOX"]').click();
    await row('Crack in the shelf').waitFor();
    await preview('Crack in the shelf');
    await expectOneButton();

    const uid = await uidOf('Crack in the shelf');
    await row('Crack in the shelf').dblclick();
    await page.waitForURL(/_action=show/);
    await asked(`INBOX/${uid}`);
    await expectOneButton();
    await page.goBack();
    await row('Crack in the shelf').waitFor();
    await button().waitFor();
    expect(await page.locator('relais-button').count()).toBe(1);
  });

  it('stands in the toolbar, at its height and with its words readable', async () => {
    await list(origin);
    await preview('Crack in the shelf');
    const box = await page.locator('relais-button').boundingBox();
    const neighbour = await page.locator('#toolbar-menu a.reply, #messagetoolbar a.reply').boundingBox();
    if (!box || !neighbour) throw new Error('The button or its neighbour has no box');
    expect(Math.abs(box.y - neighbour.y)).toBeLessThanOrEqual(2);
    expect(Math.abs(box.height - neighbour.height)).toBeLessThanOrEqual(2);
  });

  it('is not in compose, where no message is open', async () => {
    await page.goto(`${origin}/?_task=mail&_action=compose`);
    await page.locator('#messagetoolbar, #toolbar-menu').first().waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await page.locator('relais-button').count()).toBe(0);
  });

  it('a thread of three is captured as it lies in the maildir', async () => {
    await list(origin);
    await preview('Kiln controller shows E-42');
    await expectOriginals(['t01-a@mail.example.net', 't01-b@mail.example.net', 't01-c@mail.example.net']);
  });
});

async function expectOriginals(ids: readonly string[]): Promise<void> {
  const captured = await tiny.capture(page);
  expect(captured.failed).toBeUndefined();
  expect(captured.gaps).toEqual([]);
  expect(captured.opened).toMatchObject({ webmail: 'roundcube', account: 'camille@example.org', expected: ids.length });
  expect(captured.messages.map(({ source }) => source)).toEqual(ids.map(() => 'raw'));
  expect(captured.messages.map(({ bytes }) => idIn(bytes))).toEqual(ids);
  const disk = mailsOnDisk();
  for (const { bytes } of captured.messages) expect(bytes.equals(disk.get(idIn(bytes)) ?? Buffer.of())).toBe(true);
}

describe.runIf(isUp)('capture', () => {
  const origin = skins.elastic;

  it('finds the answer in Sent that lies between two mails of the inbox', async () => {
    await list(origin);
    await preview('Invoice 2026-118 sent twice');
    await expectOriginals(['t02-a@mail.example.net', 't02-b@mail.example.org', 't02-c@mail.example.net'].map((id) => realId(id)));
  });

  it('puts the folder back that the webmail shows next', async () => {
    await list(origin);
    await preview('Invoice 2026-118 sent twice');
    expect((await tiny.capture(page)).messages.some(({ id }) => id.startsWith('Sent/'))).toBe(true);
    await page.goto(`${origin}/?_task=mail`);
    await page.locator('#messagelist tbody tr.message').first().waitFor();
    expect(await page.locator('#mailboxlist li.selected > a').getAttribute('rel')).toBe('INBOX');
  });

  it('reads a long thread whole, marks none of it as read and starts no long task', async () => {
    await list(origin);
    await preview('Rollout of firmware 4.1');
    const unread = () => page.locator('#messagelist tr.unread').count();
    const before = await unread();
    await page.evaluate(() => {
      const long: number[] = [];
      Object.assign(globalThis, { long });
      new PerformanceObserver((entries) => long.push(...entries.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    const captured = await tiny.capture(page);
    expect(captured.messages).toHaveLength(31);
    const disk = mailsOnDisk();
    for (const { bytes } of captured.messages) expect(bytes.equals(disk.get(idIn(bytes)) ?? Buffer.of())).toBe(true);
    const longest = await page.evaluate(() => Math.max(0, ...(globalThis as unknown as { long: number[] }).long));
    console.info(`longest task while 31 messages were captured: ${longest} ms`);
    await page.reload();
    await page.locator('#messagelist tbody tr.message').first().waitFor();
    expect(await unread()).toBe(before);
  });

  it('reads every mail of the lab byte for byte', async () => {
    await list(origin);
    const disk = mailsOnDisk();
    for (const subject of ['Crack in the shelf', 'Mot de passe', 'Hostile', 'difficult names', 'lying charset']) {
      await list(origin);
      await preview(subject);
      const captured = await tiny.capture(page);
      expect(captured.messages.length).toBeGreaterThan(0);
      for (const { bytes } of captured.messages) expect(bytes.equals(disk.get(idIn(bytes)) ?? Buffer.of())).toBe(true);
    }
  });

  it('works in a folder with accents, a blank and an ampersand', async () => {
    await list(origin, clients);
    await page.locator('#messagelist tbody tr.message').first().click();
    await asked(`${clients}/1`);
    const captured = await tiny.capture(page);
    expect(captured.gaps).toEqual([]);
    expect(captured.messages.map(({ id }) => id)).toEqual([`${clients}/1`]);
    const [message] = captured.messages;
    expect(message?.bytes.equals(mailsOnDisk().get(idIn(message.bytes)) ?? Buffer.of())).toBe(true);
  });

  it('works on the message page and below a path', async () => {
    await list(origin, 'INBOX', '/webmail/');
    const uid = await uidOf('Kiln controller shows E-42');
    await page.goto(`${origin}/webmail/?_task=mail&_action=show&_uid=${uid}&_mbox=INBOX`);
    await expectOneButton();
    await expectOriginals(['t01-a@mail.example.net', 't01-b@mail.example.net', 't01-c@mail.example.net']);
  });

  it('does not merge another thread with the same subject', async () => {
    await list(origin);
    const uids = await row('Kiln controller shows E-42').evaluateAll((rows) => rows.map(({ id }) => atob(id.slice('rcmrow'.length))));
    const counts = [];
    for (const uid of uids) {
      await page.goto(`${origin}/?_task=mail&_action=show&_uid=${uid}&_mbox=INBOX`);
      counts.push((await tiny.capture(page)).messages.length);
    }
    expect(counts.sort()).toEqual([1, 3, 3, 3]);
  });

  it('leaves a search alone that the person has open, and says that it did not look further', async () => {
    await list(origin);
    await page.locator('#mailsearchform, #quicksearchbox').first().fill('Kiln');
    await page.keyboard.press('Enter');
    await row('Crack in the shelf').waitFor({ state: 'detached' });
    await row('Kiln').first().waitFor();
    const found = await row('Kiln').count();
    await row('Kiln').last().click();
    await button().and(page.locator(':enabled')).waitFor();
    const captured = await tiny.capture(page);
    expect(captured.messages).toHaveLength(1);
    expect(captured.gaps).toEqual([{ code: 'thread-not-searched' }]);
    expect(await row('Kiln').count()).toBe(found);
  });

  it('reads an attached message in its own window', async () => {
    await list(origin);
    const uid = await uidOf('Fwd: Original complaint');
    await page.goto(`${origin}/?_task=mail&_mbox=INBOX&_frame=1&_uid=${uid}&_part=2&_action=get&_extwin=1`);
    await asked(`INBOX/${uid}.2`);
    const captured = await tiny.capture(page);
    expect(captured.messages.map(({ source, bytes }) => [source, bytes.toString().includes('The glaze came out green')])).toEqual([
      ['raw', true],
    ]);
  });

  it('says that the session has ended', async () => {
    await list(origin);
    await preview('Crack in the shelf');
    const cookies = await tiny.context.cookies();
    await tiny.context.clearCookies();
    const captured = await tiny.capture(page);
    await tiny.context.addCookies(cookies);
    expect(captured.failed?.code).toBe('webmail-signed-out');
  });
});

/** The seed's own id of a message, whatever host it was given. */
function realId(id: string): string {
  const [local = ''] = id.split('@');
  return [...mailsOnDisk().keys()].find((known) => known.startsWith(`${local}@`)) ?? id;
}
