// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepTypedAhead } from '../../utils/ui/typed-ahead.ts';
import type { CaptureView, PopupView } from '../../utils/views.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const close = vi.fn();
beforeEach(() => {
  close.mockClear();
  keepTypedAhead(document, close);
});
afterEach(() => fireEvent.pointerDown(document.body));

const { capture: ready, ...none } = viewOf('ready');

const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const type = (text: string) => [...text].map((letter) => press(letter));
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });

/** The popup's own script comes now; `become` is its capture as the worker has it later. */
async function openedWith(view: PopupView) {
  let { capture } = view;
  const { capture: _, ...none } = view;
  const opened = await openPopup(view, {
    'popup.opened': () => ({ ...none, ...(capture && { capture }) }),
    'capture.opened': () => capture,
  });
  const become = (next: CaptureView | undefined) =>
    act(() => {
      capture = next;
      return opened.model.changed();
    });
  return { ...opened, become, sent: () => opened.worker.of('draft.submitted').length };
}

describe('keys pressed before the popup is there', () => {
  it('close it with Esc, at once', () => {
    press('Escape');
    expect(close).toHaveBeenCalledOnce();
  });

  it('are in the note, as they were typed and mended', async () => {
    type('Cakk');
    for (let times = 0; times < 2; times += 1) press('Backspace');
    type('ll back ');
    press('Shift');
    press('@', { ctrlKey: true, altKey: true, modifierAltGraph: true });
    press('Enter');
    type('9');
    const { worker } = await openedWith(viewOf('ready'));
    expect(document.activeElement).toBe(note());
    expect(note().value).toBe('Call back @\n9');
    await vi.waitFor(() => expect(worker.of('draft.edited').at(-1)?.edits).toEqual({ note: 'Call back @\n9' }));
    press('x');
    expect(note().value).toBe('Call back @\n9');
  });

  it('wait for a thread that is found late, and follow what stands in the note', async () => {
    type(' again');
    const { become } = await openedWith(none);
    type('!');
    await become(ready && { ...ready, note: 'Call' });
    expect(note().value).toBe('Call again!');
  });

  it('send it with Ctrl+Enter, once it is read', async () => {
    type('Call');
    press('Enter', { ctrlKey: true });
    const { become, sent } = await openedWith(viewOf('collecting'));
    expect(note().value).toBe('Call');
    expect(sent()).toBe(0);
    expect(screen.getByText('Sends as soon as everything is read.')).toBeTruthy();
    await become(ready && { ...ready, note: 'Call' });
    await vi.waitFor(() => expect(sent()).toBe(1));
  });

  it('send nothing that can not be read', async () => {
    press('Enter', { metaKey: true });
    const { become, sent } = await openedWith(viewOf('collecting'));
    await become(ready && { ...ready, status: 'failed' });
    expect(screen.getByRole('button', { name: 'Send' }).getAttribute('aria-busy')).toBe('false');
    expect(sent()).toBe(0);
  });

  it('are forgotten where the person goes on with something else', async () => {
    type('Call');
    press('Tab');
    const { become } = await openedWith(none);
    await become(ready);
    expect(note().value).toBe('');
  });

  it('press the button that they are on, where they do, and are no text then', async () => {
    const { become } = await openedWith(none);
    screen.getByRole('tab', { name: 'Thread' }).focus();
    press(' ');
    type('a');
    await become(ready);
    expect(note().value).toBe('a');
  });
});
