/**
 * `npm run read -- [--internal DOMAIN]… FILE…`: what Relais makes of a mail, one line of JSON a file, by the code that the
 * extension runs. `.eml` is read as a source, `.html` as what a page showed, `.txt` as text that was selected.
 */
import '../tests/bench/dom.ts';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import english from '../public/_locales/en/messages.json' with { type: 'json' };
import type { CapturedMessage } from '../utils/core/captured.ts';
import type { Attachment, Thread } from '../utils/core/thread.ts';
import { ownText, stretchesOf } from '../utils/core/thread.ts';
import { decodeText } from '../utils/mail/charset.ts';

// After the document above: the sanitiser looks for one when it is loaded.
const { prepare } = await import('../utils/mail/prepare.ts');

const reasons = { logo: english.fileLogo.message, pixel: english.filePixel.message, duplicate: english.fileDuplicate.message };

const { values, positionals } = parseArgs({ options: { internal: { type: 'string', multiple: true } }, allowPositionals: true });
if (positionals.length === 0) {
  console.error('relais: npm run read -- FILE… (.eml, .html or .txt)');
  process.exit(2);
}
for (const file of positionals) {
  try {
    console.log(JSON.stringify({ file, ...describe(await read(file)) }));
  } catch (thrown) {
    console.log(JSON.stringify({ file, error: sentenceOf(thrown) }));
    process.exitCode = 1;
  }
}

async function read(file: string): Promise<Thread> {
  const blobs = new Map<string, Blob>();
  return prepare(
    { captureId: 'read', messages: [await messageOf(file, blobs)], gaps: [] },
    {
      readBlob: async (key) => blobs.get(key) ?? new Blob(),
      // Only what is said of the files is wanted.
      writeBlob: async () => {},
      internalDomains: (values.internal ?? []).map((domain) => domain.toLowerCase()),
    },
  );
}

async function messageOf(file: string, blobs: Map<string, Blob>): Promise<CapturedMessage> {
  switch (extname(file).toLowerCase()) {
    case '.eml':
      blobs.set('read/source', new Blob([await readFile(file)]));
      return { id: 'message', source: 'raw', blob: 'read/source' };
    case '.html':
    case '.htm':
      return { id: 'message', source: 'page', page: { html: decodeText(await readFile(file)) } };
    case '.txt':
      return { id: 'message', source: 'selection', page: { text: decodeText(await readFile(file)) } };
    default:
      throw new Error('Only .eml, .html and .txt files are read.');
  }
}

function describe({ subject, title, messages, requesters, gaps }: Thread) {
  const message = messages[0];
  if (!message) throw new Error('The file holds no message.');
  const [best, ...others] = requesters;
  return {
    subject,
    title,
    from: message.from,
    to: message.to,
    cc: message.cc,
    date: message.sentAt ?? null,
    messageId: message.messageId ?? null,
    references: message.references,
    ownText: ownText(message),
    folded: stretchesOf(message).filter(({ kind }) => kind !== 'own'),
    forwarded: message.forwarded ?? null,
    requester: best ? { ...best, candidates: others } : null,
    attachments: message.attachments.map(fileOf),
    gaps: gaps.map(({ code, detail }) => ({ code, ...(detail ? { detail } : {}) })),
  };
}

function fileOf({ filename, mediaType, size, sha256, inline, decoration, risky }: Attachment) {
  return {
    name: filename,
    mediaType,
    size,
    sha256,
    inline,
    decoration: decoration ?? null,
    ticked: decoration === undefined,
    reason: decoration ? reasons[decoration] : '',
    risky: risky === true,
  };
}

/** Faults of the file system by their own short names; no path of the machine. */
function sentenceOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'EISDIR') return 'This is a folder, not a file.';
  if (code === 'EACCES' || code === 'EPERM') return 'This file may not be read.';
  return typeof code === 'string' ? `This file could not be read (${code}).` : thrown instanceof Error ? thrown.message : String(thrown);
}
