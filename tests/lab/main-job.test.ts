/**
 * The main job, for real: a French thread of three messages in a real Roundcube, one click, one ticket in a real RT and
 * in a real Znuny. Asked of the servers themselves what they hold.
 */
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Session } from '../support/chromium.ts';
import { temporaryFolder } from '../support/extension.ts';
import { grant, pinToToolbar } from '../support/permissions.ts';
import { realPopup } from '../support/popup.ts';
import { loopback } from '../support/rig.ts';
import { ask, importSettings } from '../support/settings.ts';
import { found, until } from '../support/until.ts';
import { endpointOf } from './endpoints.ts';
import { type HeldTicket, heldBy } from './held.ts';
import {
  fileThread,
  isUp,
  type LabThread,
  openInRoundcube,
  roundcube,
  startSystem,
  stopSystem,
  type TicketSystem,
  ticketSystems,
} from './lab.ts';

const systems = ticketSystems();
const webmailIsUp = await isUp(roundcube);
const client = 'helene@brasserie-leonard.test';
const queue = 'Support';
const note = 'À rappeler avant midi : garantie jusqu’en février.';

if (!webmailIsUp) console.warn('The lab has no Roundcube: start it with tests/lab/webmail/bin/start');

describe.each(['rt', 'znuny'] as const)('from Roundcube to %s', (name) => {
  const system = systems[name];
  if (!system) console.warn(`The lab has no ${name}: start it with tests/lab/tickets/start ${name}`);
  const test = it.skipIf(!system || !webmailIsUp);
  const profile = temporaryFolder('lab-profile');
  let session: Session;
  let page: Page;

  async function open(): Promise<void> {
    session = await launch({ profile });
    page = await session.context.newPage();
  }
  const button = (label: string | RegExp = 'Send to tickets') => page.locator('relais-button').getByRole('button', { name: label });

  beforeAll(async () => {
    if (!system || !webmailIsUp) return;
    await open();
    await grant(session, [loopback]);
    await pinToToolbar(session);
    await importSettings(session, settingsFor(system));
    await chooseQueue(session, system);
  });
  afterEach(async () => {
    if (system && !ticketSystems()[name]) await startSystem(name);
  });
  afterAll(() => session?.close());

  test('one click, with a note added in the undo window, is one ticket that holds everything', { timeout: 180_000 }, async () => {
    const thread = await fileThread(`Z${Date.now()}`);
    await openInRoundcube(page, thread.mark);
    await button().click();
    await page.locator('relais-button').getByRole('status').getByRole('button', { name: 'Add a note' }).click();
    const popup = await realPopup(session);
    const field = `[...document.querySelectorAll('textarea')].find((one) => one.labels?.[0]?.textContent.startsWith('Note'))`;
    await popup.waitFor(field);
    await popup.evaluate(`${field}.focus()`);
    await popup.type(note);
    await popup.press('Enter', 2);
    await button(/^In tickets: #/).waitFor({ timeout: 60_000 });
    const ticket = await held(thread);
    await expectWhole(ticket, thread, 4);
    const notes = ticket.articles.filter((article) => article.text.includes(note));
    expect(notes.map(({ internal }) => internal)).toEqual([true]);
    expect(await button(/^In tickets: #/).textContent()).toContain(await numberOf(ticket));
  });

  test('one click alone while it is down, and the browser started again before it is up', { timeout: 400_000 }, async () => {
    const thread = await fileThread(`Y${Date.now()}`);
    await openInRoundcube(page, thread.mark);
    await button().waitFor();
    await stopSystem(name);
    await button().click();
    await button('Waiting: sends by itself').waitFor({ timeout: 60_000 });
    await session.close();
    await open();
    const { rows } = (await ask(session, 'outbox.opened', {})) as { rows: readonly object[] };
    expect(rows).toHaveLength(1);
    await startSystem(name);
    // By itself: the endpoint's own pause ends within its back-off.
    await until(
      'the outbox is empty',
      async () => ((await ask(session, 'outbox.opened', {})) as { rows: readonly object[] }).rows.length === 0,
      240_000,
    );
    await expectWhole(await held(thread), thread, 3);
    await openInRoundcube(page, thread.mark);
    await button(/^In tickets: #/).waitFor();
  });

  /** The one ticket there is, asked of the server. */
  async function held({ mark }: LabThread): Promise<HeldTicket> {
    if (!system) throw new Error(`${name} is not up`);
    const [ticket, ...others] = await heldBy(system, mark);
    expect(others.map(({ id, title }) => [id, title])).toEqual([]);
    if (!ticket) throw new Error(`${name} holds no ticket with ${mark}`);
    return ticket;
  }

  async function numberOf(ticket: HeldTicket): Promise<string> {
    const rows = (await ask(session, 'tickets.opened', {})) as readonly { readonly ticketId: string; readonly number: string }[];
    return found(`ticket ${ticket.id} is in the tab Tickets`, () => rows.find(({ ticketId }) => ticketId === ticket.id)?.number);
  }
});

async function expectWhole(ticket: HeldTicket, { mark, mails }: LabThread, articles: number): Promise<void> {
  expect(ticket.title).toContain(`Vitrine réfrigérée fêlée – devis n° ${mark}`);
  expect(ticket.queue).toBe(queue);
  expect(ticket.requester).toBe(client);
  expect(ticket.articles).toHaveLength(articles);
  const text = ticket.articles
    .map((article) => article.text)
    .join('\n')
    .replace(/\s+/g, ' ');
  expect(text).toContain('s’est fêlée cette nuit');
  expect(text).toContain('évitera que la fêlure coure jusqu’au montant');
  expect(text).toContain('mon associé demande si la pose d’un thermomètre');
  const files = ticket.articles.flatMap((article) => article.files.map(({ name, bytes }) => ({ name, digest: digest(bytes) })));
  const question = await PostalMime.parse(mails[0] ?? '');
  for (const attachment of question.attachments) {
    expect(files).toContainEqual({ name: attachment.filename, digest: digest(Buffer.from(attachment.content as ArrayBuffer)) });
  }
  const originals = files.filter(({ name }) => name.endsWith('.eml')).map((file) => file.digest);
  expect(originals.sort()).toEqual(mails.map(digest).sort());
}

function digest(bytes: Buffer): string {
  return `${bytes.byteLength} ${createHash('sha256').update(bytes).digest('hex')}`;
}

function settingsFor(system: TicketSystem): object {
  const { endpoint, secrets } = endpointOf(system);
  return {
    version: 1,
    endpoints: [endpoint],
    defaultEndpoint: endpoint.id,
    webmails: [{ origin: roundcube }],
    undoSeconds: 4,
    secrets: { [endpoint.id]: secrets },
  };
}

/** As in the options: the default queue is one that the system itself names. */
async function chooseQueue(session: Session, system: TicketSystem): Promise<void> {
  const { endpoint } = endpointOf(system);
  const list = (await ask(session, 'list.opened', { endpointId: endpoint.id, list: 'queues', refresh: true })) as {
    readonly choices?: readonly { readonly id: string; readonly label: string }[];
  };
  const choice = list.choices?.find(({ label }) => label === queue);
  if (!choice) throw new Error(`${system.system} names no queue ${queue}: ${JSON.stringify(list)}`);
  await ask(session, 'endpoint.saved', { endpoint: { ...endpoint, defaults: { queue: choice } } });
}
