/** Damage to mails that is the same in every run. */

/** Numbers from 0 up to 1, always the same ones for a seed (the generator is mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A mail with bytes changed, cut short or without its start, spliced with another, or all of it. */
export function damaged(mails: readonly Uint8Array<ArrayBuffer>[], random: () => number): Uint8Array<ArrayBuffer> {
  const below = (end: number) => Math.floor(random() * end);
  const any = () => mails[below(mails.length)] ?? new Uint8Array();
  const kind = below(4);
  let bytes = any();
  if (kind === 1 || kind === 3) {
    const other = any();
    const head = bytes.subarray(0, below(bytes.length + 1));
    const tail = other.subarray(below(other.length + 1));
    bytes = new Uint8Array(head.length + tail.length);
    bytes.set(head);
    bytes.set(tail, head.length);
  } else bytes = bytes.slice();
  if (kind === 0 || kind === 3) for (let count = 1 + below(40); count > 0; count -= 1) bytes[below(bytes.length)] = below(256);
  if (kind === 2) bytes = random() < 0.5 ? bytes.slice(0, below(bytes.length)) : bytes.slice(below(bytes.length));
  return bytes;
}
