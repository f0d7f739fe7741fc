// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureView } from '../../utils/views.ts';
import { ready } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { deferred, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });

describe('the tab Thread', () => {
  it('shows the draft under the agreed names', async () => {
    await openPopup(viewOf('several'));
    expect((screen.getByRole('textbox', { name: 'Title' }) as HTMLInputElement).value).toBe('Devis pour la vitrine');
    expect(screen.getByRole('combobox', { name: 'Ticket system' })).toBeTruthy();
    expect((screen.getByRole('combobox', { name: 'Queue' }) as HTMLInputElement).value).toBe('Support');
    expect((screen.getByRole('combobox', { name: 'Priority' }) as HTMLInputElement).value).toBe('Medium');
    expect((screen.getByRole('combobox', { name: 'Requester' }) as HTMLInputElement).value).toContain('client@atelier.example.org');
    expect(screen.getByRole('textbox', { name: 'Note' })).toBeTruthy();
    expect(within(screen.getByRole('list', { name: 'Messages' })).getAllByRole('checkbox')).toHaveLength(3);
    expect(within(screen.getByRole('list', { name: 'Attachments' })).getAllByRole('checkbox')).toHaveLength(2);
    expect(screen.queryByRole('combobox', { name: 'Assignee' })).toBeNull();
    expect(screen.getByText(/3 originals travel along/)).toBeTruthy();
  });

  it('says which rule chose the queue, until another one is chosen', async () => {
    await openPopup(viewOf('ruled'));
    const queue = screen.getByRole('combobox', { name: 'Queue' }) as HTMLInputElement;
    expect(queue.value).toBe('Devis & commandes');
    const help = () => document.getElementById(queue.getAttribute('aria-describedby') ?? '')?.textContent;
    await waitFor(() => expect(help()).toBe('By a rule: from atelier.example.org.'));
    fireEvent.click(queue);
    fireEvent.click(await screen.findByRole('option', { name: 'Support' }));
    await waitFor(() => expect(queue.value).toBe('Support'));
    expect(screen.queryByText(/By a rule/)).toBeNull();
  });

  it('does not ask which ticket system where there is one', async () => {
    await openPopup(viewOf('ready'));
    expect(screen.queryByRole('combobox', { name: 'Ticket system' })).toBeNull();
  });

  it('hands every keystroke over and keeps it on screen while the worker answers', async () => {
    const answer = deferred<CaptureView | undefined>();
    const { worker } = await openPopup(viewOf('ready'), { 'draft.edited': () => answer.promise });
    const note = screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement;
    type(note, 'Called');
    type(note, 'Called back');
    expect(worker.of('draft.edited')).toEqual([{ captureId: 'capture-1', edits: { note: 'Called' } }]);
    answer.resolve({ ...ready, note: 'Called' });
    await waitFor(() => expect(worker.of('draft.edited')).toHaveLength(2));
    expect(note.value).toBe('Called back');
  });

  it('keeps what is typed under the cursor when something else changes', async () => {
    const { model } = await openPopup(viewOf('ready'), {
      'draft.edited': () => ({ ...ready, note: 'trimmed' }),
      'capture.opened': () => ({ ...ready, note: 'trimmed' }),
    });
    const note = screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement;
    type(note, 'trimmed ');
    await waitFor(() => expect(model.thread.view.value?.note).toBe('trimmed '));
    await model.changed();
    expect(note.value).toBe('trimmed ');
  });

  it('does not show an answer that is older than what was typed', async () => {
    const late = deferred<CaptureView | undefined>();
    let asked = 0;
    const { model } = await openPopup(viewOf('ready'), {
      'capture.opened': () => {
        asked += 1;
        return asked === 1 ? late.promise : { ...ready, title: 'New title' };
      },
      'draft.edited': () => ({ ...ready, title: 'New title' }),
    });
    const refreshed = model.thread.refresh();
    type(screen.getByRole('textbox', { name: 'Title' }), 'New title');
    late.resolve(ready);
    await refreshed;
    expect((screen.getByRole('textbox', { name: 'Title' }) as HTMLInputElement).value).toBe('New title');
  });

  it('leaves a message out with one tick, and its files with it', async () => {
    const { capture } = await openPopup(viewOf('ready'));
    const messages = within(screen.getByRole('list', { name: 'Messages' })).getAllByRole('checkbox');
    fireEvent.click(messages[2] as HTMLElement);
    await waitFor(() => expect(capture()?.messages[2]?.ticked).toBe(false));
    expect(within(screen.getByRole('list', { name: 'Attachments' })).getAllByRole('checkbox')).toHaveLength(1);
    expect(screen.getByText('2 of 3 messages · 1 of 2 files · 797 kB')).toBeTruthy();
  });

  it('shows decoration apart, unticked, with the reason, and warns of a program', async () => {
    const view = viewOf('ready');
    const [first, ...rest] = view.capture?.messages ?? [];
    if (!view.capture || !first) throw new Error('No message');
    const file = { mediaType: 'image/png', size: 2_000, inline: true, ticked: false };
    const attachments = [
      { ...file, id: 'logo', filename: 'mark.png', decoration: 'logo' as const },
      { ...file, id: 'again', filename: 'plan.pdf', inline: false, decoration: 'duplicate' as const },
      { ...file, id: 'program', filename: 'setup.exe', inline: false, ticked: true, risky: true },
    ];
    const { capture } = await openPopup({ ...view, capture: { ...view.capture, messages: [{ ...first, attachments }, ...rest] } });
    const list = within(screen.getByRole('list', { name: '2 files left out by themselves', hidden: true }));
    expect(list.getByText('logo or icon')).toBeTruthy();
    expect(list.getByText('same as a file before it')).toBeTruthy();
    expect(screen.getByText('Careful: it may run a program when opened')).toBeTruthy();
    fireEvent.click(list.getAllByRole('checkbox', { hidden: true })[0] as HTMLElement);
    await waitFor(() => expect(capture()?.messages[0]?.attachments.map(({ ticked }) => ticked)).toEqual([true, false, true]));
  });

  it('ticks and unticks all messages at once', async () => {
    const { capture } = await openPopup(viewOf('ready'));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Messages: all' }));
    await waitFor(() => expect(capture()?.messages.every(({ ticked }) => !ticked)).toBe(true));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Messages: all' }));
    await waitFor(() => expect(capture()?.messages.every(({ ticked }) => ticked)).toBe(true));
  });

  it('opens a message for reading', async () => {
    const { worker } = await openPopup(viewOf('ready'));
    const first = within(screen.getByRole('list', { name: 'Messages' })).getAllByRole('button')[0] as HTMLElement;
    expect(first.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(first);
    expect(await screen.findByText('The whole text.')).toBeTruthy();
    expect(worker.of('message.opened')).toEqual([{ captureId: 'capture-1', messageId: '1' }]);
  });

  it('shows the latest of a long thread, and the others on demand', async () => {
    await openPopup(viewOf('long'));
    const list = () => within(screen.getByRole('list', { name: 'Messages' })).getAllByRole('listitem');
    expect(list()).toHaveLength(6);
    fireEvent.click(screen.getByRole('button', { name: 'Show 24 older messages' }));
    expect(list()).toHaveLength(30);
  });

  it('says what is missing in plain words', async () => {
    await openPopup(viewOf('long'));
    expect(screen.getByText(/30 of 32 messages: the others could not be had\..*“Gewährleistung.pdf” is missing\./)).toBeTruthy();
  });

  it('says that a queue is gone', async () => {
    await openPopup(viewOf('gone'));
    expect(await screen.findByText('“Old queue” is no longer offered by Helpdesk: choose another.')).toBeTruthy();
  });

  it('says that a note would not be internal', async () => {
    await openPopup(viewOf('typed'));
    expect(screen.getByText(/can't keep notes internal/)).toBeTruthy();
  });

  it('takes back queue and priority when the ticket system changes', async () => {
    const { worker } = await openPopup(viewOf('several'));
    fireEvent.change(screen.getByRole('combobox', { name: 'Ticket system' }), { target: { value: 'hotline' } });
    expect(worker.of('draft.edited')[0]?.edits).toEqual({
      endpointId: 'hotline',
      queue: null,
      priority: null,
      assignee: null,
      type: null,
      tags: null,
      target: null,
    });
  });
});
