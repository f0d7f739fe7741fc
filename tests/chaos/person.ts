/** The person in front of it: clicks once per thread, clicks again where nothing was taken, and is impatient. */
import type { Page } from 'playwright-core';
import type { OutboxPage, OutboxRow } from '../../utils/views.ts';
import type { LivingBrowser } from './living-browser.ts';
import type { MadeThread } from './mails.ts';

export interface PersonCounts {
  /** Clicks beyond the first for a thread: the capture was cut short, and the button or the outbox said so. */
  clickedAgain: number;
  retryNow: number;
  sendAgainAnyway: number;
  addToTicket: number;
}

export interface Person {
  /** Opens a thread and clicks until the page says that it was taken. Survives kills. */
  send(thread: MadeThread, address: string): Promise<void>;
  /** Looks at the outbox and presses what it offers. What is still open. */
  press(): Promise<readonly OutboxRow[]>;
  readonly counts: PersonCounts;
}

/** Not more often than this on one row. */
const pressAgainAfter = 10_000;
const patience = 90_000;
const taken = /^(?:Sending|Waiting|In tickets)/;

/** Nobody presses more in one look at the outbox. */
const pressesAtOnce = 12;

export function createPerson(browser: LivingBrowser, isLate: () => boolean): Person {
  const counts: PersonCounts = { clickedAgain: 0, retryNow: 0, sendAgainAnyway: 0, addToTicket: 0 };
  const pressed = new Map<string, number>();

  async function outbox(): Promise<readonly OutboxRow[]> {
    const { rows } = await browser.ask<OutboxPage>('outbox.opened', { limit: 200 });
    return rows;
  }

  /** Whether the thread was taken: by the button, and where that asks for a person, by the outbox. */
  async function isTaken(page: Page, { mark }: MadeThread): Promise<boolean> {
    const label = await settledLabel(page);
    if (taken.test(label)) return true;
    if (!label.startsWith('Not sent yet')) return false;
    const row = (await outbox()).find(({ title }) => title.includes(mark));
    if (row?.kind === 'delivery') return true;
    const failed = row ?? (await outbox()).find(({ kind, status }) => kind === 'draft' && status === 'stopped');
    if (failed) await browser.ask('capture.discarded', { captureId: failed.id });
    return false;
  }

  return {
    counts,
    async send(thread, address) {
      const end = Date.now() + patience;
      for (let clicks = 0; ; ) {
        try {
          const page = await browser.page();
          await page.goto(address);
          if (clicks > 0 && (await isTaken(page, thread))) return;
          await page.locator('relais-button').getByRole('button', { name: 'Send to tickets' }).click({ timeout: 10_000 });
          clicks += 1;
          if (clicks > 1) counts.clickedAgain += 1;
          if (await isTaken(page, thread)) return;
        } catch (error) {
          // The browser was killed, or the worker stopped, in the middle of it: a person looks again.
          if (Date.now() > end || isLate()) throw new Error(`${thread.mark} was not taken after ${clicks} clicks: ${error}`);
        }
      }
    },

    async press() {
      const rows = await outbox();
      const now = Date.now();
      let left = pressesAtOnce;
      for (const { id, kind, status, dueAt, error, actions } of rows) {
        if (kind !== 'delivery' || now - (pressed.get(id) ?? 0) < pressAgainAfter) continue;
        if (status !== 'stopped' && status !== 'paused' && (dueAt ?? 0) < now + 2_000) continue;
        const way = wayOut(error?.code, actions);
        if (way === undefined) continue;
        if (left-- === 0) break;
        pressed.set(id, now);
        await browser.ask(way.route, { id });
        counts[way.counted] += 1;
      }
      return rows;
    },
  };
}

/** What the product offers, in the order a careful person takes it. */
function wayOut(
  code: string | undefined,
  actions: readonly string[],
): { route: string; counted: 'retryNow' | 'sendAgainAnyway' | 'addToTicket' } | undefined {
  if (code === 'cannot-look-up' && actions.includes('repeat')) return { route: 'delivery.repeated', counted: 'sendAgainAnyway' };
  if (code === 'already-in-tickets' && actions.includes('append')) return { route: 'delivery.appended', counted: 'addToTicket' };
  return actions.includes('retry') ? { route: 'delivery.retried', counted: 'retryNow' } : undefined;
}

/** What the button says once it is done collecting. It says "Send to tickets" at first, and for good where nothing was taken. */
async function settledLabel(page: Page): Promise<string> {
  const button = page.locator('relais-button').getByRole('button').first();
  await button.waitFor({ timeout: 10_000 });
  const start = Date.now();
  for (;;) {
    const label = ((await button.textContent()) ?? '').trim();
    const wait = label.startsWith('Send to tickets') ? 1_500 : label.startsWith('Collecting') ? 20_000 : 0;
    if (Date.now() - start > wait) return label;
    await page.waitForTimeout(30);
  }
}
