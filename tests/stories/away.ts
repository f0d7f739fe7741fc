/** Before the holidays: threads handed over, clients one is reminded of, the address of a queue. */
import { expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { found, until } from '../support/until.ts';
import type { Ground } from './view.ts';

const from = (name: string, address: string, subject: string) =>
  mail({ subject, from: `${name} <${address}>`, text: `Text of ${subject}` });

export const awayMails = [
  mail({ subject: 'One', id: 'one.1@example.com', from: 'Ana <ana@alpha.example>', text: 'Text of One' }),
  mail({ subject: 'Re: One', from: 'Ana <ana@alpha.example>', references: ['one.1@example.com'], text: 'Text of its answer' }),
  from('Ana', 'ana@alpha.example', 'Two'),
  from('Bob', 'bob@beta.example', 'Three'),
  from('نادية', 'nadia@maison.example', 'طلب عرض سعر'),
  from('Ida', 'ida@it.client.example', 'Listed'),
];

/** Begins with no ticket. */
export function awayStory(ground: () => Ground): void {
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const ticketOf = (title: string) => ground().desk.store.tickets.find((ticket) => ticket.title === title);

  it('a handover takes what is ticked in the webmail, and the threads of a client; each becomes a ticket with queue and note', async () => {
    await ground().openThread('Three');
    await ground().page.sees('button', say('button_send'));
    await ground().page.click('checkbox', 'Three');
    const page = await ground().openOwn('handover.html');
    await page.holds('checkbox', /^Three/, true);
    await page.click('button', 'alpha.example 2');
    await page.reads(say('handoverTicked', '3', '5'));
    await page.fill('combobox', say('fieldQueue'), 'Billing');
    await page.click('option', 'Billing');
    await page.fill('textbox', say('fieldNote'), 'Away until Monday');
    await page.click('button', say('handoverSendOther', '3'));
    await page.reads(say('handoverProgress', '3', '3'));
    await page.reads(say('handoverDoneOther', '3'));
    const made = ground().desk.store.tickets.map(({ title, queue, articles }) => [title, queue, articles.map(({ text }) => text.trim())]);
    expect(made.toSorted()).toEqual([
      ['One', 'Billing', ['Text of One', 'Text of its answer', 'Away until Monday']],
      ['Three', 'Billing', ['Text of Three', 'Away until Monday']],
      ['Two', 'Billing', ['Text of Two', 'Away until Monday']],
    ]);
    await page.sees('link', say('inTickets', ticketOf('Two')?.number ?? ''));
    await page.click('button', say('handoverMore'));
    await page.reads(say('handoverKnown', ticketOf('Two')?.number ?? ''));
    await page.close();
  });

  it('a reminder is asked for in the options, stands on that client’s threads, and goes with a click', async () => {
    const options = await ground().openOwn('options.html#/sending');
    await options.fill('textbox', say('nudgeFor'), 'client.example');
    await options.press('textbox', say('nudgeFor'), 'Tab');
    const saved = () => ground().ask('settings.opened', {}) as Promise<{ readonly settings: { readonly nudgeFor: readonly string[] } }>;
    await until('it is saved', async () => (await saved()).settings.nudgeFor.length === 1);
    await ground().openThread('Listed');
    await ground().page.click('button', say('button_nudge'));
    const { number } = await found('the ticket is there', () => ticketOf('Listed'), 30_000);
    await ground().page.sees('button', say('button_sent', number));
    await options.close();
  });

  it('the address of a queue is copied where no mail is open', async () => {
    const options = await ground().openOwn('options.html#/systems');
    await options.fill('textbox', say('queueAddressesLabel'), 'Support <support@help.example>');
    await options.click('button', say('save'));
    const saved = () => ground().ask('settings.opened', {}) as Promise<{ readonly settings: { readonly mailIn: readonly object[] } }>;
    await until('it is saved', async () => (await saved()).settings.mailIn.length === 1);
    await options.close();
    const popup = await ground().openOwn('popup.html?capture=none');
    await popup.sees('link', say('contextHandover'));
    await popup.click('button', `${say('addressCopy')}: Support <support@help.example>`);
    await popup.reads(say('addressCopied', 'Support <support@help.example>'));
    await popup.click('tab', say('tabNote'));
    await popup.press('textbox', say('fieldNote'), 'v', 'Control');
    await popup.holds('textbox', say('fieldNote'), 'Support <support@help.example>');
    await popup.close();
  });
}
