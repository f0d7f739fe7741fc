/** Sentences that depend on data: errors, gaps, states. Everything else is `t()` in its place. */
import type { ErrorCode, ErrorRecord } from '../core/errors.ts';
import type { Decoration, Gap, RequesterCandidate } from '../core/thread.ts';
import { type MessageKey, plural, t } from '../i18n.ts';
import type { MessageView, OutboxRow } from '../views.ts';
import { formatList } from './format.ts';

type ErrorKey<Code extends string> = Code extends `${infer Head}-${infer Tail}` ? `${Head}_${ErrorKey<Tail>}` : Code;

/** Key of the sentence for an error code. A code without its sentence does not compile. */
export function errorKey(code: ErrorCode): MessageKey {
  const key: `error_${ErrorKey<ErrorCode>}` = `error_${code.replaceAll('-', '_') as ErrorKey<ErrorCode>}`;
  return key;
}

const fieldKeys: Readonly<Record<string, MessageKey>> = {
  title: 'fieldTitle',
  queue: 'fieldQueue',
  requester: 'fieldRequester',
  ticket: 'fieldTicket',
  note: 'fieldNote',
};

/** What happened and what to do. */
export function errorSentence({ code, details }: ErrorRecord): string {
  const field = typeof details.field === 'string' ? details.field : undefined;
  if (code === 'draft-incomplete' && field !== undefined) {
    const key = fieldKeys[field];
    return t('errorFieldMissing', key ? t(key) : field);
  }
  return t(errorKey(code));
}

/** The server's own words, or the place in a settings document: shown as a quotation behind the sentence. */
export function errorQuotation({ details }: ErrorRecord): string | undefined {
  const parts = [details.said, details.path, details.field].filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? String(parts[0]) : undefined;
}

/** Why this person may be the one the ticket is for. */
export function requesterReason(reason: RequesterCandidate['reason']): string {
  const keys = {
    'forwarded-author': 'requesterForwarded',
    'first-external-author': 'requesterFirstExternal',
    'external-author': 'requesterExternal',
    'internal-author': 'requesterInternal',
    recipient: 'requesterRecipient',
  } as const satisfies Record<RequesterCandidate['reason'], MessageKey>;
  return t(keys[reason]);
}

/** Why a file was unticked without anybody's doing. */
export function decorationWords(decoration: Decoration): string {
  const keys = { logo: 'fileLogo', pixel: 'filePixel', duplicate: 'fileDuplicate' } as const satisfies Record<Decoration, MessageKey>;
  return t(keys[decoration]);
}

/** State of a delivery in words. */
export function statusWords(status: OutboxRow['status']): string {
  const keys = {
    draft: 'statusDraft',
    held: 'statusHeld',
    waiting: 'statusWaiting',
    sending: 'statusSending',
    unsure: 'statusUnsure',
    paused: 'statusPaused',
    stopped: 'statusStopped',
    delivered: 'statusDelivered',
  } as const satisfies Record<OutboxRow['status'], MessageKey>;
  return t(keys[status]);
}

const namedFiles = 3;

/** What travels and what is missing, one sentence each; the first says how many messages there are. */
export function completeness(
  messages: readonly Pick<MessageView, 'source'>[],
  gaps: readonly Gap[],
): { readonly complete: boolean; readonly sentences: readonly string[] } {
  const of = (code: Gap['code']) => gaps.filter((gap) => gap.code === code);
  const missing = of('message-missing').length;
  const isSearched = of('thread-not-searched').length === 0;
  const all = isSearched ? plural('messagesAll', messages.length) : plural('messagesOnly', messages.length);
  const sentences = [missing > 0 ? t('messagesOfTotal', messages.length, messages.length + missing) : all];
  if (!isSearched) sentences.push(t('gapNotSearched'));
  const copies = messages.filter(({ source }) => source !== 'raw').length;
  if (copies > 0) sentences.push(plural('gapNotOriginal', copies));
  const files = of('attachment-missing');
  const names = files.flatMap(({ detail }) => (detail ? [`“${detail}”`] : []));
  if (names.length > 0 && names.length <= namedFiles) sentences.push(plural('gapNamedFiles', names.length, formatList(names)));
  else if (files.length > 0) sentences.push(plural('gapFiles', files.length));
  const unreadable = of('unreadable-part').length;
  if (unreadable > 0) sentences.push(plural('gapUnreadable', unreadable));
  if (of('encrypted').length > 0) sentences.push(t('gapEncrypted'));
  if (of('no-message-id').length > 0) sentences.push(t('gapNoMessageId'));
  return { complete: sentences.length === 1 && missing === 0, sentences };
}
