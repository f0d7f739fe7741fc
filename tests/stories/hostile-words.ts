/**
 * Hostile words wherever Relais shows any: a mail's subject, people and files, a ticket's number, state, owner, queue and
 * address, an error's sentence. All of it stays words: nothing runs, nobody is called, no address is a script.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { found, until } from '../support/until.ts';
import type { Ground, View } from './view.ts';

export interface Enemy {
  readonly attacker: LocalServer;
  /** A ticket system whose every word attacks. */
  readonly system: LocalServer;
  /** Whether it takes no ticket, and says why in markup. */
  refuses: boolean;
  readonly mails: readonly Buffer[];
  readonly settings: object;
  /** Markup in the dress of each place that markup is made for. */
  evil(mark: string): string;
  close(): Promise<void>;
}

const address = 'javascript:window.__ran=1//';

export async function startEnemy(): Promise<Enemy> {
  const attacker = await serve((_request, response) => void response.end());
  const image = (mark: string) => `<img src=${attacker.origin}/${mark} onerror=window.__ran=1>`;
  const evil = (mark: string) => `${mark}"'>${image(mark)}<svg/onload=window.__ran=1><a href=javascript:window.__ran=1>${mark}</a>`;
  const told = () => ({
    ...{ number: evil('number'), state: evil('state'), owner: evil('owner'), queue: evil('queue') },
    title: evil('title'),
    url: address,
  });
  const tickets: { readonly id: string; readonly reference: string }[] = [];
  const system = await serve(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://system');
    if (request.method === 'POST' && enemy.refuses) return json(response, 422, { error: evil('error') });
    if (request.method === 'POST') {
      const { reference } = JSON.parse(String(body)) as { readonly reference: string };
      tickets.push({ id: String(tickets.length + 1), reference });
      return json(response, 201, { ...told(), ...tickets.at(-1) });
    }
    if (pathname === '/queues') return json(response, 200, [{ id: 'q', name: evil('list') }]);
    if (searchParams.has('q')) return json(response, 200, [{ ...told(), id: '7' }]);
    if (searchParams.has('reference')) {
      const ours = tickets.filter(({ reference }) => reference === searchParams.get('reference'));
      return json(
        response,
        200,
        ours.map((ticket) => ({ ...told(), ...ticket })),
      );
    }
    return json(response, 200, { ...told(), ...tickets[0] });
  });
  const url = `${system.origin}/tickets`;
  const searched = { lookUpUrl: `${url}?reference={{ reference }}`, searchUrl: `${url}?q={{ text }}`, title: 'title' };
  const values = { url, number: 'number', said: 'error', readUrl: `${url}/1`, queuesUrl: `${system.origin}/queues`, ...searched };
  const from = `"${evil('from').replaceAll('"', '')}" <client@example.com>`;
  const enemy: Enemy = {
    attacker,
    system,
    evil,
    refuses: false,
    mails: ['One', 'Two', 'Three'].map((name) => mail({ subject: `${name} ${evil('subject')}`, from, text: evil('body') })),
    settings: { undoSeconds: 0, endpoints: [{ id: 'desk', name: image('name'), recipe: 'rest', values, defaults: {} }] },
    close: async () => void (await Promise.all([attacker.close(), system.close()])),
  };
  return enemy;
}

export interface HostileGround extends Ground {
  readonly enemy: Enemy;
  /** Opens a page of the web. */
  visit(url: string): Promise<View>;
  /** Whether something ran where mails are read and requests are made. */
  hasRunBehind(): Promise<boolean>;
}

