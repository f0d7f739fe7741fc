import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipOf, zipSize } from '../../../utils/core/zip.ts';

describe('an archive', () => {
  it('holds what was put in, under names in any script, as another program reads it', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251);
    const archive = await zipOf([
      { name: 'été/message 🎉.eml', blob: new Blob([bytes]) },
      { name: 'empty.txt', blob: new Blob([]) },
    ]);
    const held = unzipSync(new Uint8Array(await archive.arrayBuffer()));
    expect(Object.keys(held)).toEqual(['été/message 🎉.eml', 'empty.txt']);
    expect(Buffer.from(held['été/message 🎉.eml'] ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect(held['empty.txt']).toEqual(new Uint8Array());
  });

  it('has the checksum of its file, which other programs compare', async () => {
    const head = new DataView(await (await zipOf([{ name: 'a', blob: new Blob(['123456789']) }])).arrayBuffer());
    expect(head.getUint32(14, true)).toBe(0xcbf4_3926);
  });

  it('has the size that was told before', async () => {
    const blob = new Blob(['Subject: a\n\nb']);
    expect((await zipOf([{ name: 'é.eml', blob }])).size).toBe(zipSize('é.eml', blob.size));
  });

  it('may be empty', async () => {
    expect(unzipSync(new Uint8Array(await (await zipOf([])).arrayBuffer()))).toEqual({});
  });
});
