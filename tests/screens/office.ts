/** Chromium in one language with Relais in it, between the demo's webmail and desk under names of the web, and a camera. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { MessageKey } from '../../utils/i18n.ts';
import { json, serve } from '../support/local-server.ts';
import { messagesOf } from '../support/messages.ts';
import { grant, pinToToolbar } from '../support/permissions.ts';
import type { Popup } from '../support/popup.ts';
import { demoMails, type Rig, startRig } from '../support/rig.ts';
import { hosts, mails, origins } from './day.ts';
import { startNames } from './names.ts';

const popupSize = { width: 420, height: 600 };
const themes = ['light', 'dark'] as const;
const pageSize = { width: 1000, height: 760 };

export interface Office {
  readonly rig: Rig;
  readonly language: string;
  say(key: MessageKey, ...values: string[]): string;
  /** Shows the thread with these words in its subject; resolves when the page's button is there. */
  openThread(subject: string): Promise<void>;
  /** One of our pages, in the size that it has in pictures. */
  open(path: string): Promise<Page>;
  /** Takes the picture of this name in both themes. */
  photograph(name: string, page: Page): Promise<void>;
  /** Opens it, does what there is to do, takes its picture, and closes it. */
  picture(name: string, path: string, reach: (page: Page) => Promise<unknown>): Promise<void>;
  /** The same of the toolbar's own popup. */
  photographPopup(name: string, popup: Popup): Promise<void>;
  close(): Promise<void>;
}

/** Relais is let in to the webmail and the ticket systems, and knows none of them yet. */
export async function openOffice(language: string, folder: string): Promise<Office> {
  const { getMessage } = messagesOf(
    JSON.parse(readFileSync(join(import.meta.dirname, `../../public/_locales/${language}/messages.json`), 'utf8')),
    language,
  );
  mkdirSync(folder, { recursive: true });
  const fileOf = (name: string, theme: string) => join(folder, `${name}-${language}-${theme}.png`);
  const names = await startNames(Object.values(hosts));
  const requestTracker = await serve((request, response) => json(response, 200, requestTrackerSays(request.url ?? '')));
  const rig = await startRig({
    bare: true,
    mails: [...demoMails, ...mails()],
    args: [...names.args, `--lang=${language.replace('_', '-')}`],
    env: { LANGUAGE: language },
  });
  names.lead(hosts.webmail, rig.webmail.port);
  names.lead(hosts.desk, Number(new URL(rig.desk.origin).port));
  names.lead(hosts.rt, requestTracker.port);
  await grant(
    rig.session,
    [...Object.values(origins), 'https://hotline.example.net'].map((origin) => `${origin}/*`),
  );
  await pinToToolbar(rig.session);
  rig.page.setDefaultTimeout(30_000);
  await rig.page.setViewportSize(pageSize);

  const office: Office = {
    rig,
    language,
    say: (key, ...values) => getMessage(key, values),
    async openThread(subject) {
      const thread = rig.webmail.threads.find(({ messages }) => messages[0]?.subject.includes(subject));
      if (!thread) throw new Error(`The webmail has no thread ${subject}`);
      await rig.page.goto(rig.webmail.addressOf(thread).replace(rig.webmail.origin, origins.webmail));
      await rig.page.bringToFront();
      await rig.page.locator('relais-button button.send').waitFor();
    },
    async open(path) {
      const page = await rig.session.open(path);
      page.setDefaultTimeout(30_000);
      await page.setViewportSize(path.startsWith('popup') ? popupSize : pageSize);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.locator('main').waitFor();
      return page;
    },
    async photograph(name, page) {
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: fileOf(name, colorScheme), animations: 'disabled', caret: 'hide' });
      }
    },
    async photographPopup(name, popup) {
      // The browser sizes it after it has opened, and a little wider than its content.
      await popup.waitFor(`document.body.getBoundingClientRect().width === ${popupSize.width}`);
      const clip = { x: 0, y: 0, ...popupSize, scale: 1 };
      for (const theme of themes) {
        await popup.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
        const { data } = (await popup.send('Page.captureScreenshot', { format: 'png', clip })) as { data: string };
        writeFileSync(fileOf(name, theme), Buffer.from(data, 'base64'));
      }
    },
    async picture(name, path, reach) {
      const page = await office.open(path);
      await reach(page);
      await office.photograph(name, page);
      await page.close();
      // The browser's window took the size of that page, and a popup is cut to the window. The size that it has, Playwright does not set again.
      await rig.page.setViewportSize({ ...pageSize, height: pageSize.height + 1 });
      await rig.page.setViewportSize(pageSize);
    },
    async close() {
      await rig.close();
      await Promise.all([names.close(), requestTracker.close()]);
    },
  };
  return office;
}

/** What a Request Tracker answers to the test of its connection. */
function requestTrackerSays(path: string): object {
  if (path.includes('/queues'))
    return { items: ['General', 'Support', 'Infra', 'Billing'].map((Name, at) => ({ id: `${at + 1}`, Name })), total: 4, pages: 1 };
  if (path.includes('/user/')) return { Name: 'support', RealName: '' };
  return { Version: '5.0.7' };
}
