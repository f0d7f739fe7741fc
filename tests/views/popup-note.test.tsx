// @vitest-environment jsdom
import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PopupView } from '../../utils/views.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

/** The popup over a system that takes no notes. */
function withoutNotes(note: string): PopupView {
  const view = viewOf('ready');
  if (view.capture === undefined) throw new Error('No capture');
  const endpoints = view.endpoints.map((endpoint) => ({ ...endpoint, internalNotes: false, takesNotes: false as const }));
  return { ...view, endpoints, capture: { ...view.capture, note } };
}

describe('a system that takes no notes', () => {
  it('has no field for one', async () => {
    await openPopup(withoutNotes(''));
    expect(await screen.findByRole('textbox', { name: 'Title' })).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Note' })).toBeNull();
  });

  it('keeps what was typed before, and says that it is not sent', async () => {
    await openPopup(withoutNotes('Call back'));
    expect(await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })).toHaveProperty('value', 'Call back');
    expect(screen.getByText(/takes no notes: nothing typed here is sent/)).toBeTruthy();
  });
});
