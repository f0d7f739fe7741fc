/** The tab Tickets: how each one stands, what changed since the person looked, one found again and opened. */
import { expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { found } from '../support/until.ts';
import type { Ground } from './view.ts';

export const ticketsMails = [mail({ subject: 'Watched' }), mail({ subject: 'Passed by' })];

export function ticketsStory(ground: () => Ground): void {
  let number: string;
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const look = () => ground().openOwn('popup.html?tab=tickets');

  async function send(subject: string): Promise<string> {
    await ground().openThread(subject);
    await ground().page.click('button', say('button_send'));
    const ticket = () => ground().desk.store.tickets.find(({ title }) => title === subject);
    return (await found('the ticket is there', ticket, 30_000)).number;
  }

  it('shows how each ticket stands, and what changed since the person looked, until they have', async () => {
    number = await send('Watched');
    const queue = ground().desk.store.tickets.find((ticket) => ticket.number === number)?.queue;
    const changed = say('changeWords', say('factState'), 'closed', 'open');
    ground().desk.store.update(number, { state: 'open', owner: 'Ana' });
    await ground().age();
    const first = await look();
    await first.reads(`${queue} · open · Ana`);
    await first.close();
    ground().desk.store.update(number, { state: 'closed' });
    await ground().age();
    const second = await look();
    await second.reads(changed);
    await second.close();
    const third = await look();
    await third.reads(`${queue} · closed · Ana`);
    expect((await third.texts('listitem')).join('\n')).not.toContain(changed);
    await third.close();
  });

  it('is narrowed by what is typed, and leads to the ticket', async () => {
    await send('Passed by');
    const all = String(ground().desk.store.tickets.length);
    const tickets = await look();
    await tickets.reads(say('ticketsCountOther', all));
    await tickets.fill('searchbox', say('ticketsFilter'), 'watched');
    await tickets.reads(say('tickedOf', '1', all));
    await tickets.click('link', `#${number}`);
    const ticket = await ground().opened(`${ground().desk.origin}/#${number}`);
    await ticket.close();
    await tickets.close();
  });
}
