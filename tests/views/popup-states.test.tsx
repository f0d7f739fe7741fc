// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelaisError } from '../../utils/core/errors.ts';
import type { CaptureView } from '../../utils/views.ts';
import { error, ready } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, deferred, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });
const sendButton = () => screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement;

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
