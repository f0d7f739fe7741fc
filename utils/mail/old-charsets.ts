/** Charsets that mail still has and the Encoding Standard leaves out on purpose. */
import { decodeUtf7 } from './utf7.ts';

const dos437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}';
const dos850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}';
const dos852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}';

const decoders: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'utf-7': decodeUtf7,
  'iso-2022-kr': (bytes) => new TextDecoder('euc-kr').decode(withHighBits(bytes, 0x0e, 0x0f)),
  'hz-gb-2312': decodeHz,
  cp437: (bytes) => decodeTable(bytes, dos437),
  cp850: (bytes) => decodeTable(bytes, dos850),
  cp852: (bytes) => decodeTable(bytes, dos852),
};

/** Text in one of these charsets; `undefined` where the platform's decoder is to be asked. */
export function decodeOld(bytes: Uint8Array, encoding: string): string | undefined {
  return Object.hasOwn(decoders, encoding) ? decoders[encoding]?.(bytes) : undefined;
}

/** Whether `decodeOld` knows the name. */
export function isOldCharset(encoding: string): boolean {
  return Object.hasOwn(decoders, encoding);
}

function decodeTable(bytes: Uint8Array, upper: string): string {
  const units = new Uint16Array(bytes.length);
  for (const [index, byte] of bytes.entries()) units[index] = byte < 128 ? byte : upper.charCodeAt(byte - 128);
  return new TextDecoder('utf-16le').decode(units);
}

/** Bytes between a shift and its return are those of an EUC charset with the high bit off (RFC 1557). */
function withHighBits(bytes: Uint8Array, shift: number, back: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let high = 0;
  for (const byte of bytes) {
    if (byte === shift) high = 0x80;
    else if (byte === back) high = 0;
    else {
      // A line always begins in ASCII.
      if (byte === 0x0a) high = 0;
      out[length] = byte > 0x20 && byte < 0x80 ? byte | high : byte;
      length += 1;
    }
  }
  // What announces the charset at the start (`ESC $ ) C`) is no text.
  const start = out[0] === 0x1b && out[1] === 0x24 ? 4 : 0;
  return out.subarray(start, length);
}

/** `~{` … `~}` around GB2312 with the high bit off (RFC 1843). */
function decodeHz(bytes: Uint8Array): string {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === 0x0a) high = 0;
    if (byte === 0x7e && (next === 0x7b || next === 0x7d || next === 0x0a || (next === 0x7e && high === 0))) {
      at += 1;
      if (next === 0x7b) high = 0x80;
      else if (next === 0x7d) high = 0;
      if (next !== 0x7e) continue;
    }
    out[length] = byte > 0x20 ? byte | high : byte;
    length += 1;
  }
  return new TextDecoder('gbk').decode(out.subarray(0, length));
}
