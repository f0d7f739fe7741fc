import { describe, expect, it } from 'vitest';
import { referenceOf } from '../../../utils/core/reference.ts';
import type { Message, Participant, SafeHtml } from '../../../utils/core/thread.ts';
import { findRequesters, isInternal } from '../../../utils/mail/requester.ts';
import { oldestFirst, threadReference, withoutDuplicates } from '../../../utils/mail/thread.ts';

const person = (address: string, name = ''): Participant => ({ address, name });

function message(id: string, change: Partial<Message> = {}): Message {
  return {
    id,
    source: 'raw',
    messageId: `${id}@example.org`,
    references: [],
    from: person('client@example.com'),
    to: [],
    cc: [],
    replyTo: [],
    subject: '',
    sentAt: '2026-03-02T08:00:00+01:00',
    text: '',
    folds: [],
    markdown: '',
    html: '' as SafeHtml,
    attachments: [],
    ...change,
  };
}

const ids = (messages: readonly Message[]) => messages.map(({ id }) => id).join(' ');

describe('the order of a thread', () => {
  it('is by instant, not by local hour', () => {
    expect(
      ids(
        oldestFirst([
          message('a', { sentAt: '2026-03-02T09:00:00+01:00' }),
          message('b', { sentAt: '2026-03-02T08:30:00+00:00' }),
          message('c', { sentAt: '2026-03-02T03:00:00-04:00' }),
        ]),
      ),
    ).toBe('c a b');
  });

  it('puts the answered before the answer where times are equal', () => {
    const c = message('c', { references: ['a@example.org', 'b@example.org'] });
    const b = message('b', { references: ['a@example.org'] });
    expect(ids(oldestFirst([c, b, message('a')]))).toBe('a b c');
  });

  it('puts a message without a time behind the one it answers, else where it was', () => {
    const { sentAt: _, ...timeless } = message('x', { references: ['a@example.org'] });
    expect(ids(oldestFirst([message('b', { sentAt: '2026-03-03T08:00:00Z' }), timeless, message('a')]))).toBe('a x b');
    expect(ids(oldestFirst([message('a'), { ...timeless, references: [] }, message('b', { sentAt: '2026-03-03T08:00:00Z' })]))).toBe(
      'a x b',
    );
  });

  it('survives messages that refer to each other', () => {
    expect(
      ids(oldestFirst([message('a', { references: ['b@example.org'] }), message('b', { references: ['a@example.org'] })])),
    ).toHaveLength(3);
  });
});

describe('duplicates', () => {
  it('are dropped by Message-ID, the best source kept', () => {
    const page = message('page', { messageId: 'same@x', source: 'page' });
    const raw = message('raw', { messageId: 'same@x' });
    const { messageId: _, ...nameless } = message('n1');
    expect(ids(withoutDuplicates([page, raw, nameless, { ...nameless, id: 'n2' }]))).toBe('raw n1 n2');
  });
});

describe('the reference', () => {
  const root = 'root@example.org';

  it('is the same from whichever part of the thread', async () => {
    const first = message('root');
    const second = message('b', { references: [root] });
    const third = message('c', { references: [root, 'b@example.org'] });
    const expected = await referenceOf(root);
    expect(await threadReference([first, second, third])).toBe(expected);
    expect(await threadReference([second, third])).toBe(expected);
    expect(await threadReference([third])).toBe(expected);
  });

  it('is random only where no message has any id', async () => {
    const { messageId: _, ...nameless } = message('n');
    expect(await threadReference([nameless, message('b', { references: [root] })], () => 'random')).toBe(await referenceOf(root));
    expect(await threadReference([nameless], () => 'random')).toBe('random');
  });
});

