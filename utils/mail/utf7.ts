/** UTF-7 (RFC 2152), which no platform decodes: old gateways and some machines still send it. */
import { decodeTransfer } from './transfer.ts';

/** ASCII with runs of `+base64-`, each of them UTF-16 big-endian. What is broken stays as it stands. */
export function decodeUtf7(bytes: Uint8Array): string {
  const text = new TextDecoder('windows-1252').decode(bytes);
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, run: string) => {
    if (run === '') return whole === '+-' ? '+' : whole;
    const units = decodeTransfer(new TextEncoder().encode(run), 'base64').bytes;
    // The last unit may be followed by up to six bits of filling: less than a unit.
    const even = units.subarray(0, units.length - (units.length % 2));
    return even.length === 0 ? whole : new TextDecoder('utf-16be').decode(even);
  });
}
