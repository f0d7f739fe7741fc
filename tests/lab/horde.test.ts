/** Button and capture in a real Horde, dynamic view; the originals held against the maildir's own files. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isUp } from './lab.ts';
import { account, clearThread, countUnread, expungeMail, fileThread, idIn, mailsOnDisk, moveMail, uidOf } from './maildir.ts';
import { startTiny, type Tiny } from './tiny-extension.ts';

const origin = `http://127.0.0.1:${process.env.HORDE_PORT ?? '18185'}`;
const mail = `${origin}/horde/imp/dynamic.php`;
const up = await isUp(`${origin}/horde/login.php`);
if (!up) console.warn(`SKIPPED: no Horde at ${origin}; start it with tests/lab/webmail/bin/start horde and bin/seed`);

let tiny: Tiny;
let page: Page;

beforeAll(async () => {
  if (!up) return;
  tiny = await startTiny();
  page = await tiny.context.newPage();
  await page.goto(`${origin}/horde/login.php`);
  await page.fill('#horde_user', account);
  await page.fill('#horde_pass', process.env.LAB_PASS ?? 'lab-pass');
  await page.click('#login-button');
  await page.waitForURL(/dynamic\.php/);
  await row().first().waitFor();
});
afterAll(() => tiny?.close());

const idOf = (mailbox: string) => Buffer.from(mailbox).toString('base64url');
const inbox = idOf('INBOX');
const button = () => page.getByRole('button', { name: 'Send to tickets' });
const row = (subject = '') => page.locator('.vpRow', { hasText: subject });

async function folder(mailbox = 'INBOX'): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${mail}?page=mailbox#mbox:${idOf(mailbox)}`);
  await row().first().waitFor();
}
/** Opens a message in the preview by a click: one of those that the list shows at first. */
async function click(subject: string): Promise<void> {
  await row(subject).first().click();
  await page.locator('#previewMsg .subject', { hasText: subject }).first().waitFor();
  await page.waitForURL(/#msg:[\w-]+;\d+$/);
  await known(new URL(page.url()).hash.slice('#msg:'.length).replace(';', '/'));
}
/** Opens a message in the preview by its address, and waits until it is on screen and the button knows. */
async function preview(buid: number, subject: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${mail}?page=mailbox#msg:${inbox};${buid}`);
  await page.locator('#previewMsg .subject', { hasText: subject }).first().waitFor();
  await known(`${inbox}/${buid}`);
}
async function own(buid: number, mailbox = 'INBOX', window = page): Promise<void> {
  await window.goto(`${mail}?page=message&mailbox=${idOf(mailbox)}&buid=${buid}`);
  await known(`${idOf(mailbox)}/${buid}`);
}
async function known(key: string): Promise<void> {
  await expect
    .poll(async () => (await tiny.heard()).findLast(({ name }) => name === 'thread.opened')?.input.threadKey, { timeout: 20_000 })
    .toBe(key);
}
async function expectOneButton(): Promise<void> {
  await button().waitFor();
  await expect.poll(() => button().isEnabled(), { timeout: 20_000 }).toBe(true);
  expect(await page.locator('relais-button').count()).toBe(1);
}
async function expectOriginals(ids: readonly string[]): Promise<void> {
  const captured = await tiny.capture(page);
  expect(captured.failed).toBeUndefined();
  expect(captured.gaps).toEqual([]);
  expect(captured.opened).toMatchObject({ webmail: 'horde', expected: ids.length });
  expect(captured.messages.map(({ source }) => source)).toEqual(ids.map(() => 'raw'));
  expect(captured.messages.map(({ bytes }) => idIn(bytes))).toEqual(ids);
  expectOnDisk(captured.messages.map(({ bytes }) => bytes));
}
function expectOnDisk(captured: readonly Buffer[]): void {
  const disk = mailsOnDisk();
  for (const bytes of captured) expect(bytes.equals(disk.get(idIn(bytes)) ?? Buffer.of()), idIn(bytes)).toBe(true);
}

describe.runIf(up)('the button in Horde', () => {
  it('is there once, after every change of view', async () => {
    await folder();
    await button().waitFor();
    expect(await button().isDisabled()).toBe(true);
    await preview(2, 'Kiln controller');
    await expectOneButton();
    await preview(5, 'Invoice 2026-118');
    await expectOneButton();
    await page.locator('#imp-normalmboxes .imp-sidebar-mbox', { hasText: 'Archive' }).click();
    await row('archived').waitFor();
    await page.locator('relais-button .send[disabled]').waitFor();
    await click('archived');
    await expectOneButton();
    await own(7);
    await expectOneButton();
  });

  it('stands in the toolbar, no taller than it', async () => {
    await preview(3, 'Kiln controller');
    for (const neighbour of ['#button_reply', '#reply_link']) {
      const box = await page.locator('relais-button').boundingBox();
      const beside = await page.locator(neighbour).boundingBox();
      if (!box || !beside) throw new Error('The button or its neighbour has no box');
      expect(Math.abs(box.y + box.height / 2 - beside.y - beside.height / 2)).toBeLessThanOrEqual(2);
      expect(box.height).toBeLessThanOrEqual(beside.height + 4);
      await own(3);
      await expectOneButton();
    }
  });

  it('does not run inside the mail', async () => {
    await own(7);
    await page.locator('iframe.htmlMsgData').waitFor();
    expect(await page.frameLocator('iframe.htmlMsgData').locator('relais-button').count()).toBe(0);
  });
});

describe.runIf(up)('capture from Horde', () => {
  it('a thread of three, and not another one with the same subject', async () => {
    await own(2);
    await expectOriginals(['t01-a@mail.example.net', 't01-b@mail.example.net', 't01-c@mail.example.net']);
    await own(58);
    const captured = await tiny.capture(page);
    expect(captured.messages).toHaveLength(1);
    expect(captured.gaps).toEqual([]);
  });

  it('finds the answer in Sent that lies between two mails of the inbox', async () => {
    await preview(5, 'Invoice 2026-118');
    await expectOriginals(['t02-a', 't02-b', 't02-c'].map(realId));
  });

  it('names messages alike in two captures', async () => {
    await own(3);
    const ids = async () => (await tiny.capture(page)).messages.map(({ id }) => id);
    const before = await ids();
    expect(before).toHaveLength(3);
    expect(before).toContain(`${inbox}/3`);
    expect(await ids()).toEqual(before);
  });

  it('reads a long thread whole and marks none of it as read', async () => {
    await own(12);
    const before = await countUnread('INBOX');
    expect(before).toBeGreaterThan(0);
    const captured = await tiny.capture(page);
    expect(captured.gaps).toEqual([]);
    expect(captured.messages).toHaveLength(31);
    expectOnDisk(captured.messages.map(({ bytes }) => bytes));
    expect(await countUnread('INBOX')).toBe(before);
  });

  it('reads difficult mails byte for byte, 8-bit ones among them', async () => {
    for (const buid of [7, 8, 43, 46, 48, 49, 53, 54]) {
      await own(buid);
      const captured = await tiny.capture(page);
      expect(captured.messages.length, String(buid)).toBeGreaterThan(0);
      expect(captured.messages.map(({ source }) => source)).toEqual(captured.messages.map(() => 'raw'));
      expectOnDisk(captured.messages.map(({ bytes }) => bytes));
    }
  });

  it('works in a folder with accents, a blank and an ampersand', async () => {
    await folder('Clients/Réclamations & devis');
    await click('nested folder');
    await expectOriginals(['t27@mail.example.net']);
  });

  it('works in a shared folder', async () => {
    await folder('Shared/Support');
    await click('Muffel');
    await expectOriginals(['t28-a@mail.example.com', 't28-b@mail.example.org']);
  });

  it('finds what was moved or thrown into the bin, and does without what was deleted for good', async () => {
    const mark = `horde${Date.now()}`;
    onTestFinished(() => clearThread(mark));
    const ids = await fileThread(mark, ['INBOX', 'INBOX', 'INBOX', 'INBOX']);
    const [first = '', second = '', third = '', fourth = ''] = ids;
    await moveMail(second, 'INBOX', 'Clients/Réclamations & devis');
    await moveMail(third, 'INBOX', 'Trash');
    await own(await uidOf(fourth, 'INBOX'));
    await expectOriginals(ids);
    await expungeMail(first, 'INBOX');
    await expectOriginals(ids.slice(1));
  });

  it('does not believe an address that names another message than the one on screen', async () => {
    await preview(7, 'Crack in the shelf');
    await page.evaluate(() => history.replaceState(null, '', location.href.replace(/;\d+$/, ';43')));
    const captured = await tiny.capture(page);
    expect(captured.messages.map(({ source }) => source)).toEqual(['page']);
    expect(captured.messages[0]?.page).toMatchObject({ from: 'Inès Duval <ines@example.com>' });
  });

  it('works on the page of the basic view', async () => {
    await page.goto(`${origin}/horde/imp/basic.php?page=message&mailbox=${inbox}&buid=3`);
    await expectOneButton();
    await expectOriginals(['t01-a@mail.example.net', 't01-b@mail.example.net', 't01-c@mail.example.net']);
  });

  it('says that the session has ended', async () => {
    await own(7);
    const cookies = await tiny.context.cookies();
    await tiny.context.clearCookies();
    const captured = await tiny.capture(page);
    await tiny.context.addCookies(cookies);
    expect(captured.failed?.code).toBe('webmail-signed-out');
  });
});

/** The seed's own id of a message, whatever host it was given. */
function realId(local: string): string {
  return [...mailsOnDisk().keys()].find((known) => known.startsWith(`${local}@`)) ?? local;
}
