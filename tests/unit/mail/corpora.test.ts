// @vitest-environment jsdom
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareOne } from './support.ts';

/** Public corpora lie outside the project; where they are absent the tests say "skipped". */
const corpora = process.env.RELAIS_CORPORA ?? join(process.cwd(), '../shared/corpora');
const seed = join(process.cwd(), 'tests/lab/webmail/seed');

interface Value {
  readonly Text?: string;
  readonly Address?: {
    readonly List?: readonly { readonly address: string | null }[];
    readonly Group?: readonly { readonly addresses: readonly { readonly address: string | null }[] }[];
  };
  readonly DateTime?: {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
    readonly tz_before_gmt: boolean;
    readonly tz_hour: number;
    readonly tz_minute: number;
  };
}
interface Truth {
  readonly parts: readonly { readonly headers: readonly { readonly name: string; readonly value: Value | string }[] }[];
}

function mails(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map((name) => join(folder, name))
    : [];
}

const read = (file: string) => new Uint8Array(readFileSync(file));

/** What the truth says of a header: the first one counts, as in ours. */
function truthOf(truth: Truth, name: string): Value | undefined {
  const value = truth.parts[0]?.headers.find((header) => header.name === name)?.value;
  return typeof value === 'object' ? value : undefined;
}

function timeOf({ DateTime: date }: Value): number | undefined {
  if (!date) return undefined;
  const east = (date.tz_hour * 60 + date.tz_minute) * (date.tz_before_gmt ? -1 : 1);
  return Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute - east, date.second);
}

const spaces = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('seed mails of the lab', () => {
  it.each(mails(seed).map((file) => [file.slice(seed.length + 1), file]))('%s is understood without a gap of ours', async (_, file) => {
    const { thread, message } = await prepareOne(read(file));
    expect(message.from.address).toMatch(/^\S+@\S+$/);
    expect(message.sentAt).toMatch(/^2026-03-0\dT\d\d:\d\d:\d\d\+01:00$/);
    expect(thread.gaps.filter((gap) => gap.code !== 'no-message-id')).toEqual([]);
  });
});

describe.skipIf(mails(join(corpora, 'mime')).length === 0)('public corpora', () => {
  it('every mail becomes a message with its original', async () => {
    for (const file of mails(join(corpora, 'mime'))) {
      const { message } = await prepareOne(read(file));
      expect(message.original?.size, file).toBe(read(file).length);
    }
  }, 60_000);

  it('sender, subject, time and Message-ID are what the known truth says', async () => {
    const rates = { from: [0, 0], subject: [0, 0], date: [0, 0], messageId: [0, 0] };
    const wrong: string[] = [];
    const judge = (what: keyof typeof rates, file: string, expected: unknown, found: unknown) => {
      rates[what][1] = (rates[what][1] ?? 0) + 1;
      if (expected === found) rates[what][0] = (rates[what][0] ?? 0) + 1;
      else wrong.push(`${what} ${file}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(found)}`);
    };
    for (const file of mails(join(corpora, 'mime/stalwart'))) {
      const json = file.replace(/\.eml$/, '.json');
      if (!existsSync(json)) continue;
      const truth = JSON.parse(readFileSync(json, 'utf8')) as Truth;
      const { message } = await prepareOne(read(file));
      const from = truthOf(truth, 'from')?.Address;
      const address = from?.List?.[0]?.address ?? from?.Group?.flatMap((group) => group.addresses)[0]?.address;
      if (address) judge('from', file, address.toLowerCase(), message.from.address.toLowerCase());
      const subject = truthOf(truth, 'subject')?.Text;
      if (subject) judge('subject', file, spaces(subject), message.subject);
      const date = truthOf(truth, 'date');
      if (date?.DateTime) judge('date', file, timeOf(date), message.sentAt ? Date.parse(message.sentAt) : undefined);
      const id = truthOf(truth, 'message_id')?.Text;
      if (id) judge('messageId', file, id, message.messageId);
    }
    console.info(
      Object.entries(rates)
        .map(([what, [right, all]]) => `${what} ${right}/${all}`)
        .join(', '),
      wrong,
    );
    expect(wrong).toEqual([]);
  }, 60_000);
});
