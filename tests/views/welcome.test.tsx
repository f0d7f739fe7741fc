// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Welcome } from '../../components/Welcome.tsx';
import { barriers, leave, speak } from './support.ts';

beforeEach(() => speak('en'));
afterEach(leave);

it('leads through three steps and marks the ones that are done', async () => {
  const onSystem = vi.fn();
  const { rerender } = render(<Welcome hasSystem={false} hasWebmail={false} onSystem={onSystem} onWebmail={() => {}} />);
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
  expect(screen.queryByText('Done')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Add a ticket system' }));
  expect(onSystem).toHaveBeenCalledOnce();
  rerender(<Welcome hasSystem={true} hasWebmail={false} onSystem={onSystem} onWebmail={() => {}} />);
  expect(screen.getAllByText('Done')).toHaveLength(1);
  expect(await barriers()).toEqual([]);
});
