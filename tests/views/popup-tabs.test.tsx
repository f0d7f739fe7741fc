// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelaisError } from '../../utils/core/errors.ts';
import type { OutboxCounts, OutboxRow } from '../../utils/views.ts';
import { now, ready, rows } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const tab = (name: string) => screen.getByRole('tab', { name });
const openTab = (name: string) => act(() => void fireEvent.click(tab(name)));
const card = (title: string) => within(screen.getByRole('heading', { name: title }).closest('li') as HTMLElement);

describe('tabs', () => {
  it('are moved through by arrow keys, Home and End', async () => {
    await openPopup(viewOf('ready'));
    tab('Thread').focus();
    fireEvent.keyDown(tab('Thread'), { key: 'ArrowRight' });
    await waitFor(() => expect(tab('Note').getAttribute('aria-selected')).toBe('true'));
    expect(document.activeElement).toBe(tab('Note'));
    expect(tab('Thread').tabIndex).toBe(-1);
    fireEvent.keyDown(tab('Note'), { key: 'End' });
    await waitFor(() => expect(tab('Tickets').getAttribute('aria-selected')).toBe('true'));
    fireEvent.keyDown(tab('Tickets'), { key: 'ArrowRight' });
    await waitFor(() => expect(tab('Thread').getAttribute('aria-selected')).toBe('true'));
  });

  it('say beside their name how many deliveries wait', async () => {
    await openPopup(viewOf('several'));
    expect(tab('Outbox').getAttribute('aria-describedby')).toBe('badge-outbox');
    expect(document.getElementById('badge-outbox')?.textContent).toBe('4 waiting, 1 needs you');
  });
});

describe('a handover that waits for its person', () => {
  const counts = { waiting: 0, attention: 1, handover: true } as const;

  it('is named in the Outbox, which leads to it, and says not that nothing waits', async () => {
    await openPopup({ ...viewOf('ready'), counts }, { 'outbox.opened': () => ({ rows: [], counts }) });
    expect(document.getElementById('badge-outbox')?.textContent).toBe('0 waiting, 1 needs you');
    await openTab('Outbox');
    const link = await screen.findByRole('link', { name: 'A handover needs you: see why' });
    expect(link.getAttribute('href')).toBe('/handover.html');
    expect(screen.queryByText('Nothing is waiting')).toBeNull();
  });
});

describe('a loss of the database', () => {
  const shown = async (restored: number, missing: number) => {
    let counts: OutboxCounts = { waiting: 0, attention: 1, lost: { at: Date.UTC(2026, 10, 22, 12), restored, missing } };
    const understood = vi.fn(() => {
      counts = { waiting: 0, attention: 0 };
      return null;
    });
    await openPopup({ ...viewOf('ready'), counts }, { 'outbox.opened': () => ({ rows: [], counts }), 'loss.understood': understood });
    expect(document.getElementById('badge-outbox')?.textContent).toBe('0 waiting, 1 needs you');
    await openTab('Outbox');
    const button = await screen.findByRole('button', { name: 'Understood' });
    return { button, understood, said: [...(button.parentElement?.querySelectorAll('p') ?? [])].map((line) => line.textContent) };
  };

  it('is told in the Outbox with what came back and what did not, until the person has read it', async () => {
    const { button, understood, said } = await shown(2, 1);
    expect(said).toEqual([
      'The browser lost Relais’s own database. This was noticed on 22 Nov 2026.',
      '2 unsent threads came back and go on as before.',
      '1 thread could not be brought back: send it again from your webmail.',
      expect.stringContaining('Nothing is gone from the ticket system'),
    ]);
    expect(screen.queryByText('Nothing is waiting')).toBeNull();
    fireEvent.click(button);
    expect(await screen.findByText('Nothing is waiting')).toBeTruthy();
    expect(understood).toHaveBeenCalledOnce();
    expect(screen.queryByText(/lost Relais/)).toBeNull();
  });

  it('says no number where there is none', async () => {
    const { said } = await shown(0, 0);
    expect(said).toHaveLength(2);
  });
});

