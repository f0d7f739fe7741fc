/** Invitations in words. The `.ics` itself stays a file. */
import ICAL from 'ical.js';
import { oneLine } from './words.ts';

/** Longer ones are whole calendars, not invitations. */
const longest = 1_000_000;
const eventsTold = 5;
const peopleTold = 30;

const mediaTypes = new Set(['text/calendar', 'application/ics', 'text/x-vcalendar']);

/** Whether the part is a calendar that `describeCalendar` reads. */
export function isCalendar(mediaType: string): boolean {
  return mediaTypes.has(mediaType);
}

const methods: Readonly<Record<string, string>> = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancelled',
  REPLY: 'Answer to an invitation',
  COUNTER: 'Another time is proposed',
  DECLINECOUNTER: 'The other time is declined',
  REFRESH: 'Asked for the latest version',
};

/** The calendar's events as lines of text, empty where it has none; `undefined` where it can't be read. */
export function describeCalendar(text: string): string | undefined {
  const calendar = parse(text);
  if (!calendar) return undefined;
  try {
    const events = ['vevent', 'vtodo'].flatMap((name) => calendar.getAllSubcomponents(name));
    const method = methods[words(calendar, 'method').toUpperCase()] ?? 'Event';
    const told = events.slice(0, eventsTold).map((event) => describeEvent(event, method));
    if (events.length > eventsTold) told.push(`… and ${events.length - eventsTold} more events`);
    return told.join('\n\n');
  } catch {
    // A value of the wrong kind; the library tells only when it is read.
    return undefined;
  }
}

function parse(text: string): ICAL.Component | undefined {
  if (text.length > longest) return undefined;
  // One broken line must not cost the invitation.
  const lines = text.split(/\r\n|\r|\n/).filter((line) => /^[ \t]/.test(line) || /^[\w-]+[:;]/.test(line));
  try {
    const root: unknown = ICAL.parse(lines.join('\r\n'));
    return Array.isArray(root) ? new ICAL.Component(root) : undefined;
  } catch {
    return undefined;
  }
}

function describeEvent(event: ICAL.Component, method: string): string {
  const isOff = words(event, 'status').toUpperCase() === 'CANCELLED';
  const people = event.getAllProperties('attendee').map((person) => personOf(person));
  const organiser = event.getFirstProperty('organizer');
  const description = String(event.getFirstPropertyValue('description') ?? '');
  const rest = people.length - peopleTold;
  return [
    `${isOff ? 'Cancelled' : method}: ${words(event, 'summary') || '(untitled)'}`,
    line('When', whenOf(event)),
    line('Repeats', repeatsOf(event)),
    line('Where', words(event, 'location')),
    line('Organiser', organiser ? personOf(organiser) : ''),
    line('Attendees', [...people.slice(0, peopleTold), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ')),
    line('Link', words(event, 'url')),
    description.trim() && `\n${description.slice(0, 10_000).trim()}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function line(label: string, text: string): string {
  return text && `${label}: ${text}`;
}

function words(component: ICAL.Component, name: string): string {
  return oneLine(String(component.getFirstPropertyValue(name) ?? ''));
}

/** `Wed 2026-03-04 14:00 – 15:00 (Europe/Paris)`; the zone is the sender's own name for it. */
function whenOf(event: ICAL.Component): string {
  const start = timeOf(event, 'dtstart') ?? timeOf(event, 'due');
  if (!start) return '';
  const end = endOf(event, start);
  const from = `${dayOf(start)}${clockOf(start)}`;
  const sameDay = end && dayOf(end) === dayOf(start);
  const to = !end || end.compare(start) === 0 ? '' : sameDay ? clockOf(end) && ` –${clockOf(end)}` : ` – ${dayOf(end)}${clockOf(end)}`;
  return `${from}${to}${start.isDate ? '' : zoneOf(event, start)}`;
}

function timeOf(event: ICAL.Component, name: string): ICAL.Time | undefined {
  const value = event.getFirstPropertyValue(name);
  return value instanceof ICAL.Time ? value : undefined;
}

function endOf(event: ICAL.Component, start: ICAL.Time): ICAL.Time | undefined {
  const end = timeOf(event, 'dtend')?.clone();
  // The end of whole days is the day after the last one.
  if (end?.isDate && end.compare(start) > 0) end.adjust(-1, 0, 0, 0);
  if (end) return end;
  const duration = event.getFirstPropertyValue('duration');
  if (!(duration instanceof ICAL.Duration) || start.isDate) return undefined;
  const later = start.clone();
  // Years of seconds would be counted one by one.
  const seconds = duration.toSeconds();
  if (seconds <= 0 || seconds > 40 * 86_400) return undefined;
  later.adjust(0, 0, 0, seconds);
  return later;
}

function dayOf({ year, month, day }: ICAL.Time): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  const name = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()] ?? '';
  return `${name} ${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function clockOf({ isDate, hour, minute }: ICAL.Time): string {
  return isDate ? '' : ` ${two(hour)}:${two(minute)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function zoneOf(event: ICAL.Component, start: ICAL.Time): string {
  const zone = event.getFirstProperty('dtstart')?.getFirstParameter('tzid');
  if (typeof zone === 'string' && zone !== '') return ` (${oneLine(zone).slice(0, 80)})`;
  return start.zone === ICAL.Timezone.utcTimezone ? ' UTC' : '';
}

const paces: Readonly<Record<string, string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year', HOURLY: 'hour' };

function repeatsOf(event: ICAL.Component): string {
  const rule = event.getFirstPropertyValue('rrule');
  if (!(rule instanceof ICAL.Recur)) return '';
  const pace = paces[rule.freq] ?? rule.freq.toLowerCase();
  const days = rule.parts.BYDAY?.join(', ');
  return [
    rule.interval > 1 ? `every ${rule.interval} ${pace}s` : `every ${pace}`,
    days && `on ${days}`,
    rule.count && `${rule.count} times`,
    rule.until && `until ${dayOf(rule.until)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const answers: Readonly<Record<string, string>> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' };

function personOf(property: ICAL.Property): string {
  const address = oneLine(String(property.getFirstValue() ?? '').replace(/^mailto:/i, ''));
  const name = oneLine(String(property.getFirstParameter('cn') ?? ''));
  const answer = answers[String(property.getFirstParameter('partstat') ?? '').toUpperCase()];
  const who = name === '' || name === address ? address : `${name} <${address}>`;
  return answer ? `${who} (${answer})` : who;
}
