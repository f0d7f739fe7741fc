import { expect, it } from 'vitest';
import { together } from '../../../utils/worker/handed-over.ts';

const chosen = { note: 'I am away until Monday.', queue: { id: '1', label: 'Support' } };

it('keeps the note that was typed about a thread, and the one for all of them', () => {
  expect(together({ note: 'Call first.', queue: { id: '2', label: 'Sales' } }, chosen)).toEqual({
    ...chosen,
    note: 'Call first.\n\nI am away until Monday.',
  });
  expect(together({}, chosen)).toEqual(chosen);
  expect(together({ note: 'Call first.' }, {})).toEqual({ note: 'Call first.' });
  expect(together({}, {})).toEqual({});
});

it('says the note once for a thread that failed in the middle and is read again', () => {
  const first = together({ note: 'Call first.' }, chosen);
  expect(together(together(first, chosen), chosen)).toEqual(first);
});
