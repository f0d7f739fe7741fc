// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { unflow } from '../../../utils/mail/plain.ts';
import { sanitise } from '../../../utils/mail/sanitise.ts';
import { textOf } from '../../../utils/mail/text.ts';

const read = (html: string) => textOf(sanitise(html));

describe('text of HTML', () => {
  it.each([
    ['paragraphs', '<p>One\n two</p><p>Three</p>', 'One two\n\nThree'],
    ['lines', 'One<br>Two<div>Three</div><div>Four</div>', 'One\nTwo\nThree\nFour'],
    ['empty lines as mail programs write them', '<div>One</div><div><br></div><div>Two</div>', 'One\n\nTwo'],
    ['blanks between words', '<b>One</b> <i>two</i>\n<u>three</u>,<span> four</span>', 'One two three, four'],
    [
      'lists',
      '<p>Take</p><ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul><ol start="3"><li>three</li><li><p>four</p><p>more</p></li></ol>',
      'Take\n\n- one\n- two\n  - inner\n\n3. three\n\n4. four\n\n   more',
    ],
    [
      'quotes',
      '<p>Mine</p><blockquote>Theirs<br>again<blockquote>Before</blockquote></blockquote>',
      'Mine\n\n> Theirs\n> again\n>\n> > Before',
    ],
    ['paragraphs in quotes', '<p>Mine</p><blockquote><p>a</p><p>b</p></blockquote><p>After</p>', 'Mine\n\n> a\n>\n> b\n\nAfter'],
    ['a table of words', '<table><tr><th>cone</th><th>pieces</th></tr><tr><td>6</td><td>12</td></tr></table>', 'cone | pieces\n6 | 12'],
    [
      'a table that arranges a page',
      '<table><tr><td><table><tr><td><p>Left</p><p>below</p></td></tr></table></td><td>Right</td></tr></table>',
      'Left\n\nbelow\n\nRight',
    ],
    [
      'links',
      '<a href="https://example.org/a">here</a>, <a href="https://www.example.org/">example.org</a>, <a href="mailto:a@example.org">a@example.org</a>, <a href="mailto:a@example.org">Desk</a>',
      'here <https://example.org/a>, example.org, a@example.org, Desk <a@example.org>',
    ],
    ['images', '<p>See <img src="cid:a@b" alt="the crack"> and <img src="cid:c@d"></p>', 'See [the crack] and [cid:c@d]'],
    ['preformatted words', '<pre>a\n  b\n\nc</pre>', 'a\n  b\n\nc'],
    ['a rule', 'One<hr>Two', 'One\n---\nTwo'],
    ['what is hidden', 'One<div style="display:none">preheader</div>', 'One'],
    ['no-break spaces', '<p>30\u00a0€</p><p>\u00a0</p><p>x</p>', '30\u00a0€\n\nx'],
    ['right to left', '<p dir="rtl">مرحبا <b>كاميل</b></p>', 'مرحبا كاميل'],
    ['nothing', '<p></p><div> </div>', ''],
  ])('keeps %s', (_, html, expected) => {
    expect(read(html)).toBe(expected);
  });

  it('loses no word, however deep it stands', () => {
    expect(read(`${'<div>'.repeat(400)}deep <b>words</b>${'</div>'.repeat(400)}`)).toContain('deep words');
  });
});

describe('flowed text', () => {
  it('is joined, quotes by their depth, the signature mark alone', () => {
    expect(unflow('One \ntwo\n> q \n> r\n>> s\n-- \nName', false)).toBe('One two\n> q r\n>> s\n-- \nName');
  });

  it('gives back stuffed blanks and takes away the joining ones', () => {
    expect(unflow(' >not a quote\n  indented', false)).toBe('>not a quote\n indented');
    expect(unflow('long-wo \nrd', true)).toBe('long-word');
  });
});
