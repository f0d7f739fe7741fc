// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelaisError } from '../../utils/core/errors.ts';
import type { CaptureView } from '../../utils/views.ts';
import { error, ready } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, deferred, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(cleanup);

const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });
const sendButton = () => screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement;

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
    expect(screen.getByText(/2 messages · 2 files/)).toBeTruthy();
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
    expect(worker.of('draft.edited')[0]?.edits).toEqual({ endpointId: 'hotline', queue: null, priority: null, assignee: null });
  });
});

describe('Send', () => {
  it('waits until everything typed is stored', async () => {
    const answer = deferred<CaptureView | undefined>();
    const { worker } = await openPopup(viewOf('ready'), { 'draft.edited': () => answer.promise });
    type(screen.getByRole('textbox', { name: 'Note' }), 'x');
    fireEvent.click(sendButton());
    await Promise.resolve();
    expect(worker.of('draft.submitted')).toHaveLength(0);
    answer.resolve({ ...ready, note: 'x' });
    await waitFor(() => expect(worker.of('draft.submitted')).toEqual([{ captureId: 'capture-1' }]));
    expect(await screen.findByText('Sending…')).toBeTruthy();
  });

  it('goes by Ctrl+Enter and by Cmd+Enter, and Esc closes', async () => {
    for (const key of [{ ctrlKey: true }, { metaKey: true }]) {
      const { worker, unmount } = await openPopup(viewOf('ready'));
      fireEvent.keyDown(screen.getByRole('textbox', { name: 'Note' }), { key: 'Enter', ...key });
      await waitFor(() => expect(worker.of('draft.submitted')).toHaveLength(1));
      unmount();
    }
    const { acts } = await openPopup(viewOf('ready'));
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(acts.close).toHaveBeenCalledOnce();
  });

  it('is not offered while messages are collected, without a title, without a ticket system', async () => {
    for (const state of ['collecting', 'preparing', 'nosystem']) {
      const { unmount, worker } = await openPopup(viewOf(state));
      expect(sendButton().disabled).toBe(true);
      fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
      expect(worker.of('draft.submitted')).toHaveLength(0);
      unmount();
    }
    await openPopup(viewOf('ready'));
    type(screen.getByRole('textbox', { name: 'Title' }), ' ');
    await waitFor(() => expect(sendButton().disabled).toBe(true));
  });

  it('says what the worker refused, and keeps the form', async () => {
    await openPopup(viewOf('ready'), {
      'draft.submitted': () => {
        throw new RelaisError('draft-incomplete', 'No queue', { field: 'queue' });
      },
    });
    fireEvent.click(sendButton());
    expect((await screen.findByRole('alert')).textContent).toContain('“Queue” is still missing');
    expect(screen.getByRole('textbox', { name: 'Title' })).toBeTruthy();
  });

  it('ends with the ticket and its link', async () => {
    await openPopup(viewOf('sent'));
    expect(screen.getByRole('heading', { name: 'In tickets: #4711' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open the ticket' }).getAttribute('rel')).toContain('noopener');
    expect(screen.getByText(/photo.tif was left out/)).toBeTruthy();
  });
});

describe('other states of the tab Thread', () => {
  it('offers to add a ticket system and keeps the thread', async () => {
    const { acts } = await openPopup(viewOf('nosystem'));
    expect(screen.getByText(/This thread and what you type are kept/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Add a ticket system' }));
    expect(acts.openOptions).toHaveBeenCalledWith('/systems/add');
  });

  it('says what to open where there is no thread', async () => {
    await openPopup(viewOf('empty'));
    expect(screen.getByRole('heading', { name: 'No thread here' })).toBeTruthy();
  });

  it('offers to let Relais into an unknown webmail, port and all', async () => {
    const { acts } = await openPopup(viewOf('unknown'));
    fireEvent.click(screen.getByRole('button', { name: 'Let Relais into this webmail' }));
    expect(acts.openOptions).toHaveBeenCalledWith('/webmails?add=https%3A%2F%2Fmail.example.org%3A8443');
  });

  it('says why a capture failed and tries again', async () => {
    const { acts } = await openPopup(viewOf('failed'));
    expect(screen.getByText(/signed you out/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(acts.retry).toHaveBeenCalledOnce();
  });

  it('keeps the note of a capture that failed', async () => {
    const failed = viewOf('failed');
    await openPopup({ ...failed, ...(failed.capture && { capture: { ...failed.capture, note: 'mine' } }) });
    expect((screen.getByRole('textbox', { name: 'Note' }) as HTMLTextAreaElement).value).toBe('mine');
  });

  it('follows the messages as they come', async () => {
    let view: CaptureView = { ...ready, status: 'collecting', received: 1, expected: 3, messages: [] };
    const { model } = await openPopup({ ...viewOf('ready'), capture: view }, { 'capture.opened': () => view });
    expect(screen.getByText('Collecting the messages: 1 of 3…')).toBeTruthy();
    view = ready;
    await model.changed();
    expect(await screen.findByRole('list', { name: 'Messages' })).toBeTruthy();
  });

  it('asks before it discards', async () => {
    const discarded = vi.fn(() => null);
    await openPopup(viewOf('ready'), { 'capture.discarded': discarded });
    fireEvent.click(screen.getByRole('button', { name: 'Discard this thread' }));
    expect(discarded).not.toHaveBeenCalled();
    fireEvent.click(
      within(screen.getByRole('group', { name: /Forget what was collected/ })).getByRole('button', { name: 'Discard this thread' }),
    );
    await waitFor(() => expect(discarded).toHaveBeenCalledOnce());
    expect(await screen.findByRole('heading', { name: 'No thread here' })).toBeTruthy();
  });

  it('says that the worker is not there', async () => {
    await openPopup(viewOf('ready'), {
      'popup.opened': () => {
        throw RelaisError.fromRecord(error('worker-unreachable'));
      },
    });
    expect(screen.getByText(/Relais did not answer/)).toBeTruthy();
  });

  it.each([
    'ready',
    'several',
    'long',
    'arabic',
    'gone',
    'typed',
    'collecting',
    'failed',
    'nosystem',
    'empty',
    'unknown',
    'sending',
    'sent',
    'waiting',
  ])('has no barriers: %s', async (state) => {
    await openPopup(viewOf(state));
    expect(await barriers()).toEqual([]);
  });
});
