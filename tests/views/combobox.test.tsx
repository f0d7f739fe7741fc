// @vitest-environment jsdom
import { fireEvent, render, screen, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Combobox, type Option } from '../../components/Combobox.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en'));
afterEach(leave);

const options: readonly Option[] = ['Support', 'Réclamations', 'General', 'Sales'].map((label, index) => ({ id: String(index), label }));

function Queue({
  free = false,
  list = options,
  recent = 0,
  onChoose = () => {},
}: {
  free?: boolean;
  list?: readonly Option[] | undefined;
  recent?: number;
  onChoose?: (option: Option) => void;
}) {
  const [value, setValue] = useState('Support');
  return (
    <Combobox
      label="Queue"
      value={value}
      options={list}
      recent={recent}
      free={free}
      onType={setValue}
      onChoose={(option) => {
        setValue(option.label);
        onChoose(option);
      }}
    />
  );
}

const field = () => screen.getByRole('combobox', { name: 'Queue' }) as HTMLInputElement;
const press = (key: string, more = {}) => fireEvent.keyDown(field(), { key, ...more });
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const shown = () => screen.queryAllByRole('option').map((option) => option.textContent);

describe('a combobox', () => {
  it('opens by arrow key and moves through the list without moving focus', () => {
    render(<Queue />);
    field().focus();
    press('ArrowDown');
    expect(field().getAttribute('aria-expanded')).toBe('true');
    press('ArrowDown');
    const active = document.getElementById(field().getAttribute('aria-activedescendant') ?? '');
    expect(active?.textContent).toBe('Réclamations');
    expect(active?.getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(field());
  });

  it('filters without accents and takes the first hit by Enter', () => {
    const onChoose = vi.fn();
    render(<Queue onChoose={onChoose} />);
    type('recl');
    expect(shown()).toEqual(['Réclamations']);
    press('Enter');
    expect(onChoose).toHaveBeenCalledWith({ id: '1', label: 'Réclamations' });
    expect(field().value).toBe('Réclamations');
    expect(field().getAttribute('aria-expanded')).toBe('false');
  });

  it('leaves Ctrl+Enter to the form', () => {
    const onChoose = vi.fn();
    render(<Queue onChoose={onChoose} />);
    type('sal');
    press('Enter', { ctrlKey: true });
    expect(onChoose).not.toHaveBeenCalled();
  });

  it('closes by Esc, and only then lets Esc through', () => {
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    render(<Queue />);
    type('x');
    press('Escape');
    expect(heard).not.toHaveBeenCalled();
    expect(field().value).toBe('Support');
    press('Escape');
    expect(heard).toHaveBeenCalledOnce();
    document.removeEventListener('keydown', heard);
  });

  it('goes back to its value when it is left with half a word, and takes a whole one', () => {
    render(<Queue />);
    type('gene');
    fireEvent.blur(field());
    expect(field().value).toBe('Support');
    type('general');
    fireEvent.blur(field());
    expect(field().value).toBe('General');
  });

  it('takes what is typed where there is no list', () => {
    render(<Queue free={true} list={undefined} />);
    type('Anything');
    fireEvent.blur(field());
    expect(field().value).toBe('Anything');
    expect(field().getAttribute('aria-expanded')).toBe('false');
  });

  it('shows recent entries under a heading of their own', () => {
    render(<Queue recent={2} />);
    fireEvent.click(field());
    expect(within(screen.getByRole('group', { name: 'Recent' })).getAllByRole('option')).toHaveLength(2);
    expect(within(screen.getByRole('group', { name: 'All' })).getAllByRole('option')).toHaveLength(2);
  });

  it('draws a hundred of two thousand and says that there are more', () => {
    render(<Queue list={Array.from({ length: 2000 }, (_, index) => ({ id: String(index), label: `Queue ${index}` }))} />);
    fireEvent.click(field());
    expect(shown()).toHaveLength(100);
    expect(screen.getByText('1,900 more: type to narrow')).toBeTruthy();
    type('1999');
    expect(shown()).toEqual(['Queue 1999']);
  });

  it('says how many match, for those who do not see the list', () => {
    render(<Queue />);
    type('s');
    expect(screen.getByRole('status').textContent).toBe('3 entries');
  });

  it('has no barriers, open and closed', async () => {
    render(<Queue recent={1} />);
    expect(await barriers()).toEqual([]);
    fireEvent.click(field());
    press('ArrowDown');
    expect(await barriers()).toEqual([]);
  });
});
