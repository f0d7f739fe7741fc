// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { preview } from '../../components/popup/ThreadPanel.tsx';
import type { CaptureView } from '../../utils/views.ts';
import { ready } from '../support/preview/samples.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeAll(() => {
  vi.stubGlobal('scrollTo', () => {});
  return preview.preload();
});
beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

async function openPreview(change: Partial<CaptureView> = {}) {
  const opened = await openPopup({ ...viewOf('ready'), capture: { ...ready, ...change } });
  await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Preview' })));
  return opened;
}
const facts = () =>
  Object.fromEntries(screen.getAllByRole('term').map((term) => [term.textContent, term.parentElement?.querySelector('dd')?.textContent]));
const articles = () =>
  within(screen.getByRole('list', { name: 'Messages' }))
    .getAllByRole('listitem')
    .filter((item) => item.matches('.row'));

describe('the preview', () => {
  it('says what the ticket will be, and has no barriers', async () => {
    await openPreview({ note: 'Called them.', tags: [{ id: 'a', label: 'urgent' }] });
    expect(screen.getByRole('heading', { name: 'What arrives in Helpdesk' })).toBe(document.activeElement);
    expect(facts()).toEqual({
      Title: 'Devis pour la vitrine',
      Requester: 'Nadège Étienne-Lefèbvre <client@atelier.example.org>',
      Queue: 'Support',
      Priority: 'Medium',
      Tags: 'urgent',
    });
    expect(screen.getByText('Called them.')).toBeTruthy();
    expect(screen.getByText('Internal: the client never sees it.')).toBeTruthy();
    expect(await barriers()).toEqual([]);
  });

  it('shows each message that goes with its whole text and its files, and no other', async () => {
    const [first, second, third] = ready.messages;
    if (!first || !second || !third) throw new Error('The sample has three messages');
    const without = { ...third, attachments: third.attachments.map((file) => ({ ...file, ticked: false })) };
    const { worker } = await openPreview({ messages: [first, { ...second, ticked: false }, without] });
    await waitFor(() => expect(worker.of('message.opened').map(({ messageId }) => messageId)).toEqual([first.id, third.id]));
    await waitFor(() => expect(screen.getAllByText('The whole text.')).toHaveLength(2));
    const shown = articles().map(({ textContent }) => textContent);
    expect(shown).toHaveLength(2);
    expect(shown[0]).toContain('devis-vitrine-2026.pdf');
    expect(shown[0]).toContain('its original (.eml)');
    expect(shown[1]).not.toContain('plan de coupe');
  });

  it('of an addition names the ticket, and only what is new', async () => {
    await openPopup(viewOf('grown'));
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Preview' })));
    expect(facts()).toEqual({ Ticket: '#4711' });
    expect(articles()).toHaveLength(2);
  });

  it('leads back with Esc to the button that opened it, and closes nothing', async () => {
    const { acts } = await openPreview();
    fireEvent.keyDown(screen.getByRole('heading', { name: /What arrives/ }), { key: 'Escape' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Preview' })));
    expect(acts.close).not.toHaveBeenCalled();
    expect(screen.getByRole('textbox', { name: 'Title' })).toBeTruthy();
  });

  it('sends from where it is', async () => {
    const { worker } = await openPreview();
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(worker.of('draft.submitted')).toEqual([{ captureId: 'capture-1' }]));
  });

  it('waits until the thread is read, and until there is a system', async () => {
    const { unmount } = await openPopup(viewOf('collecting'));
    expect(screen.queryByRole('button', { name: 'Preview' })).toBeNull();
    unmount();
    await openPopup(viewOf('nosystem'));
    expect(screen.queryByRole('button', { name: 'Preview' })).toBeNull();
  });
});
