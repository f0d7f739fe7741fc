/** Button and capture in a real SOGo; the originals held against the maildir's own files. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isUp } from './lab.ts';
import { clearThread, countUnread, expungeMail, fileThread, idIn, mailsOnDisk, moveMail, subscribe } from './maildir.ts';
import { startTiny, type Tiny } from './tiny-extension.ts';

const origin = `http://127.0.0.1:${process.env.SOGO_PORT ?? '18190'}`;
const mail = `${origin}/SOGo/so/camille/Mail/view`;
const up = await isUp(`${origin}/SOGo/`);
if (!up) console.warn(`SKIPPED: no SOGo at ${origin}; start it with tests/lab/webmail/bin/start sogo and bin/seed`);

let tiny: Tiny;
let page: Page;

beforeAll(async () => {
  if (!up) return;
  tiny = await startTiny();
  page = await tiny.context.newPage();
  await logIn();
});
afterAll(() => tiny?.close());

async function logIn(): Promise<void> {
  await page.goto(`${origin}/SOGo/`);
  await page.fill('input[ng-model="app.creds.username"]', 'camille');
  await page.fill('input[type="password"]', process.env.LAB_PASS ?? 'lab-pass');
  await page.keyboard.press('Enter');
  await page.waitForURL(/Mail\/view/);
  await row().first().waitFor();
}

const button = () => page.getByRole('button', { name: 'Send to tickets' });
const row = (subject = '') => page.locator('md-list-item.sg-message-list-item', { hasText: subject });

async function folder(path: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${mail}#!/Mail/0/${path}`);
  await row().first().waitFor();
}
/** Opens the message with this uid by its address, and waits until it is on screen and the button knows. */
async function open(uid: number, path = 'INBOX'): Promise<void> {
  await folder(path);
  await page.goto(`${mail}#!/Mail/0/${path}/${uid}`);
  await shown(`0/${decodeURIComponent(path)}/${uid}`);
}
async function shown(key: string): Promise<void> {
  await page.locator('#detailView time.msg-date').waitFor();
  await expect
    .poll(async () => (await tiny.heard()).findLast(({ name }) => name === 'thread.opened')?.input.threadKey, { timeout: 20_000 })
    .toBe(key);
}
async function expectOneButton(): Promise<void> {
  await button().waitFor();
  await expect.poll(() => button().isEnabled(), { timeout: 20_000 }).toBe(true);
  expect(await page.locator('relais-button').count()).toBe(1);
}
async function expectOriginals(ids: readonly string[], from = page): Promise<void> {
  const captured = await tiny.capture(from);
  expect(captured.failed).toBeUndefined();
  expect(captured.gaps).toEqual([]);
  expect(captured.opened).toMatchObject({ webmail: 'sogo', account: 'camille@example.org', expected: ids.length });
  expect(captured.messages.map(({ source }) => source)).toEqual(ids.map(() => 'raw'));
  expect(captured.messages.map(({ bytes }) => idIn(bytes))).toEqual(ids);
  const disk = mailsOnDisk();
  for (const { bytes } of captured.messages) expect(bytes.equals(disk.get(idIn(bytes)) ?? Buffer.of())).toBe(true);
}

describe.runIf(up)('the button in SOGo', () => {
  it('is there once, after every change of view', async () => {
    await open(7);
    await expectOneButton();
    await row('Kiln controller').first().click();
    await page.locator('#detailView h5', { hasText: 'Kiln controller' }).waitFor();
    await expectOneButton();
    await page.locator('md-sidenav .sg-item-name', { hasText: 'Archive' }).first().click();
    await row('archived').waitFor();
    await expect.poll(() => page.locator('relais-button').count()).toBe(0);
    await row('archived').click();
    await expectOneButton();
  });

  it('stands in the bar with Reply, no taller than it', async () => {
    await open(7);
    await expectOneButton();
    const box = await page.locator('relais-button').boundingBox();
    const bar = await page.locator('#detailView md-card-actions').first().boundingBox();
    if (!box || !bar) throw new Error('The button or its bar has no box');
    expect(box.y).toBeGreaterThanOrEqual(bar.y);
    expect(box.y + box.height).toBeLessThanOrEqual(bar.y + bar.height);
    expect(box.x + box.width).toBeLessThanOrEqual(bar.x + bar.width);
    expect(bar.height).toBeLessThan(70);
  });

  it('works in the window that a double click opens', async () => {
    await open(3);
    const popup = await tiny.context.newPage();
    await popup.goto(`${origin}/SOGo/so/camille/Mail//UIxMailPopupView#!/Mail/0/INBOX/3`);
    await popup.getByRole('button', { name: 'Send to tickets' }).and(popup.locator(':enabled')).waitFor();
    await expectOriginals(['t01-a@mail.example.net', 't01-b@mail.example.net', 't01-c@mail.example.net'], popup);
    await popup.close();
  });
});

