// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TagsField } from '../../components/popup/TagsField.tsx';
import type { Choice } from '../../utils/core/ticket.ts';
import type { ListView, PopupView } from '../../utils/views.ts';
import { openPopup, viewOf } from './popup-support.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en', 'en-GB'));
afterEach(leave);

const tags: ListView = { choices: ['urgent', 'warranty', 'invoice'].map((label) => ({ id: label, label })), recent: 0, readAt: 1 };

function Tags({ list, hasList, seen }: { list?: ListView; hasList: boolean; seen: (readonly Choice[])[] }) {
  const [values, setValues] = useState<readonly Choice[]>([]);
  const onChange = (next: readonly Choice[]) => {
    seen.push(next);
    setValues(next);
  };
  return <TagsField values={values} hasList={hasList} list={list} onChange={onChange} />;
}

describe('the field Tags', () => {
  it('adds one after the other from the list, and takes each back', async () => {
    const seen: (readonly Choice[])[] = [];
    render(<Tags hasList={true} list={tags} seen={seen} />);
    const field = screen.getByRole('combobox', { name: 'Tags' }) as HTMLInputElement;
    for (const text of ['war', 'inv']) {
      fireEvent.input(field, { target: { value: text } });
      fireEvent.keyDown(field, { key: 'Enter' });
    }
    expect(seen.at(-1)).toEqual([
      { id: 'warranty', label: 'warranty' },
      { id: 'invoice', label: 'invoice' },
    ]);
    expect(field.value).toBe('');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['urgent']);
    expect(await barriers()).toEqual([]);
    fireEvent.click(within(screen.getByRole('list', { name: 'Tags' })).getByRole('button', { name: 'Remove: warranty' }));
    expect(seen.at(-1)).toEqual([{ id: 'invoice', label: 'invoice' }]);
  });

  it('keeps the cursor where the list that was asked for on coming here can’t be had', () => {
    const { rerender } = render(<Tags hasList={true} seen={[]} />);
    screen.getByRole('combobox', { name: 'Tags' }).focus();
    rerender(<Tags hasList={true} list={{ recent: 0, error: { code: 'offline', message: '', details: {} } }} seen={[]} />);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Tags' }));
  });

  it('is typed with commas where there is no list, or where it did not come', () => {
    const seen: (readonly Choice[])[] = [];
    render(<Tags hasList={true} list={{ recent: 0, error: { code: 'offline', message: '', details: {} } }} seen={seen} />);
    const field = screen.getByRole('textbox', { name: 'Tags' }) as HTMLInputElement;
    fireEvent.input(field, { target: { value: 'urgent, ' } });
    expect(field.value).toBe('urgent, ');
    fireEvent.input(field, { target: { value: 'urgent, on site,urgent' } });
    expect(seen.at(-1)?.map(({ id }) => id)).toEqual(['urgent', 'on site']);
    fireEvent.blur(field);
    expect(field.value).toBe('urgent, on site');
  });
});

describe('type and tags in the popup', () => {
  const taking = (fields: PopupView['endpoints'][number]['fields']): PopupView => ({
    ...viewOf('ready'),
    endpoints: viewOf('ready').endpoints.map((endpoint) => ({ ...endpoint, fields })),
  });

  it('are there where the system has them, and are kept as they are chosen', async () => {
    const { worker } = await openPopup(taking(['queue', 'type', 'tags']));
    fireEvent.input(screen.getByRole('combobox', { name: 'Type' }), { target: { value: 'Incident' } });
    fireEvent.input(screen.getByRole('textbox', { name: 'Tags' }), { target: { value: 'urgent' } });
    await waitFor(() => {
      const edits = Object.assign({}, ...worker.of('draft.edited').map((one) => one.edits));
      expect(edits).toEqual({ type: { id: 'Incident', label: 'Incident' }, tags: [{ id: 'urgent', label: 'urgent' }] });
    });
  });

  it('come from the list of the queue that is chosen', async () => {
    const view = taking(['queue', 'tags']);
    const { worker } = await openPopup({ ...view, endpoints: view.endpoints.map((one) => ({ ...one, lists: ['queues', 'tags'] })) });
    const asked = () => worker.of('list.opened').filter(({ list }) => list === 'tags');
    fireEvent.focus(screen.getByRole('combobox', { name: 'Tags' }));
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ within: { id: '3', label: 'Support' } }));
    fireEvent.click(screen.getByRole('combobox', { name: 'Queue' }));
    fireEvent.click(await screen.findByRole('option', { name: 'Atelier' }));
    fireEvent.focus(screen.getByRole('combobox', { name: 'Tags' }));
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ within: { label: 'Atelier' } }));
  });

  it('are not there where it has none, nor for a ticket that exists', async () => {
    const { unmount } = await openPopup(taking(['queue']));
    expect(screen.queryByLabelText('Tags')).toBeNull();
    unmount();
    await openPopup(taking(['type', 'tags']));
    expect(screen.getByLabelText('Tags')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Add to #…' }));
    await waitFor(() => expect(screen.queryByLabelText('Tags')).toBeNull());
    expect(screen.queryByLabelText('Type')).toBeNull();
  });
});
