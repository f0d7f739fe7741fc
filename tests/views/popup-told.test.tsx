// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelaisError } from '../../utils/core/errors.ts';
import type { TicketRow } from '../../utils/views.ts';
import { tickets } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const radio = (name: string) => screen.getByRole('radio', { name }) as HTMLInputElement;
const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });
const sendButton = () => screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement;
const openTab = (name: string) => act(() => void fireEvent.click(screen.getByRole('tab', { name })));

describe('where a thread goes', () => {
  it('is a new ticket, until another is chosen by number', async () => {
    const { worker } = await openPopup(viewOf('ready'));
    expect(radio('New ticket').checked).toBe(true);
    fireEvent.click(radio('Add to #…'));
    const field = await screen.findByRole('combobox', { name: 'Ticket' });
    expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Queue' })).toBeNull();
    expect(sendButton().disabled).toBe(true);
    expect(screen.getByText('Choose the ticket, or type its number.')).toBeTruthy();
    type(field, '#12');
    await waitFor(() => expect(sendButton().disabled).toBe(false));
    await waitFor(() =>
      expect(worker.of('draft.edited').at(-1)?.edits).toEqual({ target: { kind: 'append', ticketId: '12', number: '12' } }),
    );
    fireEvent.click(radio('New ticket'));
    await waitFor(() => expect(worker.of('draft.edited').at(-1)?.edits).toEqual({ target: null }));
    expect(await screen.findByRole('textbox', { name: 'Title' })).toBeTruthy();
  });

  it('is found among the recent tickets of that system by its title', async () => {
    const { worker } = await openPopup(viewOf('several'));
    fireEvent.click(radio('Add to #…'));
    const field = await screen.findByRole('combobox', { name: 'Ticket' });
    fireEvent.focus(field);
    await waitFor(() => expect(worker.of('tickets.opened')).toEqual([{}]));
    type(field, 'chaud');
    const option = within(await screen.findByRole('listbox', { name: 'Ticket' })).getByRole('option');
    expect(option.textContent).toContain('#4711 Panne de la chaudière');
    expect(option.textContent).toContain('Support · open');
    fireEvent.click(option);
    await waitFor(() =>
      expect(worker.of('draft.edited').at(-1)?.edits).toEqual({
        target: { kind: 'append', ticketId: '4711', number: '4711', title: 'Panne de la chaudière' },
      }),
    );
    expect(radio('Add to #4711').checked).toBe(true);
    type(field, '');
    expect(screen.queryByRole('option', { name: /ABC-12/ })).toBeNull();
  });

  it('is said by its title before anything goes to a number that was typed', async () => {
    const { worker } = await openPopup(viewOf('ready'));
    fireEvent.click(radio('Add to #…'));
    const field = await screen.findByRole('combobox', { name: 'Ticket' });
    type(field, '#77');
    expect(worker.of('ticket.typed')).toEqual([]);
    fireEvent.blur(field);
    expect(await screen.findByText('Panne de courant · open')).toBeTruthy();
    expect(worker.of('ticket.typed')).toEqual([{ endpointId: 'rt', ticket: '77' }]);
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain('Panne de courant');
  });

  it('is the ticket that the thread has, with how that stands and only what is new', async () => {
    const { worker } = await openPopup(viewOf('grown'));
    expect(radio('Add to #4711').checked).toBe(true);
    expect(screen.getByText('Support · open · Ana')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open the ticket' }).getAttribute('href')).toBe('https://tickets.example.org/4711');
    const boxes = within(screen.getByRole('list', { name: 'Messages' })).getAllByRole('checkbox') as HTMLInputElement[];
    expect(boxes.map(({ disabled }) => disabled)).toEqual([true, false, false]);
    expect(screen.getAllByText('In #4711 already')).toHaveLength(1);
    expect(screen.getByText(/^2 of 2 messages · 1 of 1 file/)).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: /devis-vitrine/ })).toBeNull();
    fireEvent.click(radio('New ticket'));
    await waitFor(() => expect(worker.of('draft.edited').at(-1)?.edits).toEqual({ target: { kind: 'new' } }));
    expect(screen.getByText(/^3 of 3 messages · 2 of 2 files/)).toBeTruthy();
    fireEvent.click(radio('Add to #4711'));
    await waitFor(() => expect(worker.of('draft.edited').at(-1)?.edits).toEqual({ target: null }));
    expect(radio('Add to #4711').checked).toBe(true);
  });

  it('takes a note where nothing is new, and nothing without one', async () => {
    const { worker } = await openPopup(viewOf('nothingnew'));
    expect(sendButton().disabled).toBe(true);
    expect(screen.getByText('Nothing new since #4711. A note can be added.')).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    expect(worker.of('draft.submitted')).toEqual([]);
    type(screen.getByRole('textbox', { name: 'Note' }), 'Called');
    await waitFor(() => expect(sendButton().disabled).toBe(false));
    expect(screen.getByText('Only the note, to #4711')).toBeTruthy();
  });
});

