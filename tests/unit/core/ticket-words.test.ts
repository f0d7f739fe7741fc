import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../utils/core/thread.ts';
import { ticketWords } from '../../../utils/core/ticket-words.ts';
import { thread } from '../../support/records.ts';

const words = ticketWords((key, ...values) => [key, ...values].join(' '));
const said = (gaps: readonly Gap[], leftOut: readonly string[] = []) => words.incomplete({ ...thread, gaps }, new Set(leftOut));

describe('what a ticket says is missing', () => {
  it.each<[string, readonly Gap[], string]>([
    ['nothing where all is there', [], ''],
    ['a message that could not be had', [{ code: 'message-missing' }], 'ticketMessagesMissing 3 4'],
    ['a thread that was not searched', [{ code: 'thread-not-searched' }], 'ticketThreadNotSearched'],
    ['one file by its name', [{ code: 'attachment-missing', detail: 'a.zip' }], 'gapNamedFilesOne 1 a.zip'],
    [
      'several files by their names',
      [
        { code: 'attachment-missing', detail: 'a.zip' },
        { code: 'attachment-missing', detail: 'b.zip' },
      ],
      'gapNamedFilesOther 2 a.zip, b.zip',
    ],
    ['files whose names are not known, by their number', [{ code: 'attachment-missing' }], 'gapFilesOne 1'],
    [
      'messages with unreadable parts, each once',
      [
        { code: 'unreadable-part', message: 'm1' },
        { code: 'unreadable-part', message: 'm1' },
      ],
      'gapUnreadableOne 1',
    ],
    ['an encrypted message, whose article is empty', [{ code: 'encrypted', message: 'm1' }], 'gapEncrypted'],
  ])('%s', (_, gaps, sentence) => {
    expect(said(gaps)).toBe(sentence);
  });

  it('says all of it, and what the sender left out', () => {
    expect(said([{ code: 'encrypted' }, { code: 'thread-not-searched' }], ['m2'])).toBe(
      'ticketThreadNotSearched ticketMessagesLeftOut 2 3 gapEncrypted',
    );
  });
});
