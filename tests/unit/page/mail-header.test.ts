import { describe, expect, it } from 'vitest';
import { looksLikeMail, readMailHeader, rootOf } from '../../../utils/page/mail-header.ts';

const bytes = (text: string) => new TextEncoder().encode(text).buffer;

describe('readMailHeader', () => {
  it('unfolds References, and puts In-Reply-To last where References lacks it', () => {
    const header = readMailHeader(bytes('Message-ID: <c@x>\r\nReferences: <a@x>\r\n\t<b@x>\r\nIn-Reply-To: <z@x> (yesterday)\r\n\r\nText'));
    expect(header).toMatchObject({ messageId: 'c@x', references: ['a@x', 'b@x', 'z@x'] });
    expect(rootOf(header)).toBe('a@x');
  });

  it('does not repeat a parent that References has', () => {
    expect(readMailHeader(bytes('References: <a@x> <b@x>\nIn-Reply-To: <b@x>\n\n')).references).toEqual(['a@x', 'b@x']);
  });

  it('reads nothing from the body', () => {
    expect(readMailHeader(bytes('Subject: x\n\nMessage-ID: <body@x>\n'))).toEqual({ references: [], received: false });
  });

  it('takes the first of a repeated header and any case of its name', () => {
    expect(readMailHeader(bytes('message-id: <one@x>\nMESSAGE-ID: <two@x>\n\n')).messageId).toBe('one@x');
  });

  it.each([
    ['Date: Mon, 2 Mar 2026 13:40:00 +0100 (CET)\n\n', Date.UTC(2026, 2, 2, 12, 40)],
    ['Received: from a by b; Mon, 2 Mar 2026 13:41:00 +0000\nDate: soon\n\n', Date.UTC(2026, 2, 2, 13, 41)],
    ['Subject: x\n\n', undefined],
  ])('dates %j', (text, date) => {
    expect(readMailHeader(bytes(text)).date).toBe(date);
  });

  it('survives bytes that are no text', () => {
    expect(readMailHeader(new Uint8Array(1000).map((_, index) => index * 7).buffer)).toEqual({ references: [], received: false });
  });
});

describe('looksLikeMail', () => {
  it.each(['Date: x\n', 'X-Odd_Name : y', 'Return-Path: <>\r\n', 'From someone Mon Mar  2\nDate: x'])('takes %j', (text) => {
    expect(looksLikeMail(bytes(text))).toBe(true);
  });

  it.each(['', '<!doctype html>', '\n\nDate: x', 'Not found', '{"error":1}'])('refuses %j', (text) => {
    expect(looksLikeMail(bytes(text))).toBe(false);
  });
});
