/** A day with Relais in Firefox, by the names that a screen reader says, in two languages: taken back, told back, rules, notes, adding, tickets. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceOf } from '../../utils/core/reference.ts';
import { addingMails, addingStory } from '../stories/adding.ts';
import { notesMails, notesStory } from '../stories/notes.ts';
import { rulesMails, rulesStory } from '../stories/rules.ts';
import { whyNoFirefox } from '../support/firefox.ts';
import { type FirefoxGround, startFirefoxGround } from '../support/firefox-ground.ts';
import { mail } from '../support/mail.ts';
import { loopback } from '../support/rig.ts';
import { age } from '../support/stored.ts';
import { found, until } from '../support/until.ts';

declare const browser: {
  readonly tabs: {
    query(which: { url: string }): Promise<readonly { readonly url: string }[]>;
  };
};

const reason = whyNoFirefox();
const mails = [
  mail({ subject: 'Growing', id: 'growing.1@example.com', text: 'First' }),
  mail({ subject: 'Taken', id: 'taken.1@example.com', text: 'Also mine' }),
  ...rulesMails,
  ...notesMails,
  ...addingMails,
];

describe.skipIf(reason).each(['en', 'fr'])('a day in Firefox, in %s', (language) => {
  let ground: FirefoxGround;
  let number: string;
  const say: FirefoxGround['say'] = (key, ...values) => ground.say(key, ...values);
  const ticketOf = (title: string) => ground.desk.store.tickets.find((ticket) => ticket.title === title);
  const textsOf = (title: string) => ticketOf(title)?.articles.map(({ text }) => text.trim());

  beforeAll(async () => {
    ground = await startFirefoxGround({ mails, language, settings: { undoSeconds: 30 } });
  });
  afterAll(() => ground?.close());

  describe('what is told back', () => {
    it('a click is undone, and nothing leaves', async () => {
      const { page, desk } = ground;
      await ground.openThread('Growing');
      await page.click('button', say('button_send'));
      await page.click('button', say('button_undo'));
      await page.sees('button', say('button_send'));
      expect(await ground.ask('outbox.opened', {})).toMatchObject({ rows: [] });
      expect(desk.seen.filter(({ method }) => method === 'POST')).toEqual([]);
    });

    it('a thread that was sent says its number, and what is new is added by one click, alone', async () => {
      const { page, webmail } = ground;
      const { settings } = (await ground.ask('settings.opened', {})) as { settings: object };
      await ground.ask('settings.saved', { settings: { ...settings, undoSeconds: 0 } });
      await page.click('button', say('button_send'));
      ({ number } = await found('the ticket is there', () => ticketOf('Growing'), 30_000));
      await page.sees('button', say('button_sent', number));
      for (const text of ['Second', 'Third'])
        await webmail.receive(mail({ subject: 'Re: Growing', references: ['growing.1@example.com'], text }));
      await page.click('button', 'Refresh');
      await page.click('button', say('button_grow', '2', number));
      await page.sees('button', say('button_sent', number));
      expect(textsOf('Growing')).toEqual(['First', 'Second', 'Third']);
    });

    it('a thread that a colleague sent says so, and is added to the colleague’s ticket', async () => {
      const { page, desk } = ground;
      const theirs = desk.store.create({
        title: 'Taken',
        queue: 'Support',
        requester: { address: 'client@example.com' },
        reference: await referenceOf('taken.1@example.com'),
        articles: [{ from: { address: 'client@example.com' }, text: 'Sent by the colleague' }],
      }).number;
      await ground.openThread('Taken');
      await page.click('button', say('button_send'));
      const popup = await ground.openPopup(say('button_taken', theirs));
      await popup.sees('heading', say('takenTitle', theirs));
      await popup.click('button', say('addToTicket', theirs));
      await popup.sees('heading', say('inTickets', theirs));
      expect(textsOf('Taken')).toEqual(['Sent by the colleague', 'Also mine']);
      await popup.close();
      await page.sees('button', say('button_sent', theirs));
    });
  });

  describe('rules', () => rulesStory(() => ground));
  describe('notes', () => notesStory(() => ground));
  describe('another ticket', () => addingStory(() => ground));

  describe('the tab Tickets', () => {
    const look = () => ground.openOwn('popup.html?tab=tickets');

    it('shows how each ticket stands, and what changed since the person looked, until they have', async () => {
      const changed = say('changeWords', say('factState'), 'closed', 'open');
      ground.desk.store.update(number, { state: 'open', owner: 'Ana' });
      await ground.own.run(age);
      const first = await look();
      await first.reads('Support · open · Ana');
      await first.close();
      ground.desk.store.update(number, { state: 'closed' });
      await ground.own.run(age);
      const second = await look();
      await second.reads(changed);
      await second.close();
      const third = await look();
      await third.reads('Support · closed · Ana');
      expect((await third.texts('listitem')).join('\n')).not.toContain(changed);
      await third.close();
    });

    it('is narrowed by what is typed, and leads to the ticket', async () => {
      await ground.openThread('Invoice 12');
      await ground.page.click('button', say('button_send'));
      await until('there is a sixth ticket', () => ticketOf('Invoice 12') !== undefined, 30_000);
      const tickets = await look();
      await tickets.reads(say('ticketsCountOther', '6'));
      await tickets.fill('searchbox', say('ticketsFilter'), 'growing');
      await tickets.reads(say('tickedOf', '1', '6'));
      await tickets.click('link', `#${number}`);
      const opened = () => ground.own.run((url) => browser.tabs.query({ url }), loopback);
      const address = `${ground.desk.origin}/#${number}`;
      await until('the ticket is open', async () => (await opened()).some(({ url }) => url === address));
      await tickets.close();
    });
  });
});
