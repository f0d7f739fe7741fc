// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelaisError } from '../../utils/core/errors.ts';
import type { TicketHit } from '../../utils/core/ticket.ts';
import { createPace } from '../../utils/ui/pace.ts';
import type { PopupView } from '../../utils/views.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

/** The sample's ticket system, one that can be searched. */
const searchable: PopupView = {
  ...viewOf('ready'),
  endpoints: viewOf('ready').endpoints.map((endpoint) => ({ ...endpoint, searches: true as const })),
};
const pump: TicketHit = { id: '90', number: '2026090', title: 'Pompe en panne', state: 'open', queue: 'Atelier' };

async function openField(search: (text: string) => readonly TicketHit[] | undefined | Promise<readonly TicketHit[]>) {
  const opened = await openPopup(searchable, { 'tickets.searched': ({ text }) => search(text) });
  fireEvent.click(screen.getByRole('radio', { name: 'Add to #…' }));
  const field = (await screen.findByRole('combobox', { name: 'Ticket' })) as HTMLInputElement;
  return { ...opened, field, type: (value: string) => fireEvent.input(field, { target: { value } }) };
}
const status = () => screen.getAllByRole('status').map(({ textContent }) => textContent ?? '');

describe('the search for a ticket', () => {
  it('asks once for what was typed, and shows number, title and state of what is found', async () => {
    const { field, type, worker } = await openField(() => [pump]);
    expect(field.placeholder).toBe('Number, title or requester');
    for (const text of ['po', 'pom', 'pompe', 'pompe en']) type(text);
    const group = await screen.findByRole('group', { name: 'In Helpdesk' });
    expect(worker.of('tickets.searched')).toEqual([{ endpointId: 'rt', text: 'pompe en' }]);
    expect(within(group).getByRole('option').textContent).toBe('#2026090 Pompe en panneAtelier · open');
    expect(field.value).toBe('pompe en');
    expect(await barriers()).toEqual([]);
  });

  it('takes what is found by the keyboard: its id goes to the worker, its title into the field', async () => {
    const { field, type, worker } = await openField(() => [pump]);
    type('pompe');
    await screen.findByRole('option', { name: /Pompe/ });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(field.value).toBe('#2026090 Pompe en panne');
    await waitFor(() =>
      expect(worker.of('draft.edited').at(-1)?.edits).toEqual({
        target: { kind: 'append', ticketId: '90', number: '2026090', title: 'Pompe en panne' },
      }),
    );
    expect((screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement).disabled).toBe(false);
  });

  it('sends nothing to words that are no number', async () => {
    const { type } = await openField(() => []);
    type('pompe en');
    expect((screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText('Choose the ticket, or type its number.')).toBeTruthy();
  });

  it('takes the ticket whose number was typed, when the field is left', async () => {
    const { field, type, worker } = await openField(() => [pump]);
    type('2026090');
    await screen.findByRole('option', { name: /Pompe/ });
    fireEvent.blur(field);
    await waitFor(() => expect(field.value).toBe('#2026090 Pompe en panne'));
    expect(worker.of('ticket.typed')).toEqual([]);
  });

  it('says that nothing is found, and that it is under way', async () => {
    const answer = Promise.withResolvers<readonly TicketHit[]>();
    const { type } = await openField(() => answer.promise);
    type('nothing');
    await waitFor(() => expect(status()).toContain('Searching…'));
    answer.resolve([]);
    await waitFor(() => expect(status()).toContain('Nothing found in Helpdesk.'));
  });

  it('falls back to the tickets that were sent from here when the system is away', async () => {
    const { field, type } = await openField(() => {
      throw new RelaisError('offline', 'no network');
    });
    fireEvent.focus(field);
    type('chaud');
    await waitFor(() => expect(status().join(' ')).toContain("Helpdesk can't be searched now"));
    expect(within(screen.getByRole('listbox')).getByRole('option').textContent).toContain('#4711 Panne de la chaudière');
  });

  it('does not show the answer to what no longer stands in the field', async () => {
    const late = Promise.withResolvers<readonly TicketHit[]>();
    const { type, worker } = await openField((text) => (text === 'pompe' ? late.promise : []));
    type('pompe');
    await waitFor(() => expect(worker.of('tickets.searched')).toHaveLength(1));
    type('pompes');
    late.resolve([pump]);
    await waitFor(() => expect(status()).toContain('Nothing found in Helpdesk.'));
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('is not tried where the recipe has none', async () => {
    const { worker } = await openPopup(viewOf('ready'));
    fireEvent.click(screen.getByRole('radio', { name: 'Add to #…' }));
    const field = (await screen.findByRole('combobox', { name: 'Ticket' })) as HTMLInputElement;
    fireEvent.input(field, { target: { value: 'pompe' } });
    expect(field.placeholder).toBe('Number, or a recent ticket');
    fireEvent.blur(field);
    await waitFor(() => expect(worker.of('ticket.typed')).toHaveLength(1));
    expect(worker.of('tickets.searched')).toEqual([]);
  });
});

describe('the pace of typing', () => {
  const paceOf = (gaps: readonly number[]) => {
    let at = 0;
    const pace = createPace(() => at);
    return gaps.reduce((_, gap) => {
      at += gap;
      return pace();
    }, 0);
  };
  it('waits less for a quick typist than for a slow one, and never for long', () => {
    expect(paceOf([0, 60, 60, 60, 60, 60, 60])).toBe(150);
    expect(paceOf([0, 250, 250, 250, 250, 250])).toBeGreaterThan(400);
    expect(paceOf([0, 5_000, 5_000])).toBe(700);
  });
});
