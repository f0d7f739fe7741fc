/** Pictures: how large they are, and where in a body they stand. */
import type { SafeHtml } from '../core/thread.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Where the body shows a picture: in what its author wrote, or in a folded part. */
export type PicturePlace = 'own' | 'signature' | 'other';

/** Content-ID of each picture that the body shows, with the best place where it does. */
export function picturesIn(html: SafeHtml): Map<string, PicturePlace> {
  const places = new Map<string, PicturePlace>();
  if (!html.includes('cid:')) return places;
  for (const image of new DOMParser().parseFromString(html, 'text/html').querySelectorAll('img[src^="cid:"]')) {
    const id = (image.getAttribute('src') ?? '').slice(4);
    const fold = image.closest('[data-fold]')?.getAttribute('data-fold');
    const place = !fold ? 'own' : fold === 'signature' || fold === 'footer' ? 'signature' : 'other';
    if (places.get(id) !== 'own') places.set(id, place);
  }
  return places;
}

/** Width and height in pixels of a PNG, GIF, JPEG, WebP or BMP; `undefined` for anything else. */
export function sizeOfPicture(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 30) return sizeOfGif(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (view.getUint16(0) === 0x424d) return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  if (view.getUint16(0) === 0xffd8) return sizeOfJpeg(view);
  if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return sizeOfWebp(view);
  return sizeOfGif(bytes);
}

function sizeOfGif(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 10 || bytes[0] !== 0x47 || bytes[1] !== 0x49 || bytes[2] !== 0x46) return undefined;
  return { width: (bytes[6] ?? 0) + (bytes[7] ?? 0) * 256, height: (bytes[8] ?? 0) + (bytes[9] ?? 0) * 256 };
}

/** Segments up to the one that begins the frame. */
function sizeOfJpeg(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const mark = view.getUint8(at + 1);
    const isFrame = mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Filling, and marks without contents.
    if (mark === 0xff) at += 1;
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2;
    else at += 2 + Math.max(view.getUint16(at + 2), 2);
  }
  return undefined;
}

function sizeOfWebp(view: DataView): PictureSize | undefined {
  const kind = view.getUint32(12);
  if (kind === 0x56503820) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== 0x56503858) return undefined;
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1;
  return { width: three(24), height: three(27) };
}