describe('the tab Note', () => {
  const type = (name: string, role: string, value: string) => fireEvent.input(screen.getByRole(role, { name }), { target: { value } });

  it('sends a note to a number as typed, and starts anew', async () => {
    const submitted = vi.fn(() => ({ deliveryId: 'n' }));
    const { notes } = await openPopup(viewOf('ready'), { 'note.submitted': submitted });
    await openTab('Note');
    type('Ticket', 'combobox', '#4711');
    type('Note', 'textbox', 'Called back');
    await waitFor(() => expect(notes.at(-1)).toMatchObject({ ticket: '#4711', note: 'Called back' }));
    const { requestId } = notes.at(-1) ?? {};
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(submitted).toHaveBeenCalledWith({ requestId, endpointId: 'rt', ticket: '4711', note: 'Called back' }));
    expect(await screen.findByText('Note for #4711 is on its way.')).toBeTruthy();
    expect(notes.at(-1)).toMatchObject({ ticket: '', note: '' });
    expect(notes.at(-1)?.requestId).not.toBe(requestId);
  });

  it('sends to a recent ticket by its id and in its own system', async () => {
    const submitted = vi.fn((_input: unknown) => ({ deliveryId: 'n' }));
    await openPopup(viewOf('several'), { 'note.submitted': submitted });
    await openTab('Tickets');
    fireEvent.click(await screen.findByRole('button', { name: 'Add note to #ABC-12' }));
    expect(((await screen.findByRole('combobox', { name: 'Ticket system' })) as HTMLSelectElement).value).toBe('hotline');
    type('Note', 'textbox', 'x');
    fireEvent.click(screen.getByRole('button', { name: 'Add note' }));
    await waitFor(() => expect(submitted.mock.calls[0]?.[0]).toMatchObject({ endpointId: 'hotline', ticket: 'ABC-12' }));
  });

  it('keeps note and number when the worker fails, under the same request id', async () => {
    const ids: string[] = [];
    await openPopup(viewOf('ready'), {
      'note.submitted': ({ requestId }) => {
        ids.push(requestId);
        throw new RelaisError('worker-unreachable', 'gone');
      },
    });
    await openTab('Note');
    type('Ticket', 'combobox', '12');
    type('Note', 'textbox', 'mine');
    const button = screen.getByRole('button', { name: 'Add note' }) as HTMLButtonElement;
    fireEvent.click(button);
    expect((await screen.findByRole('alert')).textContent).toContain('Relais did not answer');
    await waitFor(() => expect(button.disabled).toBe(false));
    fireEvent.click(button);
    await waitFor(() => expect(ids).toHaveLength(2));
    expect(new Set(ids).size).toBe(1);
    expect((screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement).value).toBe('mine');
  });

  it('adds a template below what stands there', async () => {
    await openPopup(viewOf('ready'));
    await openTab('Note');
    type('Note', 'textbox', 'First.');
    fireEvent.change(screen.getByRole('combobox', { name: 'Insert a template' }), { target: { value: 'called' } });
    expect((screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement).value).toBe(
      'First.\nCalled back, they expect an answer by tomorrow noon.',
    );
  });

  it('opens the list of templates by keys, which would take every one that they pass', async () => {
    await openPopup(viewOf('ready'));
    await openTab('Note');
    const list = screen.getByRole('combobox', { name: 'Insert a template' });
    const opened = Object.assign(list, { showPicker: vi.fn() }).showPicker;
    const isLeftAlone = (key: string, held = {}) => fireEvent.keyDown(list, { key, ...held });
    expect(['ArrowDown', 'End', 'c'].map((key) => isLeftAlone(key))).toEqual([false, false, false]);
    expect(opened).toHaveBeenCalledTimes(3);
    expect([isLeftAlone('Tab'), isLeftAlone('Enter'), isLeftAlone('ArrowDown', { altKey: true })]).toEqual([true, true, true]);
    expect(opened).toHaveBeenCalledTimes(3);
  });
});

