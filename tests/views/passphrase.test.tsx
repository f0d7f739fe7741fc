// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelaisError } from '../../utils/core/errors.ts';
import { settings, unmanaged } from '../support/preview/samples.ts';
import { openOptions } from './options-support.tsx';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const opened = (vault: 'open' | 'locked', managed = {}) => ({
  'settings.opened': () => ({ settings, secrets: {}, managed: { ...unmanaged, ...managed }, vault }),
  'secrets.locked': () => null,
  'passphrase.forgotten': () => null,
});
const refusing = () => Promise.reject(new RelaisError('wrong-passphrase', ''));

describe('the passphrase in the options', () => {
  it('is set only when it is long enough and typed twice alike', async () => {
    const { worker } = await openOptions('#/privacy', { answers: { 'passphrase.changed': () => null } });
    type('New passphrase', 'short');
    press('Set passphrase');
    type('New passphrase', 'correct horse');
    type('The new one again', 'correct hose');
    press('Set passphrase');
    expect(await screen.findByText('The two are not the same.')).toBeTruthy();
    expect(worker.of('passphrase.changed')).toEqual([]);
    type('The new one again', 'correct horse');
    press('Set passphrase');
    await waitFor(() => expect(worker.of('passphrase.changed')).toEqual([{ current: '', next: 'correct horse' }]));
    await waitFor(() => expect((screen.getByLabelText('New passphrase') as HTMLInputElement).value).toBe(''));
    expect(await barriers()).toEqual([]);
  });

  it('takes both fields from a password manager, which fills them in one go', async () => {
    const { worker } = await openOptions('#/privacy', { answers: { 'passphrase.changed': () => null } });
    act(() => {
      for (const name of ['New passphrase', 'The new one again']) {
        const field = screen.getByLabelText<HTMLInputElement>(name);
        field.value = 'correct horse';
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    });
    press('Set passphrase');
    await waitFor(() => expect(worker.of('passphrase.changed')).toEqual([{ current: '', next: 'correct horse' }]));
  });

  it('says at the field when the current one is wrong, and can be taken away or locked', async () => {
    const { worker } = await openOptions('#/privacy', { answers: { ...opened('open'), 'passphrase.changed': refusing } });
    type('Current passphrase', 'wrong one');
    press('Remove passphrase');
    expect(await screen.findByText('This is not the passphrase. Try again.')).toBeTruthy();
    expect(worker.of('passphrase.changed')).toEqual([{ current: 'wrong one', next: '' }]);
    press('Lock now');
    await waitFor(() => expect(worker.of('secrets.locked')).toHaveLength(1));
  });

  it('can not be taken away where the administrator wants it', async () => {
    await openOptions('#/privacy', { answers: opened('open', { requirePassphrase: true }) });
    expect(screen.getByRole('button', { name: 'Change passphrase' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove passphrase' })).toBeNull();
  });

  it('is asked for on every page while it is locked, and can be forgotten after a question', async () => {
    const { worker } = await openOptions('#/privacy', { answers: { ...opened('locked'), 'secrets.unlocked': refusing } });
    expect(screen.queryByLabelText('New passphrase')).toBeNull();
    type('Passphrase', 'wrong one');
    press('Unlock');
    expect(await screen.findByText('This is not the passphrase. Try again.')).toBeTruthy();
    press('Forget all credentials');
    expect(worker.of('passphrase.forgotten')).toEqual([]);
    press('Forget all credentials');
    await waitFor(() => expect(worker.of('passphrase.forgotten')).toHaveLength(1));
    expect(await barriers()).toEqual([]);
  });
});

it('is asked for in the popup, and only while it is locked', async () => {
  const view = viewOf('ready');
  const { worker, unmount } = await openPopup({ ...view, isLocked: true }, { 'secrets.unlocked': () => null });
  fireEvent.input(await screen.findByLabelText('Passphrase'), { target: { value: 'correct horse' } });
  press('Unlock');
  await waitFor(() => expect(worker.of('secrets.unlocked')).toEqual([{ passphrase: 'correct horse' }]));
  expect(await barriers()).toEqual([]);
  unmount();
  await openPopup(view);
  expect(screen.queryByLabelText('Passphrase')).toBeNull();
});
