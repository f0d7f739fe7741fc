/** Reports of machines in words: not delivered (RFC 3464), read (RFC 8098), complained about (RFC 5965). */
import { firstHeader, type Header, readHeaders } from './headers.ts';
import { readWords } from './words.ts';

const reports = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/global-disposition-notification',
  'message/feedback-report',
]);

/** Recipients told one by one; a list of a thousand dead mailboxes is in the file. */
const recipientsTold = 20;

/** Whether the part is a report that `describeReport` reads. */
export function isReport(mediaType: string): boolean {
  return reports.has(mediaType);
}

/** The report as lines of text: who, what, why; empty where it says nothing. */
export function describeReport(bytes: Uint8Array<ArrayBuffer>): string {
  const groups = readGroups(bytes);
  const fields = groups.flat();
  if (firstHeader(fields, 'disposition')) return describeReading(fields);
  if (firstHeader(fields, 'feedback-type')) return describeComplaint(fields);
  const recipients = groups.filter((group) => firstHeader(group, 'final-recipient') ?? firstHeader(group, 'original-recipient'));
  const told = recipients.slice(0, recipientsTold).map((group) => describeDelivery(group, fields));
  if (recipients.length > recipientsTold) told.push(`… and ${recipients.length - recipientsTold} more recipients`);
  return told.join('\n\n');
}

/** Groups of fields with empty lines between them; the first one is about the message, each other about a recipient. */
function readGroups(bytes: Uint8Array<ArrayBuffer>): Header[][] {
  const groups: Header[][] = [];
  for (let at = 0; at < bytes.length && groups.length < 10_000; ) {
    const { headers, bodyStart } = readHeaders(bytes, at, bytes.length, 1024 * 1024);
    if (headers.length > 0) groups.push([...headers]);
    at = Math.max(bodyStart, at + 1);
  }
  return groups;
}

const outcomes: Readonly<Record<string, string>> = {
  failed: 'Not delivered to',
  delayed: 'Not delivered yet to',
  delivered: 'Delivered to',
  relayed: 'Passed on (no further word will come) to',
  expanded: 'Delivered to the list',
};

function describeDelivery(group: readonly Header[], all: readonly Header[]): string {
  const who = value(group, 'final-recipient') || value(group, 'original-recipient');
  const asked = value(group, 'original-recipient');
  const action = value(group, 'action').toLowerCase().split(/[\s(]/)[0] ?? '';
  const status = value(group, 'status').split(/[\s(]/)[0] ?? '';
  return lines([
    `${outcomes[action] ?? 'About the delivery to'}: ${who}`,
    asked !== '' && asked !== who && `Sent to: ${asked}`,
    value(group, 'diagnostic-code') && `Reason: ${value(group, 'diagnostic-code')}`,
    status && `Status: ${status}${meaningOf(status)}`,
    value(group, 'remote-mta') && `Said by: ${value(group, 'remote-mta')}`,
    !value(group, 'remote-mta') && value(all, 'reporting-mta') && `Reported by: ${value(all, 'reporting-mta')}`,
    value(group, 'will-retry-until') && `Tried until: ${value(group, 'will-retry-until')}`,
  ]);
}

/** What the middle number of a status says (RFC 3463 section 3). */
function meaningOf(status: string): string {
  const subjects: Readonly<Record<string, string>> = {
    '1': 'the address',
    '2': 'the mailbox',
    '3': 'the mail system',
    '4': 'the network or the route',
    '5': 'the protocol',
    '6': 'the content',
    '7': 'a rule or security',
  };
  const subject = subjects[status.split('.')[1] ?? ''];
  const lasts = status.startsWith('5') ? 'permanent' : status.startsWith('4') ? 'temporary' : '';
  const meaning = [lasts, subject && `because of ${subject}`].filter(Boolean).join(', ');
  return meaning && ` (${meaning})`;
}

function describeReading(fields: readonly Header[]): string {
  const disposition = value(fields, 'disposition').split(';').pop()?.trim().toLowerCase() ?? '';
  const who = value(fields, 'final-recipient') || value(fields, 'original-recipient');
  const isRead = disposition.startsWith('displayed');
  return lines([
    isRead ? `Read by: ${who}` : `Not read by: ${who} (${disposition})`,
    value(fields, 'original-message-id') && `Message: ${value(fields, 'original-message-id')}`,
  ]);
}

function describeComplaint(fields: readonly Header[]): string {
  return lines([
    `Complaint: ${value(fields, 'feedback-type')}`,
    value(fields, 'original-rcpt-to') && `Sent to: ${value(fields, 'original-rcpt-to')}`,
    value(fields, 'original-mail-from') && `Sent by: ${value(fields, 'original-mail-from')}`,
    value(fields, 'source-ip') && `From the address: ${value(fields, 'source-ip')}`,
    value(fields, 'reported-domain') && `About: ${value(fields, 'reported-domain')}`,
  ]);
}

/** A field without its type: `rfc822; desk@example.org`, `smtp; 550 No such user`. */
function value(fields: readonly Header[], name: string): string {
  return readWords(firstHeader(fields, name) ?? '').replace(/^[\w.-]{1,40}\s?;\s*/, '');
}

function lines(list: readonly (string | false)[]): string {
  return list.filter((line) => line !== false && line !== '').join('\n');
}
