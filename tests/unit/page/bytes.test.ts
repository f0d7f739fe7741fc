import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toBase64 } from '../../../utils/page/base64.ts';
import { withStoredLineEnds } from '../../../utils/page/line-ends.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const stored = async (text: string) => new TextDecoder().decode(await withStoredLineEnds(bytes(text).buffer));

describe('withStoredLineEnds', () => {
  it('turns CRLF to LF and touches nothing else', async () => {
    expect(await stored('A: b\r\n\r\ntab\t\r\nlone \r here\r\n')).toBe('A: b\n\ntab\t\nlone \r here\n');
  });

  it('leaves a mail alone that has any other line end: it could not be turned back', async () => {
    expect(await stored('A: b\r\n\nx\r\n')).toBe('A: b\r\n\nx\r\n');
  });

  it('can always be turned back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', '\r', '\r\n', 'é')), async (pieces) => {
        const wire = pieces.join('').replace(/\r+\r\n/g, '\r\n');
        expect((await stored(wire)).replace(/\n/g, '\r\n')).toBe(wire);
      }),
    );
  });

  it('sees a CRLF that lies across two of its slices', async () => {
    const long = `${'x'.repeat(1024 * 1024 - 1)}\r\ny\r\n`;
    expect(await stored(long)).toBe(long.replaceAll('\r\n', '\n'));
  });
});

describe('toBase64', () => {
  afterEach(() => vi.unstubAllGlobals());

  it("leaves it to the browser's own method where there is one", async () => {
    const modern = Object.assign(new Uint8Array([1]), { toBase64: () => 'own' });
    expect(await toBase64(modern)).toBe('own');
  });

  it('encodes in browsers that have no method for it', async () => {
    const { FileReader, Blob } = new JSDOM('').window;
    vi.stubGlobal('FileReader', FileReader);
    vi.stubGlobal('Blob', Blob);
    const old = Object.assign(new Uint8Array([0, 255, 254, 65]), { toBase64: undefined });
    expect(await toBase64(old as unknown as Uint8Array<ArrayBuffer>)).toBe('AP/+QQ==');
  });
});
