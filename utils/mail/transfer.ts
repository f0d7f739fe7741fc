/** Content-Transfer-Encoding undone, byte for byte: line breaks of a file are the file's own. */

export interface Decoded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Something in it was not what the encoding allows: cut or garbled on the way. */
  readonly damaged: boolean;
}

/** Decodes a part's body; unknown encodings are handed on as they are. Never throws. */
export function decodeTransfer(body: Uint8Array<ArrayBuffer>, encoding: string): Decoded {
  if (encoding.includes('base64')) return decodeBase64(body);
  if (encoding.includes('quoted-printable')) return { bytes: decodeQuotedPrintable(body), damaged: false };
  return { bytes: body, damaged: false };
}

const other = 255;
const padding = 254;
const blank = 253;
const base64Values = base64Table();

function base64Table(): Uint8Array {
  const table = new Uint8Array(256).fill(other);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let index = 0; index < alphabet.length; index += 1) table[alphabet.charCodeAt(index)] = index;
  table[0x3d] = padding;
  for (const code of [0x20, 0x09, 0x0d, 0x0a]) table[code] = blank;
  return table;
}

function decodeBase64(body: Uint8Array): Decoded {
  const out = new Uint8Array(Math.ceil((body.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  let damaged = false;
  let padded = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    const value = base64Values[byte] ?? other;
    // Some senders pad every line; what follows on the same line is a gateway's remark.
    if (padded && byte === 0x0a) padded = false;
    if (value < 64 && padded) damaged = true;
    else if (value < 64) {
      bits = (bits << 6) | value;
      count += 1;
      if (count === 4) {
        out[length] = (bits >> 16) & 255;
        out[length + 1] = (bits >> 8) & 255;
        out[length + 2] = bits & 255;
        length += 3;
        bits = 0;
        count = 0;
      }
    } else if (value === padding) {
      padded = true;
      if (count === 1) damaged = true;
      length = endGroup(out, length, bits, count);
      bits = 0;
      count = 0;
    } else if (value === other) damaged = true;
  }
  if (count === 1) damaged = true;
  return { bytes: out.subarray(0, endGroup(out, length, bits, count)), damaged };
}

function endGroup(out: Uint8Array, length: number, bits: number, count: number): number {
  if (count === 3) {
    out[length] = (bits >> 10) & 255;
    out[length + 1] = (bits >> 2) & 255;
    return length + 2;
  }
  if (count === 2) {
    out[length] = (bits >> 4) & 255;
    return length + 1;
  }
  return length;
}

function decodeQuotedPrintable(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(body.length);
  let length = 0;
  let at = 0;
  while (at < body.length) {
    const byte = body[at] ?? 0;
    if (byte !== 0x3d) {
      out[length] = byte;
      length += 1;
      at += 1;
      continue;
    }
    const high = nibble(body[at + 1]);
    const low = nibble(body[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length] = (high << 4) | low;
      length += 1;
      at += 3;
      continue;
    }
    const soft = softBreak(body, at + 1);
    if (soft > 0) at = soft;
    else {
      out[length] = byte;
      length += 1;
      at += 1;
    }
  }
  return out.subarray(0, length);
}

/** Offset behind the line break that `=` hides, blanks before it passed over; 0 where no line ends here. */
function softBreak(body: Uint8Array, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at += 1;
  if (at >= body.length) return at;
  if (body[at] === 0x0d) at += 1;
  return body[at] === 0x0a ? at + 1 : 0;
}

function nibble(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}
