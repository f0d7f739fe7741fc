/** What the button tells back: a click taken back, a thread in its ticket, what is new of it, and one that a colleague sent. */
import { expect, it } from 'vitest';
import { referenceOf } from '../../utils/core/reference.ts';
import { mail } from '../support/mail.ts';
import { found } from '../support/until.ts';
import type { Ground } from './view.ts';

export const toldBackMails = [
  mail({ subject: 'Growing', id: 'growing.1@example.com', text: 'First' }),
  mail({ subject: 'Taken', id: 'taken.1@example.com', text: 'Also mine' }),
];

export function toldBackStory(ground: () => Ground): void {
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const ticketOf = (title: string) => ground().desk.store.tickets.find((ticket) => ticket.title === title);
  const textsOf = (title: string) => ticketOf(title)?.articles.map(({ text }) => text.trim());

  async function undoable(seconds: number): Promise<void> {
    const { settings } = (await ground().ask('settings.opened', {})) as { readonly settings: object };
    await ground().ask('settings.saved', { settings: { ...settings, undoSeconds: seconds } });
  }

  it('a click is undone, and nothing leaves', async () => {
    const { page, desk } = ground();
    const posts = () => desk.seen.filter(({ method }) => method === 'POST').length;
    const before = posts();
    await undoable(30);
    await ground().openThread('Growing');
    await page.click('button', say('button_send'));
    await page.click('button', say('button_undo'));
    await page.sees('button', say('button_send'));
    expect(await ground().ask('outbox.opened', {})).toMatchObject({ rows: [] });
    expect(posts()).toBe(before);
    await undoable(0);
  });

  it('a thread that was sent says its number, and what is new is added by one click, alone', async () => {
    const { page, webmail } = ground();
    await page.click('button', say('button_send'));
    const { number } = await found('the ticket is there', () => ticketOf('Growing'), 30_000);
    await page.sees('button', say('button_sent', number));
    for (const text of ['Second', 'Third'])
      await webmail.receive(mail({ subject: 'Re: Growing', references: ['growing.1@example.com'], text }));
    await page.click('button', 'Refresh');
    await page.click('button', say('button_grow', '2', number));
    await page.sees('button', say('button_sent', number));
    expect(textsOf('Growing')).toEqual(['First', 'Second', 'Third']);
  });

  it('a thread that a colleague sent says so, and is added to the colleague’s ticket', async () => {
    const { page, desk } = ground();
    const theirs = desk.store.create({
      title: 'Taken',
      queue: 'Support',
      requester: { address: 'client@example.com' },
      reference: await referenceOf('taken.1@example.com'),
      articles: [{ from: { address: 'client@example.com' }, text: 'Sent by the colleague' }],
    }).number;
    await ground().openThread('Taken');
    await page.click('button', say('button_send'));
    const popup = await ground().openPopup(say('button_taken', theirs));
    await popup.sees('heading', say('takenTitle', theirs));
    await popup.click('button', say('addToTicket', theirs));
    await popup.sees('heading', say('inTickets', theirs));
    expect(textsOf('Taken')).toEqual(['Sent by the colleague', 'Also mine']);
    await popup.close();
    await page.sees('button', say('button_sent', theirs));
  });
}
