import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { unknownPage } from '../../../utils/page/selected.ts';
import type { PageContext } from '../../../utils/webmail/adapter.ts';
import { reader as generic } from '../../../utils/webmail/generic.ts';
import { reader as horde } from '../../../utils/webmail/horde.ts';
import { reader as roundcube } from '../../../utils/webmail/roundcube.ts';
import { reader as sogo } from '../../../utils/webmail/sogo.ts';

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

  it('names each message by folder and number, and says which ones are picked', async () => {
    const rows = await roundcube.list?.(
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

  it('takes the folder of a search over several from the number', async () => {
    const [found] = (await roundcube.list?.(list(row('?_mbox=INBOX&_uid=12-Sent&_search=1')))) ?? [];
    expect(found?.message.id).toBe('Sent/12');
  });

  it('is not there on a page without one, and leaves out rows that name nothing', async () => {
    expect(await roundcube.list?.(contextOf('<p>Compose</p>', 'https://mail.example.org/'))).toBeUndefined();
    expect(await roundcube.list?.(list(row('#')))).toEqual([]);
  });
});

/** What the webmail answers to what is posted to this path. */
const answering = (html: string, address: string, path: string, answer: string): PageContext => ({
  ...contextOf(html, address),
  async fetch(asked) {
    const { pathname } = new URL(asked);
    if (pathname !== path) throw new Error(`Nobody is asked for ${pathname}`);
    return new Response(answer, { headers: { 'content-type': 'application/json' } });
  },
});

describe("SOGo's list", () => {
  interface Drawn {
    readonly subject: string;
    readonly name: string;
    readonly size?: string;
    readonly picked?: true;
  }
  const drawn = ({ subject, name, size = '1 KiB', picked }: Drawn) => `<md-list-item class="sg-message-list-item">
    <div class="sg-avatar-selectable ${picked ? 'sg-avatar-selected' : ''}"></div>
    <div class="sg-md-subhead"><div><span class="ng-hide"></span><md-icon>error</md-icon><span>${name}</span></div>
    <div class="sg-tile-date">07-Mar-26</div></div><div class="sg-tile-subject">${subject}</div><div class="sg-tile-size">${size}</div></md-list-item>`;
  const told = (uid: number, Subject: string, name: string, Size = '1 KiB') => [
    [{ name: 'Camille', email: 'camille@example.org' }],
    Subject,
    [{ ...(name && { name }), email: `${uid}@client.example` }],
    '07-Mar-26',
    Size,
    uid,
  ];
  const names = ['To', 'Subject', 'From', 'RelativeDate', 'Size', 'uid'];
  const origin = 'https://mail.example.org/SOGo/so/camille/Mail/';
  const list = (folder: string, path: string, rows: readonly Drawn[], headers: readonly (readonly unknown[])[], uids: readonly unknown[]) =>
    sogo.list?.(
      answering(
        rows.map(drawn).join(''),
        `${origin}view#!/Mail/0/${folder}`,
        `/SOGo/so/camille/Mail/0/${path}/view`,
        JSON.stringify({ headers: [names, ...headers], uids }),
      ),
    );
  const ticked = async (...of: Parameters<typeof list>) =>
    (await list(...of))?.flatMap(({ message, isTicked }) => (isTicked ? [message.at.uid] : []));

  it('is what SOGo tells of the folder, in its order, and ticks what is picked in the page', async () => {
    const rows = [
      { subject: 'Devis  n° 7', name: 'Ana', picked: true },
      { subject: 'Re: Devis', name: '8@client.example' },
    ] as const;
    const found = await list('INBOX/8', 'folderINBOX', rows, [told(8, 'Re: Devis', ''), told(7, 'Devis n° 7', 'Ana')], [7, 8, 9]);
    expect(found).toEqual([
      {
        message: {
          id: '0/INBOX/7',
          at: { account: '0', folder: 'INBOX', uid: '7', subject: 'Devis n° 7' },
          href: `${origin}view#!/Mail/0/INBOX/7`,
        },
        subject: 'Devis n° 7',
        from: 'Ana <7@client.example>',
        when: '07-Mar-26',
        isTicked: true,
      },
      expect.objectContaining({ from: '8@client.example', isTicked: false }),
    ]);
  });

  it('knows the picked one of several with the same subject by its sender and its size', async () => {
    const headers = [told(1, 'Re: A', 'Ana'), told(2, 'Re: A', 'Bob'), told(3, 'Re: A', 'Ana', '2 KiB')];
    expect(await ticked('INBOX', 'folderINBOX', [{ subject: 'Re: A', name: 'Ana', picked: true }], headers, [1, 2, 3])).toEqual(['1']);
  });

  it('ticks none of two that look alike where one is picked, and both where both are', async () => {
    const alike = { subject: 'Re: A', name: 'Ana' } as const;
    const headers = [told(1, 'Re: A', 'Ana'), told(2, 'Re: A', 'Ana')];
    expect(await ticked('INBOX', 'folderINBOX', [{ ...alike, picked: true }, alike], headers, [1, 2])).toEqual([]);
    const both = [
      { ...alike, picked: true },
      { ...alike, picked: true },
    ] as const;
    expect(
      await ticked('INBOX', 'folderINBOX', both, headers, [
        [1, 0, 1],
        [2, 1, 0],
      ]),
    ).toEqual(['1', '2']);
  });

  it('names a message of a folder with accents as its address does, and knows recipients in Sent', async () => {
    const folder = 'Clients%25252FR%252526AOk-clamations';
    const [found] =
      (await list(
        folder,
        'folderClients/folderR_AM_AOk-clamations',
        [{ subject: 'x', name: 'Camille', picked: true }],
        [told(5, 'x', 'Me')],
        [5],
      )) ?? [];
    expect(found).toMatchObject({
      message: { id: '0/Clients%252FR%2526AOk-clamations/5', at: { folder: 'Clients/R&AOk-clamations' } },
      isTicked: true,
    });
  });

  it('is not there in a search over several folders, nor without rows', async () => {
    expect(await list('virtual/INBOX', '', [{ subject: 'x', name: 'Ana' }], [], [])).toBeUndefined();
    expect(await list('INBOX', '', [], [], [])).toBeUndefined();
  });
});

describe("Horde's list", () => {
  const html = (rows: string) => `<script>HordeCore.conf={"URI_AJAX":"/horde/services/ajax.php/imp/","TOKEN":"t"}</script>${rows}`;
  const row = (drawn: number, subject: string, state = '') =>
    `<div class="vpRow ${state}" id="VProw_${drawn}"><div class="msgFrom">Ana</div><div class="msgSubject">${subject}</div></div>`;
  const told = (subject: string, more: object = {}) => ({
    flag: ['unseen'],
    date: '03/02/26',
    from: 'Ana',
    fromaddr: 'ana@client.example',
    subject,
    ...more,
  });
  const view = {
    totalrows: 3,
    rowlist: { 12: 2, 7: 1, 9: 3 },
    data: { 7: told('Devis'), 12: told('<b>Re:</b> Devis'), 9: told('Draft', { flag: ['\\draft'] }) },
  };
  const list = (hash: string, rows: string, now: object = view) =>
    horde.list?.(
      answering(
        html(rows),
        `https://mail.example.org/horde/imp/dynamic.php?page=mailbox#${hash}`,
        '/horde/services/ajax.php/imp/viewPort',
        `/*-secure-${JSON.stringify({ tasks: { 'imp:viewport': now } })}*/`,
      ),
    );

  it('is what Horde tells of the mailbox, in its order, without drafts, and ticks the rows that are picked', async () => {
    const found = await list('mbox:SU5CT1g', row(1, 'Devis', 'vpRowSelected') + row(2, '&lt;b&gt;Re:&lt;/b&gt; Devis'));
    expect(found).toEqual([
      {
        message: {
          id: 'SU5CT1g/7',
          at: { mailbox: 'SU5CT1g', buid: '7' },
          href: 'https://mail.example.org/horde/imp/dynamic.php?page=mailbox#msg:SU5CT1g;7',
        },
        subject: 'Devis',
        from: 'Ana <ana@client.example>',
        when: '03/02/26',
        isTicked: true,
      },
      expect.objectContaining({ subject: '<b>Re:</b> Devis', isTicked: false }),
    ]);
  });

  it('finds the rows that are drawn wherever they stand, whatever number they were drawn as', async () => {
    const found = await list('msg:SU5CT1g;12', row(8, '&lt;b&gt;Re:&lt;/b&gt; Devis', 'vpRowSelected') + row(3, 'Draft'));
    expect(found?.map(({ isTicked }) => isTicked)).toEqual([false, true]);
  });

  it('ticks nothing where a mail in between is gone by now, and nothing where the rows could stand in two places', async () => {
    const gone = await list('mbox:SU5CT1g', row(1, 'Devis', 'vpRowSelected') + row(2, 'Gone') + row(3, 'Draft'));
    expect(gone?.map(({ isTicked }) => isTicked)).toEqual([false, false]);
    const twice = { ...view, data: { 7: told('Devis'), 12: told('Devis'), 9: told('Draft') } };
    const alike = await list('mbox:SU5CT1g', row(1, 'Devis', 'vpRowSelected'), twice);
    expect(alike?.map(({ isTicked }) => isTicked)).toEqual([false, false, false]);
  });

  it('is not there in a search, whose numbers end with the session', async () => {
    expect(await list('mbox:aW1wc2VhcmNoADREdGZD', row(1, 'Devis'))).toBeUndefined();
  });
});

describe('a list on any page', () => {
  const here = 'https://archive.example.org/list';
  const html = `<ul><li><input type="checkbox" checked><a href="/thread/1"><span class="from" title="ana@client.example">Ana</span><span class="subject">One</span></a></li>
    <li><input type="checkbox"><a href="/thread/2#m3">Two</a></li>
    <li><input type="checkbox"><a href="https://elsewhere.example/thread/3">Three</a></li><li><a href="/thread/4">No box</a></li></ul>`;

  it('is rows with a box and a link within the same site', async () => {
    expect(await generic.list?.(contextOf(html, here))).toEqual([
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
