/** Notes without a thread: a template with placeholders for a recent ticket, and a number that somebody says, offline too. */
import { it } from 'vitest';
import { mail } from '../support/mail.ts';
import { found, until } from '../support/until.ts';
import type { Ground, View } from './view.ts';

export const notesMails = [mail({ subject: 'Noted' })];

export function notesStory(ground: () => Ground): void {
  let popup: View;
  let number: string;
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const notes = () =>
    ground()
      .desk.store.tickets.find((ticket) => ticket.number === number)
      ?.articles.filter(({ internal }) => internal)
      .map(({ text }) => text);

  it('a template is written in the options', async () => {
    const options = await ground().openOwn('options.html#/templates');
    await options.click('button', say('addTemplate'));
    await options.fill('textbox', say('templateName'), 'Rang');
    await options.fill('textbox', say('templateText'), '{{title}}: rang about #{{ticket}}, ask {{requester}}');
    await options.click('button', say('save'));
    await options.sees('heading', 'Rang');
    await options.close();
  });

  it('it is put into a note for a recent ticket, with what is known of it, and arrives as an internal one', async () => {
    await ground().openThread('Noted');
    await ground().page.click('button', say('button_send'));
    ({ number } = await found('the ticket is there', () => ground().desk.store.tickets.find(({ title }) => title === 'Noted'), 30_000));
    await ground().page.sees('button', say('button_sent', number));
    popup = await ground().openOwn('popup.html?tab=note');
    await popup.press('combobox', say('fieldTicket'), 'ArrowDown');
    await popup.click('option', new RegExp(`^#${number} Noted`));
    await popup.holds('combobox', say('fieldTicket'), `#${number} Noted`);
    await popup.choose(say('templateInsert'), 'Rang');
    const text = `Noted: rang about #${number}, ask {{requester}}`;
    await popup.holds('textbox', say('fieldNote'), text);
    await popup.click('button', say('addNote'));
    await popup.reads(say('noteAdded', `#${number} Noted`));
    await until('the note is there', () => notes()?.includes(text) ?? false, 30_000);
  });

  it('one for a number that is typed waits while the ticket system is away, and is sent from the Outbox', async () => {
    await ground().desk.stop();
    await popup.fill('combobox', say('fieldTicket'), `#${number}`);
    await popup.fill('textbox', say('fieldNote'), 'In the train');
    await popup.click('button', say('addNote'));
    await popup.reads(say('noteAdded', `#${number}`));
    await popup.click('tab', say('tabOutbox'));
    await until('it was tried in vain', async () => {
      const { rows } = (await ground().ask('outbox.opened', {})) as { rows: readonly { readonly error?: object }[] };
      return rows.some(({ error }) => error !== undefined);
    });
    await ground().desk.restart();
    await popup.click('button', say('retryNow'));
    await until('the note is there', () => notes()?.at(-1) === 'In the train', 30_000);
    await popup.close();
  });
}
