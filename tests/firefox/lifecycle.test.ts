/**
 * What happens to a browser in Firefox while something is on its way: the event page stopped between two steps, offline,
 * signed out, killed, updated, set back. Over plain http to an intranet's name, which Firefox would upgrade by itself.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/extension.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxRig, startFirefoxRig } from '../support/firefox-rig.ts';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { kept, raised } from '../support/stored.ts';
import { found, until } from '../support/until.ts';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly title: string;
  readonly error?: { readonly code: string };
}
declare const WebExtensionPolicy: { getByID(id: string): { readonly extension: { readonly version: string } } };
declare const Services: { readonly io: { offline: boolean } };

const reason = whyNoFirefox();
const intranet = 'desk.intranet.example';
const subjects = ['Steps', 'Offline', 'Signed out', 'Killed', 'Updated', 'Set back'] as const;

/** Two steps: the second can be looked up by what it has added. */
const recipe = {
  version: 1,
  id: 'my-two-steps',
  name: 'Two steps',
  settings: [{ key: 'url', kind: 'url', label: 'Address', required: true }],
  note: 'none',
  fields: {},
  base: '{{ settings.url }}',
  auth: [{ kind: 'none' }],
  test: [{ id: 'me', path: '/me' }],
  create: [
    { id: 'create', as: 'create', method: 'POST', path: '/tickets', send: { ref: '{{ reference }}' }, out: { ticketId: 'id' } },
    {
      id: 'words',
      method: 'POST',
      path: '/tickets/{{ ticket.id }}/words',
      send: { text: '{{ draft.title }}' },
      find: { path: '/tickets/{{ ticket.id }}/words', found: '$exists(text)' },
    },
  ],
  dedupe: { class: 'none', lagMs: 500, looks: 1 },
};

