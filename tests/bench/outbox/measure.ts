import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { deskSettings } from '../../demo/configuration.ts';
import { launch, type Session } from '../../support/chromium.ts';
import { extensionId } from '../../support/extension.ts';
import { grant } from '../../support/permissions.ts';
import { loopback } from '../../support/rig.ts';
import { askFrom, importSettings } from '../../support/settings.ts';
import { until } from '../../support/until.ts';
import { median, medianOf } from '../median.ts';
import { bundled } from './bundle.ts';
import type { Bench } from './in-page.ts';
import type { Rivals } from './rivals.ts';
import { type BenchServer, startServer } from './server.ts';

declare const bench: Bench;
declare const rivals: Rivals;

const drained = 1_000;
const many = 10_000;

export async function measure(): Promise<Record<string, number>> {
  const server = await startServer();
  const session = await launch();
  try {
    await grant(session, [loopback]);
    await importSettings(session, settings(server));
    // A page of ours that asks the worker for nothing: what a busy options page costs is not the outbox's.
    const ours = await session.open('recipes/catalogue.json');
    await closeOthers(session, ours);
    await ours.evaluate(await bundled(join(import.meta.dirname, 'in-page.ts')));
    const theirs = await session.context.newPage();
    await theirs.goto(server.origin);
    await theirs.evaluate(await bundled(join(import.meta.dirname, 'rivals.ts')));
    return {
      ...(await storing(ours)),
      ...(await draining(server, ours, theirs)),
      ...(await opening(session, ours)),
    };
  } finally {
    await session.close();
    await server.close();
  }
}

async function closeOthers(session: Session, kept: Page): Promise<void> {
  for (const page of session.context.pages()) if (page !== kept) await page.close();
}

/** In turn, so that both meet the same disk. */
async function storing(ours: Page): Promise<Record<string, number>> {
  const rounds: { readonly ours: number; readonly bare: number }[] = [];
  for (let round = 0; round < 7; round++) {
    const bare = await ours.evaluate(() => bench.storeBare(100));
    rounds.push({ bare, ours: await ours.evaluate((n) => bench.store(`s${n}x`, 100, true), round) });
  }
  await ours.evaluate(() => bench.clear());
  const bare = medianOf(rounds.map((round) => round.bare));
  const mine = medianOf(rounds.map((round) => round.ours));
  return { outbox_store_ms: mine / 100, outbox_store_bare_ms: bare / 100, outbox_store_ratio: bare / mine };
}

/**
 * Against a server that thinks for 20 ms, which is quicker than any ticket system of the lab (Redmine 95 ms, RT 650 ms at
 * best), and against one that answers at once: there nothing but our own work is left to see.
 */
async function draining(server: BenchServer, ours: Page, theirs: Page): Promise<Record<string, number>> {
  server.think(20);
  const small = await drain(server, ours, 100);
  const { thousand, loop, workbox } = await sideBySide(server, ours, theirs);
  const large = await drain(server, ours, many);
  server.think(0);
  const instant = await sideBySide(server, ours, theirs);
  return {
    outbox_drain_per_second: (drained * 1_000) / thousand.sent,
    outbox_drain_loop_per_second: (drained * 1_000) / loop,
    outbox_drain_workbox_per_second: (drained * 1_000) / workbox.sent,
    outbox_drain_ratio: loop / thousand.sent,
    outbox_vs_workbox_ratio: (workbox.stored + workbox.sent) / (thousand.stored + thousand.sent),
    outbox_scale_ratio_10k: small.sent / 100 / (large.sent / many),
    outbox_drain_instant_per_second: (drained * 1_000) / instant.thousand.sent,
    outbox_drain_instant_ratio: instant.loop / instant.thousand.sent,
    outbox_vs_workbox_instant_ratio: (instant.workbox.stored + instant.workbox.sent) / (instant.thousand.stored + instant.thousand.sent),
  };
}

/** A thousand by us, by a bare loop and by Workbox: the same bodies to the same server. */
async function sideBySide(server: BenchServer, ours: Page, theirs: Page) {
  const thousand = await drain(server, ours, drained);
  const bodies = server.takeBodies().slice(-drained);
  const url = `${server.origin}/api/tickets`;
  const loop = await theirs.evaluate(([address, all]) => rivals.loop(address, all), [url, bodies] as const);
  const workbox = await theirs.evaluate(([address, all]) => rivals.workbox(address, all), [url, bodies] as const);
  return { thousand, loop, workbox };
}

let drains = 0;

/** Stored while the endpoint waits, then sent by the worker; from the word to start until all receipts are stored. */
async function drain(server: BenchServer, ours: Page, count: number): Promise<{ stored: number; sent: number }> {
  console.log(`relais: ${count} deliveries …`);
  const delivered = await ours.evaluate(() => bench.delivered());
  await ours.evaluate(() => bench.hold());
  drains += 1;
  const stored = await ours.evaluate(([name, n]) => bench.store(name, n), [`d${drains}x`, count] as const);
  const made = server.made(count);
  const start = performance.now();
  await ours.evaluate(() => bench.release());
  await askFrom(ours, 'popup.opened', {});
  await made;
  await until('all receipts are stored', async () => (await ours.evaluate(() => bench.delivered())) === delivered + count, 60_000);
  return { stored, sent: performance.now() - start };
}

/** The tab Outbox with ten deliveries and with ten thousand. */
async function opening(session: Session, ours: Page): Promise<Record<string, number>> {
  await ours.evaluate(() => bench.clear());
  await ours.evaluate(() => bench.fill('few', 10));
  const few = await median(15, () => opened(session));
  await ours.evaluate((n) => bench.fill('many', n - 10), many);
  const all = await median(15, () => opened(session));
  return { popup_open_10_ms: few, popup_open_10k_ms: all, popup_open_ratio_10k: all / few };
}

/** Milliseconds from the start of the popup's navigation to the frame after its tab Outbox shows rows. */
async function opened(session: Session): Promise<number> {
  const page = await session.context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      const [first] = document.querySelectorAll<HTMLElement>('#tab-outbox');
      first?.click();
      const rows = document.querySelectorAll('.cards > li').length;
      if (rows < 10) return requestAnimationFrame(look);
      return requestAnimationFrame(() => Reflect.set(globalThis, 'shownAt', performance.now()));
    };
    requestAnimationFrame(look);
  });
  await page.goto(`chrome-extension://${extensionId}/popup.html`);
  const shown = await page.waitForFunction(() => Reflect.get(globalThis, 'shownAt') as number | undefined, undefined, { polling: 20 });
  const time = Number(await shown.jsonValue());
  await page.close();
  return time;
}

/** No look-up: the same requests that a bare loop sends. */
function settings(server: BenchServer): object {
  const demo = deskSettings({ desk: server.origin, token: 'bench', webmail: server.origin }) as {
    readonly endpoints: readonly { readonly values: Record<string, string> }[];
  };
  const [endpoint] = demo.endpoints;
  const { url = '', auth = '', number = '' } = endpoint?.values ?? {};
  return { ...demo, endpoints: [{ ...endpoint, values: { url, auth, number } }], webmails: [] };
}
