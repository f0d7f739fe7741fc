// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureView } from '../../utils/views.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const { capture, ...none } = viewOf('ready');
const note = () => screen.getByRole('textbox', { name: 'Note' });

/** The popup of a tab whose thread is found only later. */
async function opened() {
  let found: CaptureView | undefined;
  const { model } = await openPopup(none, { 'popup.opened': () => ({ ...none, ...(found && { capture: found }) }) });
  return {
    find: () =>
      act(() => {
        found = capture;
        return model.changed();
      }),
  };
}

describe('the cursor', () => {
  it('stands in the note of a thread that was found after the popup had opened', async () => {
    const { find } = await opened();
    expect(document.activeElement).toBe(document.body);
    await find();
    expect(document.activeElement).toBe(note());
  });

  it('goes on to the note when the browser gives the popup its first control late', async () => {
    await openPopup(viewOf('ready'));
    screen.getByRole('tab', { name: 'Thread' }).focus();
    expect(document.activeElement).toBe(note());
  });

  it('stays where a person put it', async () => {
    const { find } = await opened();
    const settings = screen.getByRole('button', { name: 'Settings' });
    settings.focus();
    await find();
    expect(document.activeElement).toBe(settings);
    fireEvent.keyDown(settings, { key: 'Tab' });
    screen.getByRole('tab', { name: 'Thread' }).focus();
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Thread' }));
  });
});
