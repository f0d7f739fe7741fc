// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { describeCalendar } from '../../../utils/mail/calendar.ts';
import { prepareOne, source } from './support.ts';

const calendar = (lines: readonly string[], method = 'REQUEST') =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', `METHOD:${method}`, 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

const visit = [
  'UID:1',
  'SUMMARY:Oven inspection\\, second floor',
  'DTSTART;TZID=Europe/Paris:20260304T140000',
  'DTEND;TZID=Europe/Paris:20260304T153000',
  'LOCATION:Workshop',
  'ORGANIZER;CN=Inès Duval:mailto:ines@example.com',
  'ATTENDEE;CN=Desk;PARTSTAT=ACCEPTED:mailto:desk@example.org',
  'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:noor@example.org',
  'DESCRIPTION:Bring the drawings.\\nGate 3.',
];

describe('an invitation', () => {
  it('is told in lines', () => {
    expect(describeCalendar(calendar(visit))).toBe(
      [
        'Invitation: Oven inspection, second floor',
        'When: Wed 2026-03-04 14:00 – 15:30 (Europe/Paris)',
        'Where: Workshop',
        'Organiser: Inès Duval <ines@example.com>',
        'Attendees: Desk <desk@example.org> (accepted), noor@example.org',
        '',
        'Bring the drawings.',
        'Gate 3.',
      ].join('\n'),
    );
  });

  it.each([
    [['DTSTART:20260304T140000Z', 'DURATION:PT90M'], 'Wed 2026-03-04 14:00 – 15:30 UTC'],
    [['DTSTART;VALUE=DATE:20260304', 'DTEND;VALUE=DATE:20260305'], 'Wed 2026-03-04'],
    [['DTSTART;VALUE=DATE:20260304', 'DTEND;VALUE=DATE:20260307'], 'Wed 2026-03-04 – Fri 2026-03-06'],
    [['DTSTART:20260304T220000', 'DTEND:20260305T010000'], 'Wed 2026-03-04 22:00 – Thu 2026-03-05 01:00'],
    [['DTSTART:20260304T220000Z', 'DURATION:P900000D'], 'Wed 2026-03-04 22:00 UTC'],
  ])('%j is when it is', (lines, expected) => {
    expect(describeCalendar(calendar(['SUMMARY:x', ...lines]))).toContain(`\nWhen: ${expected}`);
  });

  it.each([
    ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10', 'every week, on MO, WE, 10 times'],
    ['RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260401T000000Z', 'every 2 days, until Wed 2026-04-01'],
  ])('%s says how it repeats', (rule, expected) => {
    expect(describeCalendar(calendar(['SUMMARY:x', 'DTSTART:20260304T140000', rule]))).toContain(`\nRepeats: ${expected}`);
  });

  it.each([
    ['CANCEL', [], 'Cancelled: x'],
    ['REPLY', [], 'Answer to an invitation: x'],
    ['REQUEST', ['STATUS:CANCELLED'], 'Cancelled: x'],
    ['X-ODD', [], 'Event: x'],
  ])('by method %s and %j is told apart', (method, lines, expected) => {
    expect(describeCalendar(calendar(['SUMMARY:x', ...lines], method))).toBe(expected);
  });

  it('survives a broken line, and is unreadable where nothing is left of it', () => {
    expect(describeCalendar(calendar(['SUMMARY:x', 'no colon in this line', 'DTSTART:20260304T140000']))).toContain('2026-03-04');
    expect(describeCalendar('no calendar')).toBeUndefined();
    expect(describeCalendar(calendar(['SUMMARY:x', `DESCRIPTION:${'x'.repeat(1_100_000)}`]))).toBeUndefined();
  });

  it('of a whole calendar stops after a few', () => {
    const events = Array.from({ length: 8 }, (_, index) => ['BEGIN:VEVENT', `SUMMARY:Event ${index}`, 'END:VEVENT']).flat();
    expect(describeCalendar(['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR'].join('\r\n'))).toMatch(/Event 4\n\n… and 3 more events$/);
  });

  it('stands below the words, in text and in markup, once though it came twice; its file stays', async () => {
    const { message, thread } = await prepareOne(
      source([
        'From: ines@example.com',
        'Message-ID: <a@example.com>',
        'Content-Type: multipart/mixed; boundary=m',
        '',
        '--m',
        'Content-Type: multipart/alternative; boundary=a',
        '',
        '--a',
        '',
        'Please come.',
        '--a',
        'Content-Type: text/html',
        '',
        '<p>Please come.</p>',
        '--a',
        'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
        '',
        calendar(visit),
        '--a--',
        '--m',
        'Content-Type: application/ics; name=invite.ics',
        '',
        calendar(visit),
        '--m--',
      ]),
    );
    expect(message.text).toMatch(/^Please come\.\n\nInvitation: Oven inspection, second floor\nWhen: Wed/);
    expect(message.text.split('Invitation:')).toHaveLength(2);
    expect(message.html).toContain('When: Wed 2026-03-04 14:00');
    expect(message.attachments.map(({ filename, decoration }) => [filename, decoration])).toEqual([
      ['part-3.ics', undefined],
      ['invite.ics', 'duplicate'],
    ]);
    expect(thread.gaps).toEqual([]);
  });
});
