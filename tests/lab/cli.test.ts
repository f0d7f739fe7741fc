/** `npm run deliver` and `npm run doctor` on the real servers: what the extension does, without a browser. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../utils/core/ticket.ts';
import { endpointOf } from './endpoints.ts';
import { heldBy } from './held.ts';
import { type TicketSystem, ticketSystems } from './lab.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'relais-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly code: number | null;
  readonly lines: readonly string[];
  /** The last line. */
  readonly outcome: unknown;
}

async function run(script: 'deliver' | 'doctor', words: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [join(root, 'scripts', `${script}.ts`), ...words], { cwd: root });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const closed = Promise.withResolvers<number | null>();
  child.once('error', closed.reject).once('close', closed.resolve);
  const code = await closed.promise;
  const lines = text.trimEnd().split('\n');
  return { code, lines, outcome: JSON.parse(lines.at(-1) ?? '') };
}

const systems = ticketSystems();

describe.each(['rt', 'znuny'] as const)('the command line, to %s', (name) => {
  const system = systems[name];
  if (!system) console.warn(`SKIPPED: the lab has no ${name}. Start it with tests/lab/tickets/start ${name}`);
  const test = it.skipIf(!system);
  const needed = (): TicketSystem => {
    if (!system) throw new Error('not running');
    return system;
  };

  function settings(change: Readonly<Record<string, string>> = {}): string {
    const { endpoint, secrets } = endpointOf(needed());
    const document = {
      version: 1,
      endpoints: [{ ...endpoint, defaults: { queue: { id: 'Support', label: 'Support' } } }],
      secrets: { [endpoint.id]: { ...secrets, ...change } },
    };
    const file = join(folder, `${name}-${randomBytes(4).toString('hex')}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  }

  /** Files of one thread; the mark stands in their subject. */
  function mails(): { readonly mark: string; readonly files: readonly string[] } {
    const mark = `q${randomBytes(6).toString('hex')}`;
    const files = [1, 2, 3].map((n) => {
      const file = join(folder, `${mark}-${n}.eml`);
      const head = [
        `Date: Mon, 02 Mar 2026 0${n}:40:00 +0100`,
        'From: Zoe Durand <zoe@client.test>',
        'To: Camille Vernier <camille@example.org>',
        `Subject: ${n === 1 ? '' : 'Re: '}Vitrine ${mark}`,
        `Message-ID: <${mark}.${n}@client.test>`,
        ...(n === 1 ? [] : [`References: <${mark}.1@client.test>`]),
        'Content-Type: text/html; charset=utf-8',
      ];
      writeFileSync(file, `${head.join('\r\n')}\r\n\r\n<p>Message ${n} : déjà vu, 12 €</p>\r\n`);
      return file;
    });
    return { mark, files };
  }

  test('makes a ticket, then adds what is new to it, originals included and nothing twice', { timeout: 600_000 }, async () => {
    const { mark, files } = mails();
    const words = ['--settings', settings()];
    const first = await run('deliver', [...words, '--note', 'Interne : rappeler.', ...files.slice(0, 2)]);
    expect(first.code, first.lines.join('\n')).toBe(0);
    const second = await run('deliver', [...words, ...files]);
    expect(second.code, second.lines.join('\n')).toBe(0);
    expect((second.outcome as Receipt).ticketId).toBe((first.outcome as Receipt).ticketId);
    const held = await heldBy(needed(), mark);
    expect(held).toHaveLength(1);
    const told = held[0]?.articles ?? [];
    for (const n of [1, 2, 3]) expect(told.filter(({ text }) => text.includes(`Message ${n} : déjà vu`))).toHaveLength(1);
    expect(told.filter(({ text }) => text.includes('Interne : rappeler.'))).toMatchObject([{ internal: true }]);
    expect(told.flatMap((article) => article.files.map((file) => file.name.endsWith('.eml')))).toEqual([true, true, true]);
  });

  test('shows every request and no secret, even at length', async () => {
    const { files } = mails();
    const { secrets } = endpointOf(needed());
    const { lines, code } = await run('deliver', ['--settings', settings(), '--verbose', ...files.slice(0, 1)]);
    expect(code).toBe(0);
    expect(lines.filter((line) => /^(?:GET|POST|PATCH|PUT) http.* → \d{3} \(\d+ ms, [a-z-]+\)$/.test(line)).length).toBeGreaterThan(2);
    expect(lines.some((line) => line.startsWith('  > ') && line.includes('Vitrine'))).toBe(true);
    for (const secret of Object.values(secrets)) expect(lines.join('\n')).not.toContain(secret);
  });

  test('tells what is wrong, with an exit code', async () => {
    const good = await run('doctor', ['--settings', settings()]);
    expect(good).toMatchObject({ code: 0, outcome: { ok: true } });
    const wrong = await run('doctor', ['--settings', settings({ token: '1-39-0123456789abcdef', password: 'nope' })]);
    expect(wrong).toMatchObject({ code: 1, outcome: { ok: false, findings: [{ code: 'key', sure: true }] } });
    const refused = await run('deliver', ['--settings', settings(), '--queue', 'Gone', ...mails().files]);
    expect(refused).toMatchObject({ code: 1, outcome: { error: { code: 'rejected' } } });
  });
});