describe.runIf(up)('capture from SOGo', () => {
  it('asks nothing of folders below others that are not open, where SOGo would unsubscribe them', async () => {
    const asked: string[] = [];
    const listen = (request: { url(): string }) => asked.push(request.url());
    await open(5);
    tiny.context.on('request', listen);
    await tiny.capture(page);
    tiny.context.off('request', listen);
    expect(asked.some((address) => address.includes('/folderSent/view'))).toBe(true);
    expect(asked.filter((address) => address.includes('/folderClients/'))).toEqual([]);
  });

  it('a thread of three, and not another one with the same subject', async () => {
    await open(2);
    await expectOriginals(['t01-a@mail.example.net', 't01-b@mail.example.net', 't01-c@mail.example.net']);
    await open(58);
    const captured = await tiny.capture(page);
    expect(captured.messages).toHaveLength(1);
    expect(captured.gaps).toEqual([]);
  });

  it('finds the answer in Sent that lies between two mails of the inbox', async () => {
    await open(5);
    await expectOriginals(['t02-a', 't02-b', 't02-c'].map(realId));
  });

  it('reads a long thread whole and marks none of it as read', async () => {
    await open(12);
    const before = await countUnread('INBOX');
    expect(before).toBeGreaterThan(0);
    const captured = await tiny.capture(page);
    expect(captured.gaps).toEqual([]);
    expect(captured.messages).toHaveLength(31);
    const disk = mailsOnDisk();
    for (const { bytes } of captured.messages) expect(bytes.equals(disk.get(idIn(bytes)) ?? Buffer.of())).toBe(true);
    expect(await countUnread('INBOX')).toBe(before);
  });

  it('reads difficult mails byte for byte, 8-bit ones among them', async () => {
    const disk = mailsOnDisk();
    for (const uid of [7, 8, 43, 46, 48, 49, 53, 54]) {
      await open(uid);
      const captured = await tiny.capture(page);
      const bytes = captured.messages.map((message) => message.bytes);
      expect(bytes.length, String(uid)).toBeGreaterThan(0);
      for (const mailed of bytes) expect(mailed.equals(disk.get(idIn(mailed)) ?? Buffer.of()), String(uid)).toBe(true);
    }
  });

  it('works in a folder with accents, a blank and an ampersand', async () => {
    // SOGo's own page may unsubscribe it, see docs/webmails.md.
    onTestFinished(() => subscribe('Clients/Réclamations & devis'));
    await open(1, 'Clients%25252FR%252526AOk-clamations%252520%252526-%252520devis');
    await expectOneButton();
    const captured = await tiny.capture(page);
    expect(captured.messages.map(({ bytes }) => idIn(bytes))).toEqual(['t27@mail.example.net']);
    for (const { bytes } of captured.messages) expect(bytes.equals(mailsOnDisk().get(idIn(bytes)) ?? Buffer.of())).toBe(true);
  });

  it('works in a shared folder', async () => {
    await open(2, encodeURIComponent(encodeURIComponent('Shared%2FSupport')));
    await expectOriginals(['t28-a@mail.example.com', 't28-b@mail.example.org']);
  });

  it('finds what was moved or thrown into the bin, and says that what was deleted for good is not there', async () => {
    const mark = `sogo${Date.now()}`;
    onTestFinished(() => clearThread(mark));
    const ids = await fileThread(mark, ['INBOX', 'INBOX', 'INBOX', 'INBOX']);
    const [first = '', second = '', third = ''] = ids;
    await moveMail(second, 'INBOX', 'Archive');
    await moveMail(third, 'INBOX', 'Trash');
    await folder('INBOX');
    await row(mark).first().click();
    await page.locator('#detailView h5', { hasText: mark }).waitFor();
    await expectOneButton();
    await expectOriginals(ids);
    await expungeMail(first, 'INBOX');
    const captured = await tiny.capture(page);
    expect(captured.messages.map(({ bytes }) => idIn(bytes))).toEqual(ids.slice(1));
    expect(captured.gaps).toEqual([{ code: 'thread-not-searched' }]);
  });

  it('says that the session has ended', async () => {
    await open(7);
    const cookies = await tiny.context.cookies();
    await tiny.context.clearCookies({ name: '0xHIGHFLYxSOGo' });
    const captured = await tiny.capture(page);
    await tiny.context.addCookies(cookies);
    expect(captured.failed?.code).toBe('webmail-signed-out');
  });
});

/** The seed's own id of a message, whatever host it was given. */
function realId(local: string): string {
  return [...mailsOnDisk().keys()].find((known) => known.startsWith(`${local}@`)) ?? local;
}