describe.skipIf(reason)('in Firefox, a delivery', () => {
  let rig: FirefoxRig;
  let steps: LocalServer;
  let held: PromiseWithResolvers<void>;
  const done = { tickets: 0, words: [] as string[] };
  const rows = async () => ((await rig.ask('outbox.opened', {})) as { readonly rows: readonly Row[] }).rows;
  const rowOf = async (title: string) => (await rows()).find((row) => row.title === title);
  const ticketsOf = (title: string) => rig.desk.store.tickets.filter((ticket) => ticket.title === title);
  const arrives = (title: string) => until(`${title} is in tickets`, () => ticketsOf(title).length === 1, 60_000);

  beforeAll(async () => {
    steps = await serve(async (request, response) => {
      const body = String(await bodyOf(request));
      const isWords = request.url?.endsWith('/words');
      if (request.method === 'GET') return json(response, 200, isWords && done.words.length > 0 ? { text: done.words[0] } : {});
      if (!isWords) done.tickets += 1;
      else if (held !== undefined) await held.promise;
      if (isWords && !response.destroyed) done.words.push((JSON.parse(body) as { readonly text: string }).text);
      json(response, 201, { id: '1' });
    });
    rig = await startFirefoxRig({
      home: temporaryFolder('firefox-home'),
      mails: subjects.map((subject) => mail({ subject })),
      preferences: { 'network.dns.localDomains': intranet },
      origins: [`http://${intranet}/*`],
      deskOrigin: (port) => `http://${intranet}:${port}`,
      settings: { undoSeconds: 0, recipes: [recipe] },
    });
  });
  afterAll(async () => {
    await rig?.close();
    await steps?.close();
  });

  async function clicked(subject: (typeof subjects)[number]): Promise<void> {
    await rig.openThread(subject);
    await rig.send();
  }

  it('is not begun anew when the event page stops between two of its steps', async () => {
    const { settings } = (await rig.ask('settings.opened', {})) as { readonly settings: { readonly endpoints: readonly object[] } };
    const endpoint = { id: 'steps', name: 'Steps', recipe: 'my-two-steps', values: { url: steps.origin }, defaults: {} };
    const rules = [{ id: 'steps', when: { subject: ['Steps'] }, give: { endpointId: 'steps' } }];
    await rig.ask('settings.imported', { document: { ...settings, endpoints: [...settings.endpoints, endpoint], rules } });
    held = Promise.withResolvers();
    await clicked('Steps');
    const asked = () => steps.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/words')).length;
    await until('the second step is under way', () => asked() === 1, 30_000);
    await rig.firefox.stopBackground();
    held.resolve();
    await until('it is sent', async () => (await rows()).length === 0, 60_000);
    expect(done).toEqual({ tickets: 1, words: ['Steps'] });
  });

  it('waits while the browser is offline, and goes out by itself when it is back', async () => {
    await rig.openThread('Offline');
    await rig.firefox.inWindow(() => {
      Services.io.offline = true;
    });
    await rig.send();
    await rig.says('Waiting: sends by itself');
    expect(ticketsOf('Offline')).toEqual([]);
    await rig.firefox.inWindow(() => {
      Services.io.offline = false;
    });
    await arrives('Offline');
    await rig.says(`#${ticketsOf('Offline')[0]?.number}`);
  });

  it('goes over plain http, also to an intranet’s name, and is in the ledger', async () => {
    const { rows: sent } = (await rig.ask('ledger.opened', { limit: 100 })) as {
      readonly rows: readonly { readonly host: string; readonly purpose: string; readonly status?: number }[];
    };
    const host = `${intranet}:${new URL(rig.desk.origin).port}`;
    expect(sent.find(({ purpose, host: at }) => purpose === 'create' && at === host)).toMatchObject({ status: 201 });
  });

  it('waits for its person where the sign-in no longer holds, calls them, and goes on when it does', async () => {
    rig.desk.accepts = false;
    await clicked('Signed out');
    const row = await found('it waits', async () => ((await rowOf('Signed out'))?.error ? rowOf('Signed out') : undefined), 30_000);
    expect(row).toMatchObject({ status: 'paused', error: { code: 'unauthorised' } });
    await until('the icon calls', async () => (await rig.badge()) === '!');
    rig.desk.accepts = true;
    await rig.ask('delivery.retried', { id: row.id });
    await arrives('Signed out');
    await until('the icon calls nobody any more', async () => (await rig.badge()) === '');
  });

  it('is there after a crash, and goes out without anybody opening anything', async () => {
    await rig.desk.stop();
    await clicked('Killed');
    await rig.says('Waiting: sends by itself');
    await rig.firefox.kill();
    await rig.relaunch();
    await rig.desk.restart();
    await arrives('Killed');
    expect(await rows()).toEqual([]);
  });

  it('outlives an update of Relais, as does the button of an open page', async () => {
    await rig.desk.stop();
    await clicked('Updated');
    await rig.says('Waiting: sends by itself');
    await rig.page.run(() => document.querySelector('relais-button')?.setAttribute('id', 'old'));
    await rig.firefox.install('99.0.0');
    expect(await rig.firefox.inWindow((id) => WebExtensionPolicy.getByID(id).extension.version, rig.firefox.gecko)).toBe('99.0.0');
    const isNew = () =>
      document.querySelector('relais-button:not(#old)') !== null && document.querySelectorAll('relais-button').length === 1;
    await until('the page has the new button alone', () => rig.page.run(isNew), 30_000);
    await rig.says('Waiting: sends by itself');
    const waiting = await rows();
    expect(waiting).toMatchObject([{ title: 'Updated', status: 'paused' }]);
    expect(await rig.ask('settings.opened', {})).toMatchObject({ secrets: { desk: ['token'] } });
    await rig.desk.restart();
    await rig.ask('delivery.retried', { id: waiting[0]?.id });
    await arrives('Updated');
    await rig.says(`#${ticketsOf('Updated')[0]?.number}`);
  });

  it('is left untouched by a version that is older than the one that wrote it, which says so', async () => {
    await rig.desk.stop();
    await clicked('Set back');
    await rig.says('Waiting: sends by itself');
    const own = await rig.own();
    await own.run(raised);
    await rig.firefox.stopBackground();
    await rig.desk.restart();
    const popup = await rig.firefox.openOwn('popup.html');
    await until('the popup says so', () => popup.run(() => document.body.textContent.includes('A newer version of Relais')));
    await until('the icon calls', async () => (await rig.badge()) === '!');
    expect(await own.run(kept)).toEqual({ version: 2, deliveries: subjects.length, drafts: 1 });
    expect(ticketsOf('Set back')).toEqual([]);
  });
});
