/** Cuts what a page gives to what the worker takes: one subject of a megabyte must not cost the message. */
import { type CapturedPage, captureLimits, type FromPage, type ListedThread } from '../core/captured.ts';
import type { MessageRef, OpenThread, PageMessage } from '../webmail/adapter.ts';

const short = 2_000;
const body = 20_000_000;
const cut = (text: string, length = short) => text.slice(0, length);

/** The thread's own fields. */
export function clipThread({
  key,
  account,
  subject,
}: OpenThread): Pick<Extract<FromPage, { kind: 'opened' }>, 'threadKey' | 'account' | 'subject'> {
  return {
    threadKey: cut(key),
    ...(account === undefined ? {} : { account: cut(account) }),
    ...(subject === undefined ? {} : { subject: cut(subject) }),
  };
}

/** A row of the list. Its message stays as it is: cut, it would name another one. */
export function clipListed({ message, subject, from, when, isTicked }: ListedThread): ListedThread {
  return {
    message,
    subject: cut(subject),
    ...(from === undefined ? {} : { from: cut(from) }),
    ...(when === undefined ? {} : { when: cut(when, 100) }),
    isTicked,
  };
}

/** What a message goes by. A name is never cut: it would be another one. */
export function clipNames({ id, copies }: MessageRef): { id: string; copies?: string[] } {
  return { id, ...(copies && { copies: copies.filter(({ length }) => length <= short).slice(0, captureLimits.copies) }) };
}

/** A message that was read from the page. */
export function clipPage(page: PageMessage): CapturedPage {
  const { subject, from, to, cc, sentAt, messageId, html, text, attachments } = page;
  const many = (addresses: readonly string[]) => addresses.slice(0, 20_000).map((address) => cut(address));
  return {
    ...(subject === undefined ? {} : { subject: cut(subject, 10_000) }),
    ...(from === undefined ? {} : { from: cut(from) }),
    ...(to === undefined ? {} : { to: many(to) }),
    ...(cc === undefined ? {} : { cc: many(cc) }),
    ...(sentAt === undefined ? {} : { sentAt: cut(sentAt) }),
    ...(messageId === undefined ? {} : { messageId: cut(messageId) }),
    ...(html === undefined ? {} : { html: cut(html, body) }),
    ...(text === undefined ? {} : { text: cut(text, body) }),
    ...(attachments === undefined
      ? {}
      : {
          attachments: attachments.slice(0, 1_000).map(({ filename, mediaType, url }) => ({
            filename: cut(filename),
            ...(mediaType === undefined ? {} : { mediaType: cut(mediaType) }),
            ...(url === undefined ? {} : { url: cut(url) }),
          })),
        }),
  };
}
