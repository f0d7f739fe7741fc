import { describe, expect, it } from 'vitest';
import type { Capture, DraftEdits } from '../../../utils/core/capture.ts';
import { draftOf, formOf, oneLine } from '../../../utils/core/draft.ts';
import { formatMailbox, parseMailbox } from '../../../utils/core/mailbox.ts';
import { captureOf, words } from '../../support/records.ts';

const billing = { id: '5', label: 'Billing' };
const settings = {
  endpoints: [
    { id: 'rt', needsQueue: true, defaults: { queue: { id: '3', label: 'Support' } } },
    { id: 'znuny', needsQueue: true, defaults: {} },
    { id: 'hook', needsQueue: false, defaults: {} },
  ],
};
const draft = (edits: DraftEdits, change: Partial<Capture> = {}) => draftOf({ ...captureOf('c1'), edits, ...change }, settings, words);

describe('a draft', () => {
  it('takes what was typed before defaults, and defaults before nothing', async () => {
    expect(await draft({})).toMatchObject({
      endpointId: 'rt',
      title: 'Devis',
      queue: { label: 'Support' },
      requester: { address: 'client@client.example.net' },
    });
    expect(await draft({ title: 'Imprimante', queue: billing, note: ' urgent\n' })).toMatchObject({
      title: 'Imprimante',
      queue: billing,
      note: 'urgent',
    });
  });

  it('carries each ticked message with its files and its original, and a reference of its own', async () => {
    const { articles } = await draft({ leftOut: ['m2', 'm1/1'] });
    expect(articles.map(({ id }) => id)).toEqual(['m1', 'm3']);
    expect(articles[0]?.files.map(({ kind }) => kind)).toEqual(['inline', 'original']);
    expect(new Set(articles.map(({ reference }) => reference)).size).toBe(2);
  });

  it('says which field a person must fill', async () => {
    await expect(draft({ endpointId: 'znuny' })).rejects.toMatchObject({ code: 'draft-incomplete', details: { field: 'queue' } });
    await expect(draft({ requester: 'nobody' })).rejects.toMatchObject({ code: 'draft-incomplete', details: { field: 'requester' } });
    expect(await draft({ endpointId: 'hook' })).not.toHaveProperty('queue');
    await expect(draftOf(captureOf('c1'), { endpoints: [] }, words)).rejects.toMatchObject({ code: 'no-endpoint' });
  });

  it('has a title where the mail has no subject, and keeps it on one line', async () => {
    expect(await draft({ title: '  ' })).toMatchObject({ title: 'Mail from Client' });
    expect(oneLine('a\r\nBcc: x\u2028b\u0000')).toBe('a Bcc: x b');
  });

  it('falls back to another endpoint when the chosen one was removed', () => {
    expect(formOf({ ...captureOf('c1'), edits: { endpointId: 'gone' } }, settings).endpointId).toBe('rt');
  });
});

describe('a mailbox as typed', () => {
  it.each([
    ['client@example.net', { address: 'client@example.net', name: '' }],
    ['Client <client@example.net>', { address: 'client@example.net', name: 'Client' }],
    ['"Client, Accounts" <client@example.net>', { address: 'client@example.net', name: 'Client, Accounts' }],
  ])('%s is read and written again', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
    expect(formatMailbox(mailbox)).toBe(text);
  });

  it.each(['', 'client', 'client@', '@example.net', 'a b@example.net', 'Client <>'])('%j is none', (text) =>
    expect(parseMailbox(text)).toBeUndefined(),
  );
});
