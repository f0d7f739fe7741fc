/** MAPI properties as `winmail.dat` holds them (MS-OXTNEF section 2.1.3.4). */

/** Property number → its first value, still bytes. */
export type Properties = ReadonlyMap<number, Property>;

export interface Property {
  readonly type: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const fixedSizes: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
/** Strings, binaries, objects: a count of values, each with its length. */
const variable = new Set([0x0d, 0x1e, 0x1f, 0x102]);

const string8 = 0x1e;
const unicode = 0x1f;
const object = 0x0d;

/** Reads as many properties as are whole; what is cut or of an unknown type ends the list. */
export function readProperties(bytes: Uint8Array<ArrayBuffer>): Map<number, Property> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = new Map<number, Property>();
  let at = 4;
  const isInside = (size: number) => size >= 0 && at + size <= bytes.length;
  const number = () => {
    if (!isInside(4)) return undefined;
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const padded = (size: number) => size + ((4 - (size % 4)) % 4);
  const count = bytes.length >= 4 ? view.getUint32(0, true) : 0;
  for (let index = 0; index < count; index += 1) {
    const tag = number();
    if (tag === undefined) break;
    const id = tag >>> 16;
    const type = tag & 0x0fff;
    const isList = (tag & 0x1000) !== 0;
    if (id >= 0x8000) {
      // A name instead of a number: a set, then a number or a string.
      at += 16;
      const kind = number();
      const length = number();
      if (kind === undefined || length === undefined) break;
      if (kind !== 0) at += padded(length);
      if (at > bytes.length) break;
    }
    const isVariable = variable.has(type);
    const values = isVariable || isList ? number() : 1;
    if (values === undefined || values > bytes.length) break;
    for (let each = 0; each < values; each += 1) {
      const size = isVariable ? number() : fixedSizes[type];
      if (size === undefined || !isInside(size)) return found;
      if (!found.has(id)) found.set(id, { type, bytes: bytes.subarray(at, at + size) });
      at += isVariable ? padded(size) : size;
    }
  }
  return found;
}

/** A property's text; `undefined` where it has none. `decode` reads text of one byte a letter. */
export function textOfProperty(property: Property | undefined, decode: (bytes: Uint8Array) => string): string | undefined {
  if (!property || (property.type !== string8 && property.type !== unicode)) return undefined;
  const text = property.type === unicode ? new TextDecoder('utf-16le').decode(property.bytes) : decode(property.bytes);
  return text.replace(/\0+$/, '') || undefined;
}

/** A property's bytes; an object's without the 16 that say what it is. */
export function bytesOfProperty(property: Property | undefined): Uint8Array<ArrayBuffer> | undefined {
  return property?.type === object ? property.bytes.subarray(16) : property?.bytes;
}
