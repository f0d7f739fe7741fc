// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PopupView } from '../../utils/views.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const press = (name: string) => act(() => void fireEvent.click(screen.getByRole('button', { name })));

describe('a ticket system that takes mail only', () => {
  it('gets its draft opened by Send, once the worker says that it goes by mail', async () => {
    const ready = viewOf('ready');
    let current: PopupView = ready;
    const { model, away } = await openPopup(ready, {
      'capture.opened': () => current.capture,
      'popup.opened': () => current,
      'draft.submitted': () => {
        current = viewOf('waiting');
        return { deliveryId: 'd' };
      },
    });
    await press('Send');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Send' })).toBeNull());
    expect(away.mail).not.toHaveBeenCalled();
    current = viewOf('mail');
    await act(() => model.changed());
    expect(await screen.findByRole('heading', { name: 'Send it by mail' })).toBeTruthy();
    expect(away.mail).toHaveBeenCalledTimes(1);
    await act(() => model.changed());
    expect(away.mail).toHaveBeenCalledTimes(1);
  });

  it('opens none by itself when the popup is opened again, and waits for the person’s word', async () => {
    const { worker, away } = await openPopup(viewOf('mail'), { 'delivery.mailed': () => null });
    expect(away.mail).not.toHaveBeenCalled();
    expect(await barriers()).toEqual([]);
    await press('Open a mail draft');
    await waitFor(() => expect(away.mail).toHaveBeenCalledTimes(1));
    await press('Save as a mail file');
    await waitFor(() => expect(away.mailFile).toHaveBeenCalledTimes(1));
    expect(worker.of('delivery.mailed')).toEqual([]);
    await press('I have sent it');
    await waitFor(() => expect(worker.of('delivery.mailed')).toEqual([{ id: 'capture-1' }]));
  });

  it('is offered no ticket to add to, unless one was chosen before', async () => {
    const { endpoints, ...ready } = viewOf('ready');
    const silent = { ...ready, endpoints: endpoints.map((endpoint) => ({ ...endpoint, appends: false as const })) };
    await openPopup(silent);
    expect(screen.getByRole('textbox', { name: 'Title' })).toBeTruthy();
    expect(screen.queryByRole('radio')).toBeNull();
    cleanup();
    await openPopup({ ...silent, capture: viewOf('append').capture } as PopupView);
    expect(screen.getByRole('radio', { name: 'New ticket' })).toBeTruthy();
  });

  it('is told as sent by mail, with no ticket claimed', async () => {
    await openPopup(viewOf('mailed'));
    expect(screen.getByRole('heading', { name: 'Sent by mail to support@desk.example.org' })).toBeTruthy();
    expect(document.body.textContent).not.toContain('In tickets');
  });
});
