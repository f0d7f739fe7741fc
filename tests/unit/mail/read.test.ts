import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Runs `npm run read` over files of the given names and contents; the last names are of files that are not there. */
async function read(files: Readonly<Record<string, string>>, ...others: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'relais-read-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const paths = [...Object.keys(files).map((name) => join(folder, name)), ...others];
  const run = promisify(execFile)(process.execPath, ['scripts/read.ts', '--internal', 'example.org', ...paths], { encoding: 'utf8' });
  const { stdout, code } = await run.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (failed: { stdout: string; code: number }) => failed,
  );
  return {
    code,
    lines: stdout
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line)),
  };
}

const mail = [
  'From: =?utf-8?Q?In=C3=A8s?= <ines@example.com>',
  'To: Desk <desk@example.org>',
  'Subject: Re: Oven',
  'Date: Mon, 02 Mar 2026 08:00:00 +0100',
  'Message-ID: <2@example.com>',
  'References: <1@example.org>',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'Yes, please.',
  '',
  'On Sun, 1 Mar 2026 at 09:00, Desk <desk@example.org> wrote:',
  '> Shall we come?',
  '--b',
  'Content-Type: application/x-msdownload; name=setup.exe',
  '',
  'x',
  '--b--',
].join('\r\n');

it('says one line for each file, and goes on after one that can not be read', async () => {
  const { code, lines } = await read(
    { 'a.eml': mail, 'b.html': '<p>Hello</p><p onclick="x">there</p>', 'c.txt': 'Caf\u00e9', 'd.pdf': '%PDF', 'e.eml': '' },
    'no-such.eml',
  );
  expect(code).toBe(1);
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatchObject({
    subject: 'Re: Oven',
    title: 'Oven',
    from: { address: 'ines@example.com', name: 'Inès' },
    to: [{ address: 'desk@example.org', name: 'Desk' }],
    cc: [],
    date: '2026-03-02T08:00:00+01:00',
    messageId: '2@example.com',
    references: ['1@example.org'],
    ownText: 'Yes, please.',
    folded: [{ kind: 'quote', text: expect.stringContaining('> Shall we come?') }],
    forwarded: null,
    requester: { address: 'ines@example.com', reason: 'first-external-author' },
    attachments: [{ name: 'setup.exe', size: 1, inline: false, decoration: null, ticked: true, reason: '', risky: true }],
    gaps: [],
  });
  expect(lines[1]).toMatchObject({
    ownText: 'Hello\n\nthere',
    date: null,
    gaps: [{ code: 'not-the-original' }, { code: 'no-message-id' }],
  });
  expect(lines[2]).toMatchObject({ ownText: 'Café' });
  expect(lines[3]).toEqual({ file: expect.stringMatching(/d\.pdf$/), error: 'Only .eml, .html and .txt files are read.' });
  expect(lines[4]).toMatchObject({ ownText: '', gaps: [{ code: 'unreadable-part' }, { code: 'no-message-id' }] });
  expect(lines[5]).toEqual({ file: 'no-such.eml', error: 'There is no such file.' });
});

it('ends well where every file could be read', async () => {
  expect((await read({ 'a.eml': mail })).code).toBe(0);
});
