import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { skeletonOf } from '../../../utils/page/skeleton.ts';

const of = (html: string, known: readonly string[] = []) => skeletonOf(new JSDOM(html).window.document, known);

describe('skeletonOf', () => {
  it('keeps tags, ids, classes and roles, and none of the words', () => {
    const skeleton = of(`<title>Secret</title><body data-user="ana@client.example"><div id="reading-pane" class="nH g9 iY" role="main">
      <h2 title="Secret">Secret <b>words</b></h2><a href="https://secret.example/x">here</a></div></body>`);
    expect(skeleton.split('\n').slice(3)).toEqual([
      ' <body data-user>',
      '  <div id="reading-pane" class="nH g9 iY" role="main">',
      '   <h2 title> …',
      '    <b> …',
      '   <a href> …',
    ]);
    expect(skeleton).not.toMatch(/secret|client|ana/i);
  });

  it('keeps of an id only what can be no name: words of the adapter, short words without capitals', () => {
    const known = ['[id^="MSG_"][id$="_FROM"]', '[data-testid^="recipients:item-"]'];
    expect(of('<p id="MSG_AAMk+1/a=_FROM"></p>', known)).toContain('<p id="MSG_…_FROM">');
    expect(of('<p data-testid="recipients:item-ana.keller@client.example"></p>', known)).toContain(
      '<p data-testid="recipients:item-….….…">',
    );
    expect(of('<p data-testid="attachment:flame"></p>', known)).toContain('<p data-testid="…:…">');
    expect(of('<p id="row-4711"></p>')).toContain('<p id="row-…">');
    expect(of('<p class="thread-18f000001"></p>')).not.toContain('18f');
  });

  it('shows a long list by its first rows, and ends on a page without end', () => {
    const rows = Array.from({ length: 50 }, (_, index) => `<li id="n${index}">Row</li>`).join('');
    expect(of(`<ul>${rows}</ul>`).match(/<li/g)).toHaveLength(3);
    expect(of(`<ul>${rows}</ul>`)).toContain('× 47 more');
    expect(of('<div>'.repeat(200)).match(/<div/g)?.length).toBeLessThan(62);
    const many = of('<b></b><i></i>'.repeat(2_500));
    expect(many.split('\n').length).toBeLessThan(4_010);
    expect(many).toContain('× and more');
  });

  it('leaves scripts and styles out', () => {
    expect(of('<script>secret()</script><style>.secret{}</style><p>x</p>')).not.toMatch(/script|style|secret/);
  });
});
