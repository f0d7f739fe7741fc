/** A thread added to a ticket that somebody else made, found by words of its title, after a look at what will arrive. */
import { expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { until } from '../support/until.ts';
import type { Ground } from './view.ts';

export const addingMails = [mail({ subject: 'By the way', text: 'The pump as well' })];

export function addingStory(ground: () => Ground): void {
  it('a ticket is searched, the thread is looked at as it will arrive, and is added there', async () => {
    const { desk, say, openThread, openForm } = ground();
    const { number } = desk.store.create({
      title: 'Pump in cellar two',
      queue: 'Support',
      requester: { address: 'client@example.com' },
      reference: 'elsewhere',
      articles: [{ from: { address: 'client@example.com' }, text: 'It leaks' }],
    });
    const before = desk.store.tickets.length;
    await openThread('By the way');
    const form = await openForm();
    await form.click('radio', say('addToSome'));
    await form.holds('radio', say('newTicket'), false);
    await form.fill('combobox', say('fieldTicket'), 'cellar two');
    await form.click('option', new RegExp(`^#${number} Pump in cellar two`));
    await form.holds('combobox', say('fieldTicket'), `#${number} Pump in cellar two`);
    await form.fill('textbox', say('fieldNote'), 'Same pump');
    await form.click('button', say('preview'));
    await form.sees('heading', say('arrivesTitle', 'Ticket desk'));
    await form.reads('The pump as well');
    await form.reads('Same pump');
    await form.click('button', say('previewBack'));
    await form.click('button', say('send'));
    const texts = () => desk.store.tickets.find((ticket) => ticket.number === number)?.articles.map(({ text }) => text.trim());
    await until('the mail is there', () => texts()?.includes('Same pump') ?? false, 30_000);
    expect(texts()).toEqual(['It leaks', 'The pump as well', 'Same pump']);
    expect(desk.store.tickets).toHaveLength(before);
    await form.close();
  });
}
