// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { describeReport } from '../../../utils/mail/delivery-report.ts';
import { prepareOne, source } from './support.ts';

const failed = [
  'Reporting-MTA: dns; mx.example.org',
  '',
  'Original-Recipient: rfc822; sales@example.com',
  'Final-Recipient: rfc822; nobody@example.com',
  'Action: failed',
  'Status: 5.1.1',
  'Remote-MTA: dns; in.example.com',
  'Diagnostic-Code: smtp; 550 5.1.1 No such',
  ' mailbox here',
  '',
];

describe('a delivery report', () => {
  it('says who, why and what the machine said', () => {
    expect(describeReport(source(failed))).toBe(
      [
        'Not delivered to: nobody@example.com',
        'Sent to: sales@example.com',
        'Reason: 550 5.1.1 No such mailbox here',
        'Status: 5.1.1 (permanent, because of the address)',
        'Said by: in.example.com',
      ].join('\n'),
    );
  });

  it('tells of each recipient, up to twenty', () => {
    const group = (index: number) => [`Final-Recipient: rfc822; r${index}@example.com`, 'Action: delayed (4 hours)', 'Status: 4.4.1', ''];
    const text = describeReport(
      source(['Reporting-MTA: dns; mx.example.org', '', ...Array.from({ length: 25 }, (_, index) => group(index)).flat()]),
    );
    expect(text.split('\n\n')).toHaveLength(21);
    expect(text).toMatch(
      /^Not delivered yet to: r0@example\.com\nStatus: 4\.4\.1 \(temporary, because of the network or the route\)\nReported by: mx/,
    );
    expect(text).toMatch(/… and 5 more recipients$/);
  });

  it.each([
    [['Final-Recipient: rfc822; desk@example.org', 'Disposition: manual-action/MDN-sent-manually; displayed'], 'Read by: desk@example.org'],
    [['Final-Recipient: rfc822; desk@example.org', 'Disposition: automatic-action/x; deleted'], 'Not read by: desk@example.org (deleted)'],
    [
      ['Feedback-Type: abuse', 'Original-Rcpt-To: desk@example.org', 'Source-IP: 192.0.2.1'],
      'Complaint: abuse\nSent to: desk@example.org\nFrom the address: 192.0.2.1',
    ],
    [['Nothing: here'], ''],
    [[], ''],
  ])('of another kind: %j', (lines, expected) => {
    expect(describeReport(source(lines))).toBe(expected);
  });

  it('stands below the words of the machine; its parts stay files, the mail by its subject', async () => {
    const { message, thread } = await prepareOne(
      source([
        'From: Mail System <mailer-daemon@mx.example.org>',
        'Message-ID: <r@mx.example.org>',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        '',
        'Your mail could not be delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        ...failed,
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Subject: =?utf-8?Q?Offre_d=C3=A9finitive?=',
        '',
        'Words',
        '--b--',
      ]),
    );
    expect(message.text).toMatch(/^Your mail could not be delivered\.\n\nNot delivered to: nobody@example\.com\n/);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['part-2.txt', 'Offre définitive.eml']);
    expect(thread.gaps).toEqual([]);
  });

  it('made to take long takes a time that grows with it', () => {
    const start = performance.now();
    for (const piece of ['\r\n', 'Final-Recipient: rfc822; a@b\r\n\r\n', 'x', 'A: b\r\n']) describeReport(source([piece.repeat(300_000)]));
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
