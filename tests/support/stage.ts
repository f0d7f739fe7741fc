/**
 * A stage for webmails under their own names: pages written from what is known of them, the network side played by a server
 * on loopback, Relais let in. What nobody has tried on a live account stays untried; that Relais does with it what it should
 * is shown there.
 */
import type { ServerResponse } from 'node:http';
import type { Locator, Page } from 'playwright-core';
import { launch, type Session } from './chromium.ts';
import { type Asked, type Hosts, startHosts } from './hosts.ts';
import { grant } from './permissions.ts';
import { ask, importSettings } from './settings.ts';
import { found, until } from './until.ts';

/** What the popup shows of a thread, as far as these tests look at it. */
export interface View {
  readonly id: string;
  readonly status: string;
  readonly webmail: string;
  readonly url: string;
  readonly messages: readonly {
    readonly source: string;
    readonly from: { readonly address: string };
    readonly excerpt: string;
    readonly original?: number;
  }[];
  readonly gaps: readonly { readonly code: string; readonly message?: string }[];
  readonly error?: { readonly code: string };
}

export type Answer = (asked: Asked, response: ServerResponse) => void;

export interface Stage {
  readonly session: Session;
  readonly hosts: Hosts;
  /** The tab with the webmail. */
  page: Page;
  /** Shows a page; `rest` answers what is asked besides it. */
  show(address: string, body: string, rest?: Answer): Promise<void>;
  /** The page's button, with nothing under way. */
  button(): Locator;
  /** Clicks, gives what the popup would show once the thread is read, and takes the click back. */
  capture(): Promise<View>;
  /** Clicks where the thread can't be read: why, as the popup has it, and how much of it was kept. */
  refused(): Promise<{ readonly code: string | undefined; readonly stored: number }>;
  /** What a popup over this tab gives. */
  popup(): Promise<{ readonly capture?: View; readonly error?: { readonly code: string } }>;
  /** What the self-check found: which webmail it is, and what is missing. */
  checkOf(origin: string): Promise<{ readonly webmail: string | null; readonly missing?: readonly string[] } | undefined>;
  /** Lays these over the settings. */
  settings(more: object): Promise<void>;
  close(): Promise<void>;
}

/** How a session that has ended is told; nothing is kept of the thread. */
export const signedOut = { code: 'webmail-signed-out', stored: 0 };

export const nothingElse: Answer = (_, response) => response.writeHead(404).end();

/** Trusted types and no inline anything, as strict as any of them. */
const strict = {
  'content-security-policy':
    "default-src 'none'; script-src 'none'; style-src 'none'; frame-src 'self'; require-trusted-types-for 'script'",
};
export const html = (response: ServerResponse, body: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...strict }).end(body);
/** A mail, and an answer that hands it out as text. */
export const mail = (id: string) =>
  `Message-ID: <${id}@client.example>\r\nFrom: Ana Keller <ana@client.example>\r\nTo: desk@relais.example\r\nDate: Mon, 2 Mar 2026 13:40:00 +0000\r\nSubject: Printer on fire\r\n\r\nHelp ${id}\r\n`;
export const raw = (response: ServerResponse, id: string, headers: Record<string, string> = {}) =>
  response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8', ...headers }).end(mail(id));
export const redirect = (response: ServerResponse, location: string) => response.writeHead(302, { location }).end();

/** `origins`: the webmails that Relais is let into. `played`: other hosts that answer. */
export async function openStage(origins: readonly string[], played: readonly string[] = []): Promise<Stage> {
  const hosts = await startHosts([...origins.map((origin) => new URL(origin).host), ...played]);
  const session = await launch({ args: hosts.args });
  const patterns = origins.map((origin) => `${origin}/*`);
  await grant(session, patterns);
  // What a click sends is held back for longer than a test lasts: nothing is sent, and no popup opens that would look again.
  const settings = {
    version: 1,
    undoSeconds: 60,
    defaultEndpoint: 'held',
    endpoints: [{ id: 'held', name: 'Held back', recipe: 'webhook', values: { url: 'http://127.0.0.1:9/' } }],
    webmails: origins.map((origin) => ({ origin })),
  };
  await importSettings(session, settings);

  const rows = async () => ((await ask(session, 'outbox.opened', { limit: 200 })) as { rows: { id: string }[] }).rows;
  const stage: Stage = {
    session,
    hosts,
    page: await session.context.newPage(),
    async show(address, body, rest = nothingElse) {
      const [here] = address.split('#');
      hosts.answer = (asked, response) => {
        if (asked.method === 'GET' && asked.url.href === here) html(response, body);
        else rest(asked, response);
      };
      // Two addresses that differ in the fragment alone would be one page.
      await stage.page.goto('about:blank');
      await stage.page.goto(address);
      await stage.page.bringToFront();
      hosts.asked = [];
    },
    button: () => stage.page.locator('relais-button').getByRole('button', { name: 'Send to tickets' }),
    async capture() {
      const before = new Set((await rows()).map(({ id }) => id));
      await stage.button().click();
      const id = await found('a capture begins', async () => (await rows()).find((row) => !before.has(row.id))?.id);
      const view = await found('the capture is read', async () => {
        const read = (await ask(session, 'capture.opened', { captureId: id })) as View | undefined;
        return read?.status === 'submitted' || read?.status === 'failed' ? read : undefined;
      });
      if (view.status === 'failed') return view;
      await stage.page.getByRole('button', { name: 'Undo' }).click();
      await until('the click is taken back', async () => !(await rows()).some((row) => row.id === id));
      await stage.button().waitFor();
      return view;
    },
    async refused() {
      const before = (await rows()).length;
      await stage.button().click();
      await stage.page.locator('relais-button .send[data-phase="attention"]').waitFor();
      const { error, capture: begun } = await stage.popup();
      if (error) return { code: error.code, stored: (await rows()).length - before };
      // Some know the thread before they ask for anything: it is begun then, and given up.
      const id = begun?.id ?? '';
      const view = await found('the thread is given up', async () => {
        const read = (await ask(session, 'capture.opened', { captureId: id })) as View | undefined;
        return read?.status === 'failed' || read?.status === 'ready' ? read : undefined;
      });
      await ask(session, 'capture.discarded', { captureId: id });
      return { code: view.error?.code, stored: view.messages.length };
    },
    async popup() {
      const tabId = await (await session.worker()).evaluate(tabAt, stage.page.url());
      return (await ask(session, 'popup.opened', { tabId, captures: true })) as Awaited<ReturnType<Stage['popup']>>;
    },
    checkOf: async (origin) => ((await ask(session, 'checks.opened', {})) as Record<string, { webmail: string | null }>)[origin],
    settings: (more) => importSettings(session, { ...settings, ...more }),
    async close() {
      await session.close();
      await hosts.close();
    },
  };
  return stage;
}

async function tabAt(address: string): Promise<number | undefined> {
  const { chrome } = globalThis as unknown as { chrome: { tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> } } };
  return (await chrome.tabs.query({})).find(({ url }) => url === address)?.id;
}
