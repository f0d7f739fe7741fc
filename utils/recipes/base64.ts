/**
 * Base64 without a text in between: bytes in, bytes out. `btoa` wants a text of one character per byte, whose making costs
 * more than the encoding (measured on 25 MB: 2.3 s against 0.4 s).
 */
const digits = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 61;

/** Base64 of bytes, as the bytes of its ASCII text. */
export function base64Bytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  const digit = (value: number): number => digits[value & 63] ?? padding;
  let to = 0;
  for (let from = 0; from < bytes.length; from += 3) {
    const group = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    out[to] = digit(group >> 18);
    out[to + 1] = digit(group >> 12);
    out[to + 2] = from + 1 < bytes.length ? digit(group >> 6) : padding;
    out[to + 3] = from + 2 < bytes.length ? digit(group) : padding;
    to += 4;
  }
  return out;
}

/** Base64 of bytes as a text. */
export function toBase64(bytes: Uint8Array): string {
  return new TextDecoder().decode(base64Bytes(bytes));
}
