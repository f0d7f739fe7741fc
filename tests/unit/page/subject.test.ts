import { expect, it } from 'vitest';
import { searchWords } from '../../../utils/page/subject.ts';

it.each([
  ['Re: AW: Fwd[2]: Crack in the shelf', 'Crack in the shelf'],
  ['回复：RE：报价', '报价'],
  ['Re: Größe der Öfen', 'Größe der Öfen'],
  ['Invoice: paid', 'Invoice: paid'],
  ['Hostile & "quoted" alert(1) subject', 'alert(1) subject'],
  ['back\\slash', 'slash'],
  ['Re:', 'Re:'],
  ['Re: A', 'Re: A'],
  ['  ', ''],
  ['', ''],
])('searches for the words that a whole thread has: %s', (subject, words) => {
  expect(searchWords(subject)).toBe(words);
});
