import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { captureLimits } from '../../../utils/core/captured.ts';
import { unzipOnly } from '../../../utils/page/unzip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (buffer: ArrayBuffer | undefined) => buffer && new TextDecoder().decode(buffer);
const buffer = (array: Uint8Array) => array.slice().buffer as ArrayBuffer;

describe('unzipOnly', () => {
  it.each([0, 9] as const)('gives the file back as it was, packed at level %i', async (level) => {
    const mail = `Subject: été\n\n${'x'.repeat(5000)}`;
    expect(text(await unzipOnly(buffer(zipSync({ '7 - été.eml': [bytes(mail), { level }] }))))).toBe(mail);
  });

  it('finds the end where a comment follows it', async () => {
    const zip = zipSync({ 'a.eml': bytes('Subject: a\n\n') }, { comment: 'made by hand' });
    expect(text(await unzipOnly(buffer(zip)))).toBe('Subject: a\n\n');
  });

  it('refuses several files, since which is which is not sure', async () => {
    expect(await unzipOnly(buffer(zipSync({ a: bytes('1'), b: bytes('2') })))).toBeUndefined();
  });

  it('refuses what is no zip, or cut off at any place', async () => {
    const zip = zipSync({ 'a.eml': bytes('Subject: a\n\nSome text, and some more text.') });
    expect(await unzipOnly(new ArrayBuffer(0))).toBeUndefined();
    expect(await unzipOnly(buffer(bytes('<!DOCTYPE html><title>Log in</title>')))).toBeUndefined();
    for (let length = 0; length < zip.length; length += 1) expect(await unzipOnly(buffer(zip.slice(0, length)))).toBeUndefined();
    for (let cut = 1; cut < zip.length; cut += 1) await unzipOnly(buffer(zip.slice(cut))); // must not throw
  });

  it('stops unpacking what would not fit into a capture', async () => {
    const zip = zipSync({ 'a.eml': bytes('a') });
    const bomb = deflateRawSync(Buffer.alloc(captureLimits.bytes + 1), { level: 1 });
    const end = zip.length - 22;
    const header = new DataView(buffer(zip));
    const entry = header.getUint32(end + 16, true);
    const record = Buffer.from(zip.slice(entry));
    record.writeUInt16LE(8, 10);
    record.writeUInt32LE(bomb.length, 20);
    const local = Buffer.from(zip.slice(0, 30 + 5));
    const whole = Buffer.concat([local, bomb, record]);
    whole.writeUInt32LE(local.length + bomb.length, whole.length - 22 + 16);
    expect(await unzipOnly(buffer(whole))).toBeUndefined();
  });
});
