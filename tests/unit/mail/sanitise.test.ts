// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { picturesIn } from '../../../utils/mail/pictures.ts';
import { sanitise } from '../../../utils/mail/sanitise.ts';
import { safeStyle } from '../../../utils/mail/style.ts';
import { attacks } from '../../fixtures/mail/attacks.ts';

/** Elements that a mail needs; anything else in the result is a finding. */
const elements = new Set(
  'A ABBR B BDI BDO BLOCKQUOTE BR CODE DEL DIV EM FONT H1 H2 H3 HR I IMG INS LI OL P PRE S SMALL SPAN STRONG SUB SUP TABLE TBODY TD TH THEAD TR U UL'.split(
    ' ',
  ),
);
const attributes = new Set(
  'align alt bgcolor border cellpadding cellspacing color colspan dir face height href rel rowspan size src start style target title width'.split(
    ' ',
  ),
);

/** What in the parsed result could run, ask somebody or reach out; read from the DOM that a browser would build. */
function findings(html: string): string[] {
  const found: string[] = [];
  const document = new DOMParser().parseFromString(html, 'text/html');
  if (document.head.childNodes.length > 0) found.push('something in the head');
  for (const element of document.querySelectorAll('*')) {
    const isFrame = [document.documentElement, document.head, document.body].some((part) => part === element);
    if (!isFrame && (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !elements.has(element.tagName)))
      found.push(`<${element.tagName}>`);
    for (const { name, value } of element.attributes) {
      // `is` can't be taken from an element; emptied it means nothing.
      if (!attributes.has(name) && !(name === 'is' && value === '')) found.push(`${element.tagName} ${name}`);
      if (name === 'src' && !/^(?:cid:|data:image\/(?:png|jpeg|gif|webp);base64,)/.test(value)) found.push(`src ${value}`);
      if (name === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/.test(value)) found.push(`href ${value}`);
      if (name === 'href' && !/\bnoopener\b/.test(element.getAttribute('rel') ?? '')) found.push('link without noopener');
      if (name === 'target' && value !== '_blank') found.push(`target ${value}`);
      if (name === 'style' && /url|image|expression|position|var|[\\@/]|-\d|vw|vh|attacker/i.test(value)) found.push(`style ${value}`);
      if (name !== 'href' && name !== 'title' && name !== 'alt' && /attacker|__ran/.test(value)) found.push(`${name} ${value}`);
    }
  }
  const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  if (comments.nextNode()) found.push('a comment');
  return found;
}

describe('sanitising', () => {
  it('has a list of at least 100 attacks, each with a name of its own', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(100);
    expect(new Set(attacks.map((attack) => attack.name)).size).toBe(attacks.length);
  });

  it.each(attacks.map(({ name, html }) => [name, html]))('disarms: %s', (_, html) => {
    const safe = sanitise(html);
    expect(findings(safe)).toEqual([]);
    // Read again by another parser's rules it must not change its mind.
    expect(sanitise(safe)).toBe(safe);
  });

  it('sees an attack that is let through', () => {
    expect(attacks.filter(({ html }) => findings(html).length === 0).map((attack) => attack.name)).toEqual([]);
  });

  it('keeps the words around what it takes out', () => {
    const lost = attacks.filter(
      ({ html }) =>
        html.includes('Kept words') &&
        !new DOMParser().parseFromString(sanitise(html), 'text/html').body.textContent?.includes('Kept words'),
    );
    expect(lost.map((attack) => attack.name)).toEqual([]);
  });

  it('keeps what a mail is made of', () => {
    const mail =
      '<h1>Title</h1><p dir="rtl" style="color: #c00; font-weight: bold">Words <b>and</b> <a href="https://example.org/a?b=1&amp;c=2">more</a></p><ul><li>one</li></ul>' +
      '<table border="1" cellpadding="2"><tbody><tr><td colspan="2" bgcolor="#eee" align="center">cell</td></tr></tbody></table><blockquote>quoted</blockquote><img src="cid:a@b" width="20" alt="x">';
    expect(sanitise(mail)).toBe(mail.replace('c=2">', 'c=2" rel="noopener noreferrer" target="_blank">'));
  });

  it('keeps links to a mailbox and a telephone', () => {
    const html = sanitise(
      '<a href="mailto:desk@example.org?subject=A%20b">m</a><a href="tel:+33100000000">t</a><a href=" https://example.org/a b ">w</a>',
    );
    expect([...new DOMParser().parseFromString(html, 'text/html').links].map((link) => link.getAttribute('href'))).toEqual([
      'mailto:desk@example.org?subject=A%20b',
      'tel:+33100000000',
      'https://example.org/a%20b',
    ]);
  });

  it('puts the alternative text where a remote image was', () => {
    expect(sanitise('<p>Before <img src="https://example.org/x.png" alt="the <b>crack</b>"> after</p>')).toBe(
      '<p>Before the &lt;b&gt;crack&lt;/b&gt; after</p>',
    );
  });

  it('keeps pixels that travel in the mail itself', () => {
    const image = '<img src="data:image/png;base64,iVBORw0KGgo=">';
    expect(sanitise(image)).toBe(image);
  });

  it('reads Content-IDs as RFC 2392 writes them', () => {
    const html = sanitise('<img src="cid:a%40example.org"><img src="CID:<b@example.org>"><img src="cid:100%">');
    expect(new Set(picturesIn(html).keys())).toEqual(new Set(['a@example.org', 'b@example.org', '100%']));
  });
});

describe('a style attribute', () => {
  it('keeps what changes only how the words look', () => {
    expect(
      safeStyle(
        'color: red !important; font: 12px x; FONT-SIZE:11.0pt;border:1px solid rgb(204,204,204);font-family:"Segoe UI",sans-serif',
      ),
    ).toBe('color: red; font-size: 11.0pt; border: 1px solid rgb(204,204,204); font-family: "Segoe UI",sans-serif');
  });

  it.each([
    'position: fixed',
    'margin: -5px',
    'margin-left:1px -2em',
    'width: 100vw',
    'width: 99999px',
    'color: url(x)',
    'width: calc(1px)',
    'color: r\\65 d',
    'color: red/**/',
    'font-family: "x',
    'display: contents',
    'mso-x: 1',
  ])('leaves out %s', (style) => {
    expect(safeStyle(style)).toBe('');
  });
});