describe('what a colleague sent', () => {
  it('is added to the ticket there, or made another one of', async () => {
    const { worker } = await openPopup(viewOf('taken'), { 'delivery.appended': () => null, 'delivery.repeated': () => null });
    expect(screen.getByRole('heading', { name: 'A colleague sent this: #4711' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open the ticket' }).getAttribute('href')).toBe('https://tickets.example.org/4711');
    fireEvent.click(screen.getByRole('button', { name: 'Add to #4711' }));
    await waitFor(() => expect(worker.of('delivery.appended')).toEqual([{ id: 'capture-1' }]));
    await waitFor(() => expect(worker.of('capture.opened')).toEqual([{ captureId: 'capture-1' }]));
    fireEvent.click(screen.getByRole('button', { name: 'Make a new ticket all the same' }));
    await waitFor(() => expect(worker.of('delivery.repeated')).toEqual([{ id: 'capture-1' }]));
  });

  it('says what went wrong', async () => {
    await openPopup(viewOf('taken'), {
      'delivery.appended': () => {
        throw new RelaisError('worker-unreachable', 'gone');
      },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Add to #4711' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Relais did not answer');
  });

  it('is said where both made a ticket in the same moment', async () => {
    await openPopup(viewOf('twin'));
    expect(screen.getByText(/Another browser sent this thread in the same moment/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '#4712' }).getAttribute('href')).toBe('https://tickets.example.org/4712');
    expect(screen.getByRole('link', { name: 'Open the ticket' }).getAttribute('href')).toBe('https://tickets.example.org/4711');
  });
});

describe('the tab Tickets', () => {
  it('says in words what changed and when, and asks under one name as long as the popup is open', async () => {
    const { worker, model } = await openPopup(viewOf('several'));
    await openTab('Tickets');
    expect(await screen.findByText(/State: open \(before: new\) · Owner: Ana \(before: none\)/)).toBeTruthy();
    expect(screen.getByText('noticed 20 minutes ago')).toBeTruthy();
    expect(screen.getByText('3 tickets · 1 changed')).toBeTruthy();
    expect(screen.queryByRole('searchbox')).toBeNull();
    await act(() => model.changed());
    const looks = worker.of('tickets.opened').map(({ look }) => look);
    expect(looks.length).toBeGreaterThan(1);
    expect(new Set(looks).size).toBe(1);
    expect(looks[0]).toBeTruthy();
    worker.asked.length = 0;
    await openTab('Note');
    await waitFor(() => expect(worker.of('tickets.opened')).toEqual([{}]));
  });

  it('says of a ticket that its system no longer shows', async () => {
    const [first, ...others] = tickets;
    await openPopup(viewOf('ready'), { 'tickets.opened': () => [{ ...(first as TicketRow), isHidden: true }, ...others] });
    await openTab('Tickets');
    expect(await screen.findAllByText(/no longer shows it/)).toHaveLength(1);
  });

  it('filters a longer list by number, title, queue, state and owner', async () => {
    const many = Array.from(
      { length: 8 },
      (_, index): TicketRow => ({ ...(tickets[0] as TicketRow), ticketId: `${index}`, number: `90${index}`, changes: [] }),
    );
    await openPopup(viewOf('ready'), { 'tickets.opened': () => [...many, ...tickets] });
    await openTab('Tickets');
    const filter = await screen.findByRole('searchbox', { name: 'Filter' });
    type(filter, 'umzug new');
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    expect(screen.getByText('1 of 11 · 1 changed')).toBeTruthy();
    type(filter, '#903');
    await waitFor(() => expect(screen.getByRole('link', { name: '#903' })).toBeTruthy());
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });
});

describe('a message that is opened', () => {
  it('shows what its author wrote, and folds the rest without leaving it out', async () => {
    await openPopup(viewOf('ready'));
    fireEvent.click(screen.getByRole('button', { name: /délai/ }));
    expect(await screen.findByText('The whole text.')).toBeTruthy();
    const fold = screen.getByText('Earlier mail').closest('details');
    expect(fold?.open).toBe(false);
    expect(fold?.textContent).toContain('> what stood before');
  });
});

describe('a note template', () => {
  const templates = {
    'settings.opened': () => ({
      settings: { templates: [{ id: 'ask', name: 'Ask', text: 'Ask {{ requester }} about {{title}}, {{ticket}}, {{who}}.' }] },
    }),
  };

  it('is filled in with what is known of the thread', async () => {
    await openPopup(viewOf('ready'), templates as never);
    fireEvent.change(screen.getByRole('combobox', { name: 'Insert a template' }), { target: { value: 'ask' } });
    expect((screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement).value).toBe(
      'Ask Nadège Étienne-Lefèbvre about Devis pour la vitrine, {{ticket}}, {{who}}.',
    );
  });

  it('is filled in with what is known of the ticket', async () => {
    await openPopup(viewOf('ready'), templates as never);
    await openTab('Note');
    type(screen.getByRole('combobox', { name: 'Ticket' }), '#77');
    fireEvent.change(screen.getByRole('combobox', { name: 'Insert a template' }), { target: { value: 'ask' } });
    expect((screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement).value).toBe(
      'Ask {{ requester }} about {{title}}, 77, {{who}}.',
    );
  });
});

it.each(['grown', 'nothingnew', 'append', 'twin', 'taken'])('has no barriers: %s', async (state) => {
  await openPopup(viewOf(state));
  expect(await barriers()).toEqual([]);
});
