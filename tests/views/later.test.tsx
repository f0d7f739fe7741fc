// @vitest-environment jsdom
import { waitFor } from '@testing-library/preact';
import { render } from 'preact';
import { expect, it } from 'vitest';
import { later } from '../../components/later.tsx';

it('is drawn also when its code comes between the first drawing and what follows that', async () => {
  const { View, preload } = later(async () => () => <p>Here</p>);
  render(<View />, document.body);
  expect(document.body.textContent).toBe('');
  await preload();
  await waitFor(() => expect(document.body.textContent).toBe('Here'));
});