describe('the tab Outbox', () => {
  it('offers the ticket of a colleague, a file, and a mail', async () => {
    const row: OutboxRow = {
      ...(rows[0] as OutboxRow),
      id: 'known',
      kind: 'delivery',
      title: 'Devis pour la vitrine',
      status: 'stopped',
      error: { code: 'already-in-tickets', message: 'known', details: { ticketId: '7', number: '4711' } },
      actions: ['append', 'repeat', 'export', 'mail', 'delete'],
    };
    const { worker, away } = await openPopup(viewOf('ready'), {
      'outbox.opened': () => ({ rows: [row], counts: { waiting: 0, attention: 1 } }),
      'delivery.appended': () => null,
    });
    await openTab('Outbox');
    const shown = await waitFor(() => card('Devis pour la vitrine'));
    fireEvent.click(shown.getByRole('button', { name: 'Add to #4711' }));
    await waitFor(() => expect(worker.of('delivery.appended')).toEqual([{ id: 'known' }]));
    fireEvent.click(shown.getByRole('button', { name: 'Export' }));
    fireEvent.click(shown.getByRole('button', { name: 'Send by mail' }));
    await waitFor(() => expect(away.mail).toHaveBeenCalledWith(row));
    expect(away.save).toHaveBeenCalledWith(row);
  });

  it('says of a long upload how much is under way, and since when', async () => {
    await openPopup(viewOf('ready'));
    await openTab('Outbox');
    const sending = await waitFor(() => card('Access to the shared folder'));
    expect(sending.getByText(/^24 MB under way, begun \d+ seconds ago$/)).toBeTruthy();
    expect(screen.getAllByText(/under way/)).toHaveLength(1);
  });

  it('says what does not travel, and nothing where all of it does', async () => {
    await openPopup(viewOf('ready'));
    await openTab('Outbox');
    const part = await waitFor(() => card('Livraison de mardi'));
    expect(part.getByText('6 of 7 messages of the thread: the others could not be had.')).toBeTruthy();
    expect(screen.getAllByText(/of the thread/)).toHaveLength(1);
  });

  it('says state, reason and next try in words', async () => {
    await openPopup(viewOf('several'));
    await openTab('Outbox');
    await screen.findByRole('heading', { name: 'Rechnung 2026-118 stimmt nicht' });
    const stopped = card('Rechnung 2026-118 stimmt nicht');
    expect(stopped.getByText('Needs you')).toBeTruthy();
    expect(stopped.getByText('The ticket system refused it. Edit and send again.')).toBeTruthy();
    expect(stopped.getByText('Queue "Billing" is disabled for user relais')).toBeTruthy();
    expect(card('استفسار عن موعد التسليم').getByText('Next try in 4 minutes.')).toBeTruthy();
    expect(screen.getByText('5 waiting · 1 needs you')).toBeTruthy();
  });

  it('offers what the worker allows, and asks before deleting', async () => {
    const deleted = vi.fn(() => null);
    const { worker } = await openPopup(viewOf('several'), {
      'delivery.deleted': deleted,
      'delivery.repeated': () => null,
      'delivery.retried': () => null,
    });
    await openTab('Outbox');
    await screen.findByRole('heading', { name: 'Devis pour la vitrine' });
    fireEvent.click(card('Devis pour la vitrine').getByRole('button', { name: 'Send again anyway' }));
    fireEvent.click(card('Livraison de mardi').getByRole('button', { name: 'Retry now' }));
    expect(worker.of('delivery.repeated')).toEqual([{ id: 'd2' }]);
    expect(worker.of('delivery.retried')).toEqual([{ id: 'd4' }]);
    expect(card('Access to the shared folder').queryAllByRole('button')).toHaveLength(0);
    fireEvent.click(card('Livraison de mardi').getByRole('button', { name: 'Delete' }));
    expect(deleted).not.toHaveBeenCalled();
    const question = card('Livraison de mardi').getByRole('group', { name: 'Delete it here? It will not be sent.' });
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Keep'));
    fireEvent.click(within(question).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(deleted).toHaveBeenCalledWith({ id: 'd4' }));
  });

  it('discards a draft, not a delivery, for a row that was never sent', async () => {
    const discarded = vi.fn(() => null);
    await openPopup(viewOf('several'), { 'capture.discarded': discarded });
    await openTab('Outbox');
    await screen.findByRole('heading', { name: 'Question sur la garantie' });
    fireEvent.click(card('Question sur la garantie').getByRole('button', { name: 'Delete' }));
    const question = card('Question sur la garantie').getByRole('group');
    fireEvent.click(within(question).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(discarded).toHaveBeenCalledWith({ captureId: 'c6' }));
  });

  it('opens a delivery for editing in the tab Thread', async () => {
    const { worker } = await openPopup(viewOf('ready'), { 'delivery.edited': () => ({ captureId: 'again' }) });
    await openTab('Outbox');
    await screen.findByRole('heading', { name: 'Livraison de mardi' });
    fireEvent.click(card('Livraison de mardi').getByRole('button', { name: 'Edit' }));
    expect(await screen.findByRole('textbox', { name: 'Title' })).toBeTruthy();
    expect(worker.of('popup.opened').at(-1)).toEqual({ captureId: 'again' });
  });

  it('loads page after page, and as many again when something changed', async () => {
    const all: OutboxRow[] = Array.from({ length: 50 }, (_, index) => ({
      ...(rows[3] as OutboxRow),
      id: `d${index}`,
      title: `Delivery ${index}`,
    }));
    const { worker, model } = await openPopup(viewOf('ready'), {
      'outbox.opened': ({ after, limit = 20 }) => {
        const start = after === undefined ? 0 : Number(after);
        return {
          rows: all.slice(start, start + limit),
          counts: { waiting: 50, attention: 0 },
          ...(start + limit < all.length && { next: String(start + limit) }),
        };
      },
    });
    await openTab('Outbox');
    const more = await screen.findByRole('button', { name: 'Show more' });
    expect(screen.getAllByRole('listitem')).toHaveLength(20);
    fireEvent.click(more);
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(40));
    fireEvent.click(more);
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(50));
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    worker.asked.length = 0;
    await act(() => model.changed());
    expect(screen.getAllByRole('listitem')).toHaveLength(50);
    expect(worker.of('outbox.opened')).toHaveLength(1);
  });

  it('ends when a worker gives an empty page and still promises more', async () => {
    await openPopup(viewOf('ready'), { 'outbox.opened': () => ({ rows: [], counts: { waiting: 0, attention: 0 }, next: 'more' }) });
    await openTab('Outbox');
    expect(await screen.findByRole('heading', { name: 'Nothing is waiting' })).toBeTruthy();
  });
});

describe('the tab Tickets', () => {
  it('shows number, link, title, queue and state', async () => {
    await openPopup(viewOf('ready'));
    await openTab('Tickets');
    const link = await screen.findByRole('link', { name: '#4711' });
    expect(link.getAttribute('href')).toBe('https://tickets.example.org/4711');
    expect(screen.getByText('Support · open · Ana')).toBeTruthy();
    expect(screen.getByText(/#ABC-12/)).toBeTruthy();
  });
});

describe('changes in the worker', () => {
  it('are asked for once per burst', async () => {
    const { worker, model } = await openPopup({ ...viewOf('ready'), capture: ready });
    worker.asked.length = 0;
    await act(async () => {
      await Promise.all(Array.from({ length: 20 }, () => model.changed()));
    });
    expect(worker.of('capture.opened').length).toBeLessThanOrEqual(2);
    expect(model.now.value).toBe(now);
  });
});

it.each(['Note', 'Outbox', 'Tickets'])('the tab %s has no barriers', async (name) => {
  await openPopup(viewOf('several'));
  await openTab(name);
  if (name !== 'Note') await screen.findAllByRole('heading');
  expect(await barriers()).toEqual([]);
});
