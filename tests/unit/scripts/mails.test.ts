import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readMails } from '../../../scripts/cli/mails.ts';
import { articleReference } from '../../../utils/core/reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'relais-mails-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mail(name: string, head: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, [...head, 'From: client@client.example.net', 'Subject: Devis', '', name].join('\r\n'));
  return file;
}
const first = mail('first.eml', ['Message-ID: <a@client.example.net>']);
const [one, other] = ['one.eml', 'other.eml'].map((name) => mail(name, ['References: <a@client.example.net>'])) as [string, string];

/** What marks each message in a ticket. */
async function marksOf(...files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { thread } = await readMails(files, []);
  const marks = thread.messages.map(
    async ({ text, messageId, id }) => [text.trim(), await articleReference(thread.reference, messageId ?? id)] as const,
  );
  return new Map(await Promise.all(marks));
}

it('knows a mail without a Message-ID by what it is, not by its place among the files', async () => {
  const before = await marksOf(first, one);
  expect(await marksOf(one, first)).toEqual(before);
  expect((await marksOf(first, other)).get('other.eml')).not.toBe(before.get('one.eml'));
});

it('reads a file that is named twice once', async () => {
  expect((await readMails([first, one, one], [])).thread.messages).toHaveLength(2);
});
