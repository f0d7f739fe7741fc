import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../utils/recipes/base64.ts';
import { functions } from '../../../utils/recipes/functions.ts';

const { html, body, markdown, adf, address, heading, date, line, trunc, escape: escaped, b64, uri, slug, uuid5 } = functions;

describe('functions of expressions', () => {
  it('escape text for markup', () => {
    expect(html('<b> & "x"\r\ny')).toBe('&lt;b&gt; &amp; &quot;x&quot;<br>\ny');
  });

  it('name inline images unless the system shows them', () => {
    const article = { html: '<p>a <img alt="the > crack" src="cid:x@y"> <img src="data:,"></p>', text: '' };
    expect(body(article)).toBe('<p>a [image: the > crack] <img src="data:,"></p>');
    expect(body(article, true)).toBe(article.html);
    expect(body({ html: '', text: 'a < b' })).toBe('a &lt; b');
  });

  it('write addresses so that no name starts another', () => {
    expect(address({ address: 'a@b.c', name: 'Zoé Duval' })).toBe('Zoé Duval <a@b.c>');
    expect(address({ address: 'a@b.c', name: 'Duval, "Zoé" <x@y.z>' })).toBe('"Duval, \\"Zoé\\" <x@y.z>" <a@b.c>');
    expect(address({ address: 'a@b.c', name: '' })).toBe('a@b.c');
    expect(
      address([
        { address: 'a@b.c', name: '' },
        { address: 'd@e.f', name: 'D' },
      ]),
    ).toBe('a@b.c, D <d@e.f>');
    expect(address([])).toBeUndefined();
    expect(address({ address: 'a@b.c', name: 'A\r\nBcc: x@y.z' })).not.toMatch(/[\r\n]/);
  });

  it('head an article with what is known', () => {
    const article = { from: { address: 'a@b.c', name: '' }, to: [], cc: [], subject: 'S', sentAt: '2026-03-02T14:40:00+01:00' };
    expect(heading(article, ['from', 'to', 'date', 'subject', 'constructor'])).toBe(
      'From: a@b.c\nDate: 2026-03-02 14:40 +01:00\nSubject: S',
    );
    expect(heading({ ...article, sentAt: undefined }, 'date')).toBe('');
  });

  it('keep the time of the place it was sent from', () => {
    expect(date('2026-03-02T14:40:31.000-05:00')).toBe('2026-03-02 14:40 -05:00');
    expect(date('2026-03-02T14:40:31Z')).toBe('2026-03-02 14:40 UTC');
    expect(date('sometime')).toBe('sometime');
  });

  it('make one line of anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\u0000-\u001f\u007f\u2028]/.test(line(text) ?? '')));
    expect(line('a\r\nBcc: x\t b')).toBe('a Bcc: x b');
  });

  it('cut at whole characters', () => {
    expect(trunc('abcdef', 4)).toBe('abc…');
    expect(trunc('abcd', 4)).toBe('abcd');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, length) => (trunc(text, length) ?? '').length <= length && (trunc(text, length) ?? '').isWellFormed(),
      ),
    );
  });

  it('quote for query languages', () => {
    expect(escaped("it's \\ x", "'")).toBe("it\\'s \\\\ x");
  });

  it('encode text and bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100_000 }), (bytes) => Buffer.from(toBase64(bytes), 'base64').equals(bytes)),
      { numRuns: 30 },
    );
    expect(b64('é')).toBe('w6k=');
    expect(uri('a/b ?é\ud83c')).toBe('a%2Fb%20%3F%C3%A9%EF%BF%BD');
    expect(slug('Réclamations & devis!')).toBe('re-clamations-devis');
  });

  it('give the article’s own Markdown, or its text with nothing in it that Markdown would take for markup', () => {
    expect(markdown({ markdown: '**Hi** ![the crack](cid:x@y) [a](https://b.example)', text: 'Hi' })).toBe(
      '**Hi** \\[image: the crack\\] [a](https://b.example)',
    );
    expect(markdown({ markdown: ' ', text: '# 5 * 3\r\n- <b>_x_' })).toBe('\\# 5 \\* 3  \n\\- \\<b\\>\\_x\\_');
    expect(markdown('1. a\n    code\n12) b')).toBe('1\\. a  \n\u00a0\u00a0\u00a0\u00a0code  \n12\\) b');
    expect(markdown({ markdown: 'a\n  /close @team a@b.example <@x>', text: '' })).toBe('a\n  \\/close @\u200bteam a@b.example <@\u200bx>');
    expect(markdown('/close @team')).toBe('\\/close @\u200bteam');
    const start = performance.now();
    markdown({ markdown: '![](cid:'.repeat(100_000), text: '' });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('write a text in the format of Atlassian, without the empty nodes that it refuses', () => {
    const text = (value: string) => ({ type: 'text', text: value });
    expect(adf('\n\na\r\nb\n \n\nc\n')).toEqual({
      type: 'doc',
      version: 1,
      content: [
        { type: 'paragraph', content: [text('a'), { type: 'hardBreak' }, text('b')] },
        { type: 'paragraph', content: [text('c')] },
      ],
    });
    expect(adf('')).toEqual({ type: 'doc', version: 1, content: [] });
  });

  it('make the UUID of a name, as the standard’s own example says', async () => {
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(await uuid5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(await uuid5('no uuid', 'x')).toBeUndefined();
  });

  it('give nothing for what they can not take', () => {
    for (const call of [html, body, markdown, adf, address, date, line, b64, uri, slug]) expect(call(42)).toBeUndefined();
  });
});
