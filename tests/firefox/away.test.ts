/** Before the holidays in Firefox: threads handed over, clients one is reminded of, the sidebar, the address of a queue, notifications. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awayMails, awayStory } from '../stories/away.ts';
import type { View } from '../stories/view.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';
import { takeFromMenu } from '../support/firefox-menu.ts';
import { viewOf } from '../support/firefox-view.ts';
import { mail } from '../support/mail.ts';
import { found, until } from '../support/until.ts';

declare const browser: {
  readonly notifications?: { getAll(): Promise<Readonly<Record<string, unknown>>> };
};
declare const Services: {
  readonly prefs: { setBoolPref(name: string, value: boolean): void };
  readonly ww: { getWindowEnumerator(): Iterable<Window> };
};

const reason = whyNoFirefox();

describe.skipIf(reason).each(['en', 'fr'])('before the holidays in Firefox, in %s', (language) => {
  let ground: FirefoxGround;
  const say: FirefoxGround['say'] = (key, ...values) => ground.say(key, ...values);
  const ticketOf = (title: string) => ground.desk.store.tickets.find((ticket) => ticket.title === title);

  beforeAll(async () => {
    ground = await startFirefoxGround({ mails: awayMails, language, settings: { undoSeconds: 0 } });
  });
  afterAll(() => ground?.close());

  awayStory(() => ground);

  it('the list of a handover shows what is written from right to left under the same edge as its sender', async () => {
    const page = await ground.firefox.openOwn('handover.html');
    const edges = () => page.run(arabicEdges);
    const [subject, sender] = await found('the list is there', async () => ((await edges()).length === 2 ? edges() : undefined));
    expect(subject).toBe(sender);
    await page.close();
  });

  it('the address of a queue is put into the field that is clicked with the right button', async () => {
    const tab = await ground.firefox.open(ground.webmail.origin);
    await tab.run(() => {
      document.body.innerHTML = '<textarea id="cc" rows="4" cols="40">ana@alpha.example</textarea>';
      return true;
    });
    await tab.click(() => document.querySelector('#cc'), 'right');
    const entry = say('contextCc', 'Support <support@help.example>');
    const take = () => ground.firefox.inWindow(takeFromMenu, entry);
    expect(await found('the menu is open', async () => [await take()].find((state) => state !== 'not open'))).toBe('taken');
    const written = 'ana@alpha.example, Support <support@help.example>';
    await until('it is there', () => tab.run((text) => document.querySelector('textarea')?.value === text, written));
    await tab.close();
  });

  describe('the sidebar', () => {
    let beside: View;
    const shows = (title: string) => beside.holds('textbox', say('fieldTitle'), title);

    it('is opened from the popup, which gives way to it, and shows the same thread', async () => {
      await ground.openThread('طلب');
      const popup = await ground.openForm();
      await popup.fill('textbox', say('fieldNote'), 'Seen in the popup');
      await popup.click('button', say('keepOpen'));
      beside = viewOf(ground.firefox, 'sidebar', async () => undefined);
      await shows('طلب عرض سعر');
      await beside.holds('textbox', say('fieldNote'), 'Seen in the popup');
      expect(await popup.texts('button')).toEqual([]);
    });

    it('follows the tab to another page, which it does not read unasked, and keeps what was typed', async () => {
      await beside.fill('textbox', say('fieldNote'), 'Typed beside');
      const other = await ground.firefox.open(ground.desk.origin);
      await beside.reads(say('emptyThreadTitle'));
      await other.close();
      await ground.toWebmail();
      await shows('طلب عرض سعر');
      await beside.holds('textbox', say('fieldNote'), 'Typed beside');
    });

    it('stays when it has sent', async () => {
      await beside.click('button', say('send'));
      const { number, articles } = await found('the ticket is there', () => ticketOf('طلب عرض سعر'), 30_000);
      await beside.sees('heading', say('inTickets', number));
      expect(articles.at(-1)?.text).toBe('Typed beside');
    });
  });

  it('notifications come only where the browser was asked and allows them, when a person must act', async () => {
    const shown = () => ground.own.run(async () => Object.keys((await browser.notifications?.getAll()) ?? {}).length);
    await ground.firefox.inWindow(() => {
      Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', true);
      // Without a desktop behind it the browser shows them itself.
      Services.prefs.setBoolPref('alerts.useSystemBackend', false);
    });
    const gate = Promise.withResolvers<void>();
    ground.desk.faults.push({ acts: false, until: gate.promise, answer: { status: 422, body: '{"error":"The queue is closed"}' } });
    await ground.webmail.receive(mail({ subject: 'Refused' }));
    await ground.openThread('Refused');
    const arrived = ground.desk.arrived();
    await ground.page.click('button', say('button_send'));
    await arrived;
    const window = viewOf(ground.firefox, 'window', async () => undefined);
    const options = await ground.openOwn('options.html#/sending');
    const box = new RegExp(`^${say('notify')}`);
    await options.click('checkbox', box);
    await window.click('button', 'Deny');
    await options.reads(say('notifyRefused'));
    await options.holds('checkbox', box, false);
    await options.click('checkbox', box);
    await window.click('button', 'Allow');
    // The box is ticked by the click, and stored once the browser has answered.
    const stored = () => ground.ask('settings.opened', {}) as Promise<{ readonly settings: { readonly notify: boolean } }>;
    await until('it is stored', async () => (await stored()).settings.notify);
    expect(await shown()).toBe(0);
    gate.resolve();
    await until('one is shown', () => ground.firefox.inWindow(clickAlert, say('notifyStopped')));
    const outbox = viewOf(ground.firefox, 'front', async () => undefined);
    await outbox.sees('heading', 'Refused');
    await outbox.reads(say('statusStopped'));
    await until('it is gone', async () => (await shown()) === 0);
    await options.close();
  });
});

/** Where the words in Arabic begin in a list, from the left. */
function arabicEdges(): readonly number[] {
  const texts = document.createTreeWalker(document.querySelector('main ul') ?? document, NodeFilter.SHOW_TEXT);
  const edges: number[] = [];
  while (texts.nextNode()) {
    if (!/\p{Script=Arabic}/u.test(texts.currentNode.textContent ?? '')) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    edges.push(Math.round(range.getBoundingClientRect().left));
  }
  return edges;
}

/** Clicks what the browser shows beside its windows, once it has these words. */
function clickAlert(words: string): boolean {
  const alert = [...Services.ww.getWindowEnumerator()].find(({ location }) => location.href.endsWith('/alert.xhtml'));
  const title = alert?.document.getElementById('alertTitleLabel');
  const isThere = `${title?.textContent} ${title?.getAttribute('value')}`.includes(words);
  if (isThere) alert?.document.getElementById('alertBox')?.click();
  return isThere;
}
