/** Settings through the extension's own routes, as the options page sends them. */
import type { Page } from 'playwright-core';
import type { Session } from './chromium.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}
declare const chrome: {
  readonly runtime: { sendMessage(message: unknown): Promise<Reply | undefined> };
  readonly action: { getBadgeText(which: object): Promise<string> };
};

/** Asks the worker from an extension page; rejects with its sentence. */
export async function askFrom(page: Page, name: string, input: unknown): Promise<unknown> {
  const reply = await page.evaluate((message) => chrome.runtime.sendMessage(message), { name, input });
  if (!reply?.ok) throw new Error(`${name}: ${reply?.error ? `${reply.error.code}: ${reply.error.message}` : 'no answer'}`);
  return reply.value;
}

/** One page per browser asks for us: a tab opened and closed for each question would take the focus each time. */
const asking = new WeakMap<Session, Promise<Page>>();

/** Asks the worker from an extension page that stays open behind the others. */
export async function ask(session: Session, name: string, input: unknown): Promise<unknown> {
  return askFrom(await askingPage(session), name, input);
}

async function askingPage(session: Session): Promise<Page> {
  const page = await asking.get(session);
  // An update of the extension closes its pages.
  if (page && !page.isClosed()) return page;
  const opened = session.open('welcome.html');
  asking.set(session, opened);
  return opened;
}

/** What stands on the toolbar icon. */
export async function badgeText(session: Session): Promise<string> {
  return (await askingPage(session)).evaluate(() => chrome.action.getBadgeText({}));
}

/** A settings document as a person would import it. */
export async function importSettings(session: Session, document: object): Promise<void> {
  await ask(session, 'settings.imported', { document });
}
