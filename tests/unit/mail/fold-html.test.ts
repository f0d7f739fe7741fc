// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { ownText } from '../../../utils/core/thread.ts';
import { renderBody } from '../../../utils/mail/render.ts';

const render = (html: string, subject = 'Re: Crack') => renderBody([{ html }], subject).shown;
/** What the markup still shows where everything folded is closed. */
function open(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const folded of body.querySelectorAll('[data-fold]')) folded.remove();
  return (body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
const wrote = 'On Mon, 3 Mar 2026 at 09:31, Ana &lt;ana@example.org&gt; wrote:';
const heading = (label: string) =>
  `<b>From:</b> Ana [mailto:ana@example.org]<br><b>Sent:</b> Monday, March 3, 2026 9:31 AM<br><b>To:</b> Ben<br><b>Subject:</b> ${label}`;

/** The shapes of mail programs, with words of ours; the author's own are always "Mine" and "Bye". */
const replies: readonly (readonly [string, string])[] = [
  [
    'Gmail',
    `<div dir="ltr">Mine<div>Bye</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${wrote}<br></div><blockquote class="gmail_quote" style="border-left:1px solid #ccc">Theirs</blockquote></div>`,
  ],
  [
    'Gmail with words of no language',
    `<div>Mine<br>Bye</div><div class="gmail_quote">Foo bar baz<br><blockquote class="gmail_quote" style="border-left:1px solid #ccc">Theirs</blockquote></div>`,
  ],
  [
    'Thunderbird',
    `<p>Mine</p><p>Bye</p><div class="moz-cite-prefix">Foo bar<br></div><blockquote type="cite" cite="mid:x@example.org"><p>Theirs</p></blockquote>`,
  ],
  ['Apple Mail', `Mine<div>Bye</div><div><br><blockquote type="cite"><div>${wrote}</div><br><div>Theirs</div></blockquote></div>`],
  [
    'Outlook for Windows',
    `<div class=WordSection1><p class=MsoNormal>Mine</p><p class=MsoNormal>Bye</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${heading('Crack')}</p></div><p class=MsoNormal>Theirs</p></div>`,
  ],
  [
    'Outlook on the web',
    `<div>Mine</div><div>Bye</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">${heading('Crack')}</font></div><div>Theirs</div>`,
  ],
  [
    'Outlook in a language of nobody',
    `<div>Mine</div><div>Bye</div><div id="x_divRplyFwdMsg"><b>Foo:</b> Ana<br><b>Bar:</b> x</div><div>Theirs</div>`,
  ],
  ['Yahoo', `<div>Mine<br>Bye</div><div class="ydp12ab34cdyahoo_quoted"><div>Foo wrote</div><div>Theirs</div></div>`],
  [
    'Proton',
    `<div>Mine</div><div>Bye</div><div class="protonmail_quote">${wrote}<br><blockquote class="protonmail_quote" type="cite"><p>Theirs</p></blockquote></div>`,
  ],
  [
    'Zimbra',
    `<div>Mine<br>Bye<br><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">${heading('Crack')}</div><div>Theirs</div></div>`,
  ],
  [
    'GMX',
    `<div>Mine<br>Bye</div><div name="quote" style="margin:10px 5px; border-left:2px solid #C3D9E5"><div>${heading('Crack')}</div><div>Theirs</div></div>`,
  ],
  [
    'Notes',
    `<font>Mine</font><br><font>Bye</font><br><br><font color="#990099">-----"Ana" &lt;<a href="mailto:ana@example.org">ana@example.org</a>&gt; wrote: -----</font><blockquote style="border-left:2px solid #000">Theirs</blockquote>`,
  ],
  ['Roundcube', `<p>Mine</p><p>Bye</p><p id="reply-intro">Foo bar</p><blockquote type="cite">Theirs</blockquote>`],
  [
    'a layout table',
    `<table><tr><td><p>Mine</p><p>Bye</p><div class="gmail_quote">Foo<blockquote type="cite">Theirs</blockquote></div></td></tr></table>`,
  ],
  ['plain text in a pre', `<pre>Mine\nBye\n\nOn 3 Mar 2026 at 09:31, Ana wrote:\n&gt; Theirs\n&gt; all</pre>`],
];

describe('a reply in HTML', () => {
  it.each(replies)('by %s keeps its own words and folds the rest, in text and markup', (_, html) => {
    const shown = render(html);
    expect(ownText(shown).split(/\n+/)).toEqual(['Mine', 'Bye']);
    expect(open(shown.html)).toMatch(/^Mine ?Bye$/);
    expect(new Set(shown.folds.map(({ kind }) => kind))).toEqual(new Set(['quote']));
  });

  it('between the lines stays in place', () => {
    const quote = (text: string) => `<blockquote class="gmail_quote" style="border-left:1px solid #ccc">${text}</blockquote>`;
    const shown = render(
      `<div class="gmail_quote"><div class="gmail_attr">${wrote}</div>${quote('A?')}<div>Yes, A.</div>${quote('B?')}<div>No.</div></div>`,
    );
    expect(ownText(shown)).toBe('Yes, A.\n\nNo.');
    expect(open(shown.html)).toBe('Yes, A.No.');
  });

  it('that indents shows what it indents', () => {
    const shown = render(
      '<div>Mine</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>Bye</div></blockquote><blockquote>Cited</blockquote>',
    );
    expect(shown.folds).toEqual([]);
    expect(shown.text).toBe('Mine\n\n    Bye\n\n> Cited');
    expect(shown.html).not.toContain('data-fold');
  });

  it.each([
    ['Gmail', 'Mine<br><br>-- <br><div class="gmail_signature"><div>Ana</div><div>Atelier</div></div>'],
    ['Thunderbird', '<p>Mine</p><pre class="moz-signature" cols="72">-- \nAna\nAtelier</pre>'],
    ['Outlook on the web', '<div>Mine</div><div id="Signature"><p>Ana</p><p>Atelier</p></div>'],
  ])('folds the signature of %s', (_, html) => {
    const shown = render(html);
    expect(ownText(shown)).toBe('Mine');
    expect(open(shown.html)).toBe('Mine');
    expect(shown.folds.map(({ kind }) => kind)).toEqual(['signature']);
  });

  it('changes nothing in the markup but the marks', () => {
    const html = `<p>Mine <b>bold</b></p>bare<br>${wrote}<br><blockquote type="cite">Theirs</blockquote>after`;
    const { body } = new DOMParser().parseFromString(render(html).html, 'text/html');
    for (const span of body.querySelectorAll('span[data-fold]')) span.replaceWith(...span.childNodes);
    for (const marked of body.querySelectorAll('[data-fold]')) marked.removeAttribute('data-fold');
    body.normalize();
    expect(body.innerHTML).toBe(`<p>Mine <b>bold</b></p>bare<br>${wrote}<br><blockquote type="cite">Theirs</blockquote>after`);
  });

  it('takes no marks from the mail itself', () => {
    expect(render('<p data-fold="quote" onclick="x()">Mine</p>').html).toBe('<p>Mine</p>');
  });

  it('tells a forward from an answer by the subject', () => {
    const html = replies[5]?.[1] ?? '';
    expect(render(html, 'Re: Crack').forwarded).toBeUndefined();
    expect(render(html, 'TR: Crack').forwarded).toMatchObject({
      from: { address: 'ana@example.org', name: 'Ana' },
      subject: 'Crack',
      text: 'Theirs',
    });
    expect(render(html, 'TR: Crack').html).toContain('data-fold="forward"');
  });

  it('reads the table above a mail that Thunderbird forwards', () => {
    const cell = (label: string, value: string) => `<tr><th align="right">${label}: </th><td>${value}</td></tr>`;
    const shown = render(
      `<p>FYI</p><div class="moz-forward-container"><br>-------- Foo --------<table class="moz-email-headers-table">${cell('Subject', 'Crack')}${cell('Date', 'Tue, 3 Mar 2026 14:54:27 +0200')}${cell('From', 'Ana &lt;ana@example.org&gt;')}${cell('To', 'Ben &lt;ben@example.org&gt;')}</table><div>Theirs</div></div>`,
      'Fwd: Crack',
    );
    expect(ownText(shown)).toBe('FYI');
    expect(shown.forwarded).toMatchObject({ from: { address: 'ana@example.org' }, sentAt: '2026-03-03T14:54:27+02:00', text: 'Theirs' });
  });
});

describe('Markdown', () => {
  it('keeps lists, tables, links, emphasis and quotes, and names images', () => {
    const { markdown } = render(
      '<h2>Order</h2><ul><li>one</li><li><b>two</b></li></ul><table><tr><th>cone</th><th>pieces</th></tr><tr><td>6</td><td>12</td></tr></table><p><a href="https://example.org/a">here</a> <img src="cid:plan.png@x" alt=""></p><blockquote type="cite">Theirs</blockquote>',
    );
    expect(markdown).toBe(
      '## Order\n\n-   one\n-   **two**\n\n| cone | pieces |\n| --- | --- |\n| 6   | 12  |\n\n[here](https://example.org/a) \\[plan.png\\]\n\n> Theirs',
    );
  });

  it('of plain text says the same letters', () => {
    const { markdown } = renderBody([{ text: '# one *two*\n1. three <b>\n\nfour_five' }], '').shown;
    expect(markdown).toBe('\\# one \\*two\\*  \n1\\. three \\<b>\n\nfour\\_five');
  });

  it('is the text where the markup is too much', () => {
    const { markdown, text } = render('<p>word</p>'.repeat(9_000));
    expect(markdown.split(/\n+/).length).toBe(9_000);
    expect(text.split(/\n+/).length).toBe(9_000);
  });
});