export function hostileWordsStory(ground: () => HostileGround): void {
  let before = 0;
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const asked = () => ground().enemy.attacker.seen.slice(before);
  beforeEach(() => {
    before = ground().enemy.attacker.seen.length;
  });
  afterEach(() => {
    expect(asked().map(({ path }) => path)).toEqual([]);
  });

  /** What a page of ours must not have become. */
  async function expectWordsIn(view: View, ...marks: readonly string[]): Promise<void> {
    for (const mark of marks) {
      const shown = `<img src=${ground().enemy.attacker.origin}/${mark}`;
      await until(`${mark} is shown`, async () => (await view.run(() => document.body.textContent)).includes(shown), 30_000);
    }
    const made = await view.run(() => ({
      ran: Reflect.has(globalThis, '__ran'),
      made: document.querySelectorAll(':is(img, svg)[onerror], [onload], iframe, object, embed, a[href^="javascript:" i]').length,
      pictures: [...document.images].filter(({ src }) => /^http/.test(src)).length,
    }));
    expect(made).toEqual({ ran: false, made: 0, pictures: 0 });
  }
  const click = async (what: string, view: View, work: () => boolean) => until(what, () => view.run(work), 30_000);

  it('would notice', async () => {
    const page = await ground().visit(`${ground().desk.origin}/#${encodeURIComponent(ground().enemy.evil('control'))}`);
    await page.run(() => {
      document.body.innerHTML = decodeURIComponent(location.hash.slice(1));
      return true;
    });
    await until('it ran', () => page.run(() => Reflect.has(globalThis, '__ran')));
    expect(await page.run(() => document.querySelectorAll('a[href^="javascript:" i]').length)).toBe(1);
    await until('it asked', () => asked().some(({ path }) => path === '/control'));
    await page.close();
    before = ground().enemy.attacker.seen.length;
  });

  it('are words in the form, its lists and its preview', async () => {
    await ground().openThread('One');
    const popup = await ground().openForm();
    await popup.sees('textbox', say('fieldTitle'));
    await popup.close();
    const draft = async () => {
      const { rows } = (await ground().ask('outbox.opened', {})) as { rows: readonly { readonly id: string; readonly status: string }[] };
      return rows.find(({ status }) => status === 'draft')?.id;
    };
    const form = await ground().openOwn(`popup.html?capture=${await found('the thread is captured', draft, 30_000)}`);
    await click('a message is opened', form, () => {
      const message = document.querySelector<HTMLElement>('main li button[aria-expanded=false]');
      message?.click();
      return message !== null;
    });
    await expectWordsIn(form, 'body');
    await form.press('combobox', say('fieldQueue'), 'ArrowDown');
    await expectWordsIn(form, 'list');
    await form.click('button', say('preview'));
    await expectWordsIn(form, 'subject', 'from', 'body');
    await form.close();
  });

  it('are words on the button, and in the page around it', async () => {
    const { page } = ground();
    await ground().openThread('One');
    await page.click('button', say('button_send'));
    await page.sees('button', /^In tickets: #number/);
    const root = await page.run(() => document.querySelector('relais-button')?.shadowRoot?.innerHTML ?? '');
    expect(root).toContain('&lt;img');
    expect(root).not.toContain('<img');
  });

  it('are words in the popup of a sent thread, in Tickets and in a note', async () => {
    const popup = await ground().openOwn('popup.html');
    await popup.click('tab', say('tabTickets'));
    await expectWordsIn(popup, 'number', 'state', 'owner', 'queue', 'subject');
    await popup.click('tab', say('tabNote'));
    await popup.fill('combobox', say('fieldTicket'), 'some words');
    await expectWordsIn(popup, 'title');
    await popup.close();
  });

  it('are words in the Outbox, also where a system explains itself in markup', async () => {
    ground().enemy.refuses = true;
    await ground().openThread('Two');
    await ground().page.click('button', say('button_send'));
    await ground().page.sees('button', say('button_attention'));
    const popup = await ground().openOwn('popup.html?tab=outbox');
    await expectWordsIn(popup, 'subject', 'error', 'name');
    await popup.close();
    ground().enemy.refuses = false;
  });

  it('are words in the list of a handover, before it and after it', async () => {
    await ground().openThread('Three');
    await ground().page.sees('button', say('button_send'));
    const page = await ground().openOwn('handover.html');
    await expectWordsIn(page, 'subject', 'from');
    await click('the third is ticked', page, () => {
      const row = [...document.querySelectorAll('.rows label')].find((label) => label.textContent.includes('Three'));
      row?.querySelector('input')?.click();
      return row !== undefined;
    });
    await page.click('button', /^Send/);
    await page.reads('handed over');
    await expectWordsIn(page, 'subject');
    await page.close();
  });

  it('are words in the options: systems, rules, the ledger', async () => {
    const systems = await ground().openOwn('options.html#/systems');
    await expectWordsIn(systems, 'name');
    await systems.close();
    const ledger = await ground().openOwn('options.html#/privacy');
    await ledger.reads(new URL(ground().enemy.system.origin).host);
    await expectWordsIn(ledger);
    await ledger.close();
  });

  it('ran behind the pages neither, and stand in no stored address', async () => {
    expect(await ground().hasRunBehind()).toBe(false);
    const rows = (await ground().ask('tickets.opened', {})) as readonly object[];
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('"javascript:');
  });
}
