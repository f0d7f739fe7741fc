/**
 * Sources of public corpora: who wrote, when, about what, under which Message-ID. The truth stands beside the mails
 * (`mime/stalwart/*.json`) or in `truth/mime.json`, where it was written down by reading the others. Then 20,000 mails made
 * of them by damage, of which none may be lost, and the time of it all beside postal-mime alone.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import type { Message } from '../../utils/core/thread.ts';
import { prepare } from '../../utils/mail/prepare.ts';
import { damaged, randomFrom } from './mail-damage.ts';
import { median } from './median.ts';

const fields = ['from', 'subject', 'date', 'messageId'] as const;
type Field = (typeof fields)[number];
/** Only what the mail really says; dates as ISO 8601 in UTC. */
type Facts = { readonly [Name in Field]?: string | undefined };

/** Header fields that no reader is asked for, with the reason. */
const excluded: Readonly<Record<string, Partial<Record<Field, string>>>> = {};

const variants = 20_000;
const seed = 20_260_302;

export async function mime(folder: string): Promise<Record<string, number>> {
  const mails = emlIn(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  const truth = new Map(mails.map(({ name }) => [name, truthOf(folder, name)]));
  const results: Record<string, number> = {};
  for (const [reader, read] of Object.entries(readers)) {
    const right: Record<Field, number> = { from: 0, subject: 0, date: 0, messageId: 0 };
    const all = { ...right };
    for (const { name, bytes } of mails) {
      const found = await read(bytes).catch((): Facts => ({}));
      const expected = truth.get(name) ?? {};
      for (const field of fields) {
        if (expected[field] === undefined || excluded[name]?.[field] !== undefined) continue;
        all[field] += 1;
        if (plain(field, expected[field]) === plain(field, found[field])) right[field] += 1;
        else if (reader === '') console.info(`mime: ${name} ${field}: ${expected[field]} ≠ ${found[field]}`);
      }
    }
    for (const field of fields) results[`mime_${field.toLowerCase()}_rate${reader}`] = right[field] / all[field];
    if (reader === '') console.info(`mime: judged ${fields.map((field) => `${field} ${all[field]}`).join(', ')} of ${mails.length} mails`);
  }
  return { ...results, ...(await times(mails.map(({ bytes }) => bytes))), mime_crashes: await crashes(mails.map(({ bytes }) => bytes)) };
}

const readers: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => Promise<Facts>>> = {
  '': async (bytes) => {
    const { from, subject, sentAt, messageId } = await prepared(bytes);
    return { from: from.address, subject, date: sentAt, messageId };
  },
  _postal_mime: async (bytes) => {
    const { from, subject, date, messageId } = await PostalMime.parse(bytes);
    return { from: from?.address, subject, date, messageId };
  },
  _mailparser: async (bytes) => {
    const { from, subject, date, messageId } = await simpleParser(Buffer.from(bytes));
    return { from: from?.value[0]?.address, subject, date: date?.toISOString(), messageId };
  },
};

async function prepared(bytes: Uint8Array<ArrayBuffer>): Promise<Message> {
  const { messages } = await prepare(
    { captureId: 'bench', messages: [{ id: 'm', source: 'raw', blob: 'bench/m' }], gaps: [] },
    { readBlob: async () => new Blob([bytes]), writeBlob: async () => {}, internalDomains: [] },
  );
  const [message] = messages;
  if (!message?.original || message.original.size !== bytes.length) throw new Error('The mail was lost');
  return message;
}

/** What doesn't count: case of an address, blanks, brackets of an id, how a time is written. */
function plain(field: Field, value: string | undefined): string {
  const text = (value ?? '').replace(/\s+/g, ' ').trim();
  if (field === 'from') return text.toLowerCase();
  if (field === 'messageId') return text.replace(/[<>]/g, '');
  return field === 'date' ? String(Date.parse(text)) : text;
}

/** Damaged mails that threw, or lost their original. */
async function crashes(mails: readonly Uint8Array<ArrayBuffer>[]): Promise<number> {
  const random = randomFrom(seed);
  // A large mail is damaged like a small one, and takes longer.
  const small = mails.filter(({ length }) => length < 32_768);
  let count = 0;
  for (let index = 0; index < variants; index += 1) {
    const bytes = damaged(small, random);
    try {
      await prepared(bytes);
    } catch (thrown) {
      count += 1;
      console.info(`mime: variant ${index}:`, thrown);
    }
  }
  return count;
}

async function times(mails: readonly Uint8Array<ArrayBuffer>[]): Promise<Record<string, number>> {
  let slowest = 0;
  const elapsed = async (work: (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>) => {
    const start = performance.now();
    for (const bytes of mails) await work(bytes);
    return performance.now() - start;
  };
  const ours = await median(5, () => elapsed(prepared));
  const bare = await median(5, () => elapsed((bytes) => PostalMime.parse(bytes).catch(() => {})));
  for (const bytes of mails) {
    const start = performance.now();
    await prepared(bytes);
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { parse_time_ratio: ours / bare, slowest_mail_ms: slowest };
}

function emlIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.eml'))
    .sort();
}

const read = JSON.parse(readFileSync(join(import.meta.dirname, 'truth/mime.json'), 'utf8')) as Readonly<Record<string, Facts>>;

function truthOf(folder: string, name: string): Facts | undefined {
  const beside = join(folder, name.replace(/\.eml$/, '.json'));
  return existsSync(beside) ? stalwartFacts(JSON.parse(readFileSync(beside, 'utf8')) as StalwartMail) : read[name.replaceAll('\\', '/')];
}

interface StalwartMail {
  readonly parts: readonly { readonly headers: readonly { readonly name: string; readonly value: StalwartValue | string }[] }[];
}
interface Addressed {
  readonly address: string | null;
}
interface StalwartValue {
  readonly Text?: string;
  readonly Address?: { readonly List?: readonly Addressed[]; readonly Group?: readonly { readonly addresses: readonly Addressed[] }[] };
  readonly DateTime?: Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'tz_hour' | 'tz_minute', number>> & {
    readonly tz_before_gmt: boolean;
  };
}

/** Of doubled headers the first one counts. */
function stalwartFacts({ parts }: StalwartMail): Facts {
  const value = (name: string): StalwartValue => {
    const found = parts[0]?.headers.find((header) => header.name === name)?.value;
    return typeof found === 'object' ? found : {};
  };
  const { Address, DateTime: date } = { ...value('from'), DateTime: value('date').DateTime };
  const from = Address?.List?.[0]?.address ?? Address?.Group?.flatMap(({ addresses }) => addresses)[0]?.address;
  const east = date ? (date.tz_hour * 60 + date.tz_minute) * (date.tz_before_gmt ? -1 : 1) : 0;
  return {
    from: from || undefined,
    subject: value('subject').Text || undefined,
    date: date && new Date(Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute - east, date.second)).toISOString(),
    messageId: value('message_id').Text || undefined,
  };
}
