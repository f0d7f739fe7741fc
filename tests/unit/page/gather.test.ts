import { describe, expect, it } from 'vitest';
import { RelaisError } from '../../../utils/core/errors.ts';
import { gatherThread } from '../../../utils/page/gather.ts';
import type { MessageRef } from '../../../utils/webmail/adapter.ts';

const ref = (id: string): MessageRef => ({ id, at: {} });
const mail = (id: string, minute: number, references = '<root@x>') =>
  new TextEncoder().encode(`Message-ID: <${id}@x>\nReferences: ${references}\nDate: Mon, 2 Mar 2026 13:${minute}:00 +0000\n\n`).buffer;

function gathering(mails: Record<string, ArrayBuffer | undefined | Error>, found: readonly string[] | Error = Object.keys(mails)) {
  return {
    open: ref('open'),
    async source({ id }: MessageRef) {
      const source = mails[id];
      if (source instanceof Error) throw source;
      return source;
    },
    async search() {
      if (found instanceof Error) throw found;
      return { messages: found.map(ref), complete: true };
    },
    isUnsent: ({ id }: MessageRef) => id === 'draft',
  };
}

describe('gatherThread', () => {
  it('puts the messages in order of their dates, undated ones last', async () => {
    const undated = new TextEncoder().encode('References: <root@x>\nDate: soon\n\n').buffer;
    const thread = await gatherThread(gathering({ open: mail('c', 30), undated, b: mail('b', 20), a: mail('root', 10, '') }));
    expect(thread.messages.map(({ id }) => id)).toEqual(['a', 'b', 'open', 'undated']);
    expect(thread.gaps).toEqual([]);
  });

  it('leaves strangers out that only share a part of the id', async () => {
    const thread = await gatherThread(gathering({ open: mail('c', 30), stranger: mail('d', 10, '<other-root@x>') }));
    expect(thread.messages.map(({ id }) => id)).toEqual(['open']);
  });

  it('follows a thread whose open message names its parent only', async () => {
    const mails = { open: mail('c', 30, '<b@x>'), b: mail('b', 20, '<a@x>'), a: mail('a', 10, ''), d: mail('d', 40, '<a@x> <b@x>') };
    const thread = await gatherThread(gathering({ ...mails, stranger: mail('e', 15, '<other@x>') }));
    expect(thread.messages.map(({ id }) => id)).toEqual(['a', 'b', 'open', 'd']);
  });

  it('tells, after a search by subject, that a message names one that was not found', async () => {
    const whole = { open: mail('c', 30, '<b@x>'), b: mail('b', 20, '') };
    expect((await gatherThread({ ...gathering(whole), bySubject: true })).gaps).toEqual([]);
    const partial = await gatherThread({ ...gathering({ open: mail('c', 30, '<a@x> <b@x>'), b: mail('b', 20, '') }), bySubject: true });
    expect(partial.messages.map(({ id }) => id)).toEqual(['b', 'open']);
    expect(partial.gaps).toEqual([{ code: 'thread-not-searched' }]);
  });

  it('counts copies of one message once, the open copy rather than another, and names the others', async () => {
    const thread = await gatherThread(gathering({ copy: mail('c', 30), open: mail('c', 30), b1: mail('b', 20), b2: mail('b', 20) }));
    expect(thread.messages.map(({ id, copies }) => [id, copies])).toEqual([
      ['b1', ['b2']],
      ['open', ['copy']],
    ]);
  });

  it('tells of a message that can not be had, whether refused or failed', async () => {
    const thread = await gatherThread(gathering({ open: mail('c', 30), refused: undefined, failed: new TypeError('Failed to fetch') }));
    expect(thread.gaps).toEqual([
      { code: 'message-missing', message: 'refused' },
      { code: 'message-missing', message: 'failed' },
    ]);
  });

  it('leaves drafts out, unless one is what is open', async () => {
    const thread = await gatherThread(gathering({ open: mail('c', 30), draft: mail('d', 40) }));
    expect(thread.messages.map(({ id }) => id)).toEqual(['open']);
  });

  it('does not believe a search that finds not even the open message', async () => {
    const thread = await gatherThread(gathering({ open: mail('c', 30), b: mail('b', 20) }, ['b']));
    expect(thread.gaps).toEqual([{ code: 'thread-not-searched' }]);
    expect(thread.messages.map(({ id }) => id)).toEqual(['b', 'open']);
  });

  it('tells that the thread was not searched when the search fails', async () => {
    const thread = await gatherThread(gathering({ open: mail('c', 30) }, new TypeError('Failed to fetch')));
    expect(thread).toEqual({ messages: [ref('open')], gaps: [{ code: 'thread-not-searched' }] });
  });

  it('keeps the open message where even its source is refused', async () => {
    const thread = await gatherThread(gathering({ open: undefined }));
    expect(thread).toEqual({ messages: [ref('open')], gaps: [{ code: 'thread-not-searched' }] });
  });

  it('searches for nothing where a mail has no id: nothing can refer to it', async () => {
    const thread = await gatherThread(gathering({ open: new TextEncoder().encode('Subject: x\n\n').buffer }, new Error('searched')));
    expect(thread).toEqual({ messages: [ref('open')], gaps: [] });
  });

  it('stops for a session that has ended', async () => {
    const signedOut = new RelaisError('webmail-signed-out', 'x');
    await expect(gatherThread(gathering({ open: mail('c', 30), b: signedOut }))).rejects.toBe(signedOut);
    await expect(gatherThread(gathering({ open: mail('c', 30) }, signedOut))).rejects.toBe(signedOut);
  });
});
