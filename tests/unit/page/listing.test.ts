import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { unknownPage } from '../../../utils/page/selected.ts';
import type { PageContext } from '../../../utils/webmail/adapter.ts';
import { reader as generic } from '../../../utils/webmail/generic.ts';
import { reader as roundcube } from '../../../utils/webmail/roundcube.ts';

function contextOf(html: string, address: string): PageContext {
  const { document } = new JSDOM(html, { url: address }).window;
  const fetch = () => Promise.reject(new Error('nothing to ask'));
  return { document, url: new URL(address), page: unknownPage, signal: new AbortController().signal, fetch };
}

/** As elastic draws a row; larry and classic have the same parts in other cells. */
const row = (href: string, state = '') => `<tr class="message ${state}"><td class="subject">
  <span class="fromto"><span class="adr"><span title="ana@client.example" class="rcmContactAddress">Ana &amp; Co</span></span></span>
  <span class="date">2026-03-11 16:05</span><span class="subject"><a href="${href}"><span>Devis  n° 7</span></a></span></td></tr>`;

describe("Roundcube's list", () => {
  const list = (rows: string) =>
    contextOf(`<table id="messagelist"><tbody>${rows}</tbody></table>`, 'https://mail.example.org/rc/?_task=mail');

  it('names each message by folder and number, and says which ones are picked', () => {
    const rows = roundcube.list?.(
      list(row('?_task=mail&_mbox=INBOX&_uid=7&_action=show', 'selected') + row('?_task=mail&_mbox=A%2FB&_uid=9&_action=show')),
    );
    expect(rows).toEqual([
      {
        message: {
          id: 'INBOX/7',
          at: { mailbox: 'INBOX', uid: '7' },
          href: 'https://mail.example.org/rc/?_task=mail&_mbox=INBOX&_uid=7&_action=show',
        },
        subject: 'Devis n° 7',
        from: 'Ana & Co <ana@client.example>',
        when: '2026-03-11 16:05',
        isTicked: true,
      },
      expect.objectContaining({ message: expect.objectContaining({ id: 'A/B/9' }), isTicked: false }),
    ]);
  });

  it('takes the folder of a search over several from the number', () => {
    const [found] = roundcube.list?.(list(row('?_mbox=INBOX&_uid=12-Sent&_search=1'))) ?? [];
    expect(found?.message.id).toBe('Sent/12');
  });

  it('is not there on a page without one, and leaves out rows that name nothing', () => {
    expect(roundcube.list?.(contextOf('<p>Compose</p>', 'https://mail.example.org/'))).toBeUndefined();
    expect(roundcube.list?.(list(row('#')))).toEqual([]);
  });
});

describe('a list on any page', () => {
  const here = 'https://archive.example.org/list';
  const html = `<ul><li><input type="checkbox" checked><a href="/thread/1"><span class="from" title="ana@client.example">Ana</span><span class="subject">One</span></a></li>
    <li><input type="checkbox"><a href="/thread/2#m3">Two</a></li>
    <li><input type="checkbox"><a href="https://elsewhere.example/thread/3">Three</a></li><li><a href="/thread/4">No box</a></li></ul>`;

  it('is rows with a box and a link within the same site', () => {
    expect(generic.list?.(contextOf(html, here))).toEqual([
      expect.objectContaining({
        message: expect.objectContaining({ id: 'https://archive.example.org/thread/1' }),
        subject: 'One',
        from: 'Ana <ana@client.example>',
        isTicked: true,
      }),
      expect.objectContaining({
        message: expect.objectContaining({ id: 'https://archive.example.org/thread/2' }),
        subject: 'Two',
        isTicked: false,
      }),
    ]);
  });

  it('leads to the mails of a page that is read without being shown', async () => {
    const context = contextOf(html, here);
    const { DOMParser } = new JSDOM('').window;
    Object.assign(globalThis, { DOMParser });
    const page =
      '<title>One</title><link type="message/rfc822" href="raw/a.eml"><script>throw new Error("ran")</script><a type="message/rfc822" href="raw/b.eml">b</a>';
    const thread = await generic.open(
      { ...context, fetch: async () => new Response(page, { headers: { 'content-type': 'text/html' } }) },
      { id: 'https://archive.example.org/thread/1', at: {} },
    );
    expect(thread).toMatchObject({
      key: 'https://archive.example.org/thread/1',
      messages: [{ id: 'https://archive.example.org/thread/raw/a.eml' }, { id: 'https://archive.example.org/thread/raw/b.eml' }],
    });
  });
});
