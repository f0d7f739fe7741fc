import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { findMessages, shownIds } from '../../../utils/webmail/find.ts';
import { page } from '../../../utils/webmail/roundcube.ts';

const rowId = (name: string) => `rcmrow${Buffer.from(name).toString('base64').replace(/=+$/, '')}`;
const first = (uid: string) =>
  `<tr id="${rowId(uid)}" class="message thread"><td><div id="rcmexpando${rowId(uid)}" class="collapsed"></div></td></tr>`;
const answer = (uid: string) => `<tr id="${rowId(uid)}" class="message thread expanded" style="display: none"><td></td></tr>`;
const alone = (uid: string) => `<tr id="${rowId(uid)}" class="message"><td></td></tr>`;
const list = (...rows: readonly string[]) => new JSDOM(`<table id="messagelist"><tbody>${rows.join('')}</tbody></table>`).window.document;
const idsIn = (document: Document, key: string) => shownIds(findMessages(page, document, key));

describe('messages of a thread in a list', () => {
  const threads = list(alone('9'), first('3'), answer('5'), answer('12'), first('4'), answer('6'), alone('7'));

  it('are the rows from its first one to the next thread, folded ones too', () => {
    expect(idsIn(threads, 'INBOX/3')).toEqual(['INBOX/3', 'INBOX/5', 'INBOX/12']);
  });

  it('are the same whichever of them is open', () => {
    for (const uid of ['5', '12'])
      expect(idsIn(threads, `Clients/R&AOk-clam/${uid}`)).toEqual(['3', '5', '12'].map((id) => `Clients/R&AOk-clam/${id}`));
  });

  it('end with the list', () => {
    expect(idsIn(threads, 'INBOX/6')).toEqual(['INBOX/4', 'INBOX/6']);
    expect(idsIn(threads, 'INBOX/7')).toEqual(['INBOX/7']);
  });

  it('are the open one alone in a list without threads, and none where it is not listed', () => {
    expect(idsIn(list(alone('1'), alone('2')), 'INBOX/2')).toEqual(['INBOX/2']);
    expect(idsIn(list(alone('2-INBOX')), 'INBOX/2')).toEqual([]);
  });
});
