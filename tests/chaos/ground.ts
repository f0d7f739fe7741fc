/** What every run stands on: threads in a webmail, faulty ways to the ticket systems, a configured browser on a profile. */
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { endpointOf } from '../lab/endpoints.ts';
import { type TicketSystem, ticketSystems } from '../lab/lab.ts';
import { temporaryFolder } from '../support/extension.ts';
import { grant } from '../support/permissions.ts';
import { loopback } from '../support/rig.ts';
import type { FaultPlan } from './faults.ts';
import { type LivingBrowser, startBrowser } from './living-browser.ts';
import { type MadeThread, makeThread } from './mails.ts';
import { type FaultProxy, startFaultProxy } from './proxy.ts';

export type SystemName = TicketSystem['system'];

export interface GroundOptions {
  readonly captures: number;
  readonly seed: number;
  readonly systems: readonly SystemName[];
  readonly faults: FaultPlan;
  /** See `ProxyOptions`. */
  readonly keepAlive?: boolean;
}

export interface Ground {
  readonly threads: readonly MadeThread[];
  readonly systems: readonly TicketSystem[];
  readonly proxies: readonly FaultProxy[];
  readonly browser: LivingBrowser;
  readonly profile: string;
  addressOf(thread: MadeThread): string;
  /** Makes this system the one that a click sends to. */
  sendTo(system: SystemName): Promise<void>;
  close(): Promise<void>;
}

interface Settings {
  readonly defaultEndpoint?: string;
}

export async function layGround({ captures, seed, systems: names, faults, keepAlive = true }: GroundOptions): Promise<Ground> {
  const running = ticketSystems();
  const systems = names.map((name) => {
    const system = running[name];
    if (!system) throw new Error(`The lab has no ${name}: start it with tests/lab/tickets/start ${name}`);
    return system;
  });
  const run = `q${Date.now().toString(36)}`;
  const threads = Array.from({ length: captures }, (_, index) => makeThread(run, seed, index));
  const webmail = await startWebmail(threads.flatMap(({ messages }) => messages.map(({ raw }) => raw)));
  const proxies = await Promise.all(
    systems.map(({ system, baseUrl }) => startFaultProxy(system, new URL(baseUrl).origin, { seed, plan: faults, keepAlive })),
  );
  const profile = temporaryFolder('chaos');
  const browser = await startBrowser(profile);
  await grant(await browser.session(), [loopback]);
  await configure(browser, systems, proxies, webmail.origin);
  // A permission reaches the disk seconds after it was given: closed in peace, so that no kill undoes it.
  await browser.restart();
  const addresses = addressesIn(webmail);
  return {
    threads,
    systems,
    proxies,
    browser,
    profile,
    addressOf({ subject, mark }) {
      const address = addresses.get(subject);
      if (address === undefined) throw new Error(`The webmail has no thread ${mark}`);
      return address;
    },
    async sendTo(system) {
      const { settings } = await browser.ask<{ settings: Settings }>('settings.opened', {});
      if (settings.defaultEndpoint !== system) await browser.ask('settings.saved', { settings: { ...settings, defaultEndpoint: system } });
    },
    async close() {
      await browser.close().catch(() => undefined);
      await Promise.all([webmail.close(), ...proxies.map((proxy) => proxy.close())]);
    },
  };
}

/** One click sends at once: the undo window is tried elsewhere. The queue is one that the system itself names. */
async function configure(
  browser: LivingBrowser,
  systems: readonly TicketSystem[],
  proxies: readonly FaultProxy[],
  webmail: string,
): Promise<void> {
  const behind = systems.map((system, place) => {
    const { pathname } = new URL(system.baseUrl);
    return endpointOf({ ...system, baseUrl: `${proxies[place]?.origin}${pathname === '/' ? '' : pathname}` });
  });
  const document = {
    version: 1,
    endpoints: behind.map(({ endpoint }) => endpoint),
    defaultEndpoint: behind[0]?.endpoint.id,
    webmails: [{ origin: webmail }],
    undoSeconds: 0,
    secrets: Object.fromEntries(behind.map(({ endpoint, secrets }) => [endpoint.id, secrets])),
  };
  await browser.ask('settings.imported', { document });
  for (const { endpoint } of behind) {
    const list = await browser.ask<{ choices?: readonly { label: string }[] }>('list.opened', {
      endpointId: endpoint.id,
      list: 'queues',
      refresh: true,
    });
    const queue = list.choices?.find(({ label }) => label === 'Support');
    if (!queue) throw new Error(`${endpoint.id} names no queue Support: ${JSON.stringify(list)}`);
    await browser.ask('endpoint.saved', { endpoint: { ...endpoint, defaults: { queue } } });
  }
}

function addressesIn(webmail: DemoWebmail): ReadonlyMap<string, string> {
  return new Map(webmail.threads.map((thread) => [thread.messages[0]?.subject ?? '', webmail.addressOf(thread)]));
}