describe('the requester', () => {
  const us = { account: 'camille@example.org', internalDomains: [] as string[] };
  const candidates = (messages: readonly Message[], household: { account?: string; internalDomains: readonly string[] } = us) =>
    findRequesters(messages, household).map(({ address, reason }) => `${address} ${reason}`);
  const colleague = message('c', { from: person('noor@example.org'), to: [person('client@example.com'), person('camille@example.org')] });

  it('is the first external author, not the colleague who answered or forwarded', () => {
    expect(
      candidates([
        colleague,
        message('a', { from: person('Client@example.com', 'Client') }),
        message('b', { from: person('boss@example.com') }),
      ]),
    ).toEqual(['Client@example.com first-external-author', 'boss@example.com external-author', 'noor@example.org internal-author']);
  });

  it('is whom the own people wrote to, where nobody external wrote', () => {
    expect(candidates([colleague])).toEqual(['client@example.com recipient', 'noor@example.org internal-author']);
  });

  it('is the internal author where nobody else is there, the account last', () => {
    const own = message('a', { from: person('camille@example.org') });
    expect(candidates([own, message('f', { from: person('noor@example.org'), to: [person('camille@example.org')] })])).toEqual([
      'noor@example.org internal-author',
      'camille@example.org internal-author',
    ]);
  });

  it('at a public provider shares no company with its neighbours', () => {
    const gmail = { account: 'me@gmail.com', internalDomains: [] };
    expect(candidates([message('a', { from: person('client@gmail.com') })], gmail)).toEqual(['client@gmail.com first-external-author']);
    expect(candidates([message('a', { from: person('ME@gmail.com') })], gmail)).toEqual(['ME@gmail.com internal-author']);
    expect(isInternal('x@yahoo.co.uk', { account: 'y@yahoo.co.uk', internalDomains: [] })).toBe(false);
  });

  it('is never of an internal domain, its subdomains included', () => {
    const household = { internalDomains: ['example.com'] };
    expect(isInternal('a@mail.example.com', household)).toBe(true);
    expect(isInternal('a@notexample.com', household)).toBe(false);
    expect(isInternal('a@example.org', household)).toBe(false);
  });

  it('is not of an internal domain that people, webmails and headers spell otherwise', () => {
    const home = { account: 'ich@müller.example', internalDomains: ['büro.example'] };
    const inside = ['ich@xn--mller-kva.example', 'du@xn--mller-kva.example', 'a@xn--bro-hoa.example', 'a@post.xn--bro-hoa.example'];
    expect(inside.filter((address) => !isInternal(address, home))).toEqual([]);
    expect(isInternal('a@muller.example', home)).toBe(false);
  });

  it('is the client behind a web form', () => {
    const form = message('a', { from: person('web@example.org'), replyTo: [person('visitor@example.net', 'Visitor')] });
    expect(candidates([form])[0]).toBe('visitor@example.net first-external-author');
  });

  it('is a person before a machine, and has the name that a later message knows', () => {
    const messages = [
      message('m', { from: person('mailer-daemon@example.net') }),
      message('a', { from: person('client@example.com') }),
      message('b', { from: person('client@example.com', 'Client') }),
    ];
    expect(findRequesters(messages, us)[0]).toEqual({ address: 'client@example.com', name: 'Client', reason: 'first-external-author' });
  });

  const forwarded = { from: person('client@example.com', 'Client'), to: [], cc: [], subject: 'Crack', date: '', text: 'Theirs' };

  it('is whom a colleague forwarded, with the reason', () => {
    const forward = message('f', { from: person('noor@example.org'), to: [person('desk@example.net')], forwarded });
    expect(candidates([forward])).toEqual([
      'client@example.com forwarded-author',
      'desk@example.net recipient',
      'noor@example.org internal-author',
    ]);
    expect(candidates([forward, message('b', { from: person('other@example.com') })])[0]).toBe('client@example.com forwarded-author');
  });

  it('is not whom an outsider says to forward, nor a colleague, nor a machine', () => {
    expect(candidates([message('f', { from: person('outside@example.net'), forwarded })])).toEqual([
      'outside@example.net first-external-author',
    ]);
    for (const from of [person('camille@example.org'), person('noreply@example.com'), person('', 'Client')]) {
      const forward = message('f', { from: person('noor@example.org'), forwarded: { ...forwarded, from } });
      expect(candidates([forward])).toEqual(['noor@example.org internal-author']);
    }
  });

  it('stays the outsider who wrote before the forward', () => {
    const forward = message('f', { from: person('noor@example.org'), forwarded });
    expect(candidates([message('a', { from: person('first@example.net') }), forward])[0]).toBe('first@example.net first-external-author');
  });

  it('is nobody where no header names a mailbox', () => {
    expect(candidates([message('a', { from: person('', 'Somebody'), text: 'write to trap@example.net' })])).toEqual([]);
  });
});
