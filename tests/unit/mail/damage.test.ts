// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { damaged, randomFrom } from '../../bench/mail-damage.ts';
import { prepareOne, source } from './support.ts';

const mails = [
  new Uint8Array(readFileSync(join(process.cwd(), 'tests/fixtures/mail/invitation-and-files.eml'))),
  source([
    'From: =?utf-7?Q?M+APw-ller?= <m@example.com>',
    'Subject: =?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=',
    'Content-Type: multipart/report; boundary="r"',
    '',
    '--r',
    'Content-Type: text/rtf',
    '',
    "{\\rtf1\\ansi Caf\\'e9 \\u8364?}",
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Final-Recipient: rfc822; a@example.com',
    'Action: failed',
    '--r',
    'Content-Type: text/calendar',
    '',
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART;TZID=Europe/Paris:20260304T140000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\nEND:VEVENT\r\nEND:VCALENDAR',
    '--r',
    'Content-Type: application/ms-tnef',
    'Content-Transfer-Encoding: base64',
    '',
    'eJ8+IgEAAgySgAMADAAAAFdvcmRzIGhlcmUAAAA=',
    '--r',
    'Content-Type: application/pkcs7-mime',
    'Content-Transfer-Encoding: base64',
    '',
    'MIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwGggCSABAR3b3JkAAAAAAAAAAAAAAAA',
    '--r--',
  ]),
];

it('damage of any kind leaves a message with its original', async () => {
  const random = randomFrom(4);
  for (let index = 0; index < 400; index += 1) {
    const bytes = damaged(mails, random);
    const { message, thread } = await prepareOne(bytes);
    expect(message.original?.size).toBe(bytes.length);
    expect(structuredClone(thread)).toEqual(JSON.parse(JSON.stringify(thread)));
  }
});
