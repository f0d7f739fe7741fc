/** Which files of a thread say nothing to the person who reads the ticket. Never dropped: unticked, with the reason. */
import type { Attachment, Decoration, Message } from '../core/thread.ts';
import { type PicturePlace, type PictureSize, picturesIn } from './pictures.ts';

/** Sides of what no person looks at: tracking pixels, spacers, lines. */
const thin = 3;
/** Sides of an icon: flags, smileys, the marks of social networks. */
const icon = 64;
/** What a company's mark stays under: in a signature, and in the text, where it may as well be a small screenshot. */
const inSignature = { width: 800, height: 260, bytes: 120_000 } as const;
const inText = { width: 400, height: 150, bytes: 40_000 } as const;

/** Marks the decoration of a thread. `messages` are oldest first; `sizes` are those of the pictures, by SHA-256. */
export function markDecoration(messages: readonly Message[], sizes: ReadonlyMap<string, PictureSize>): Message[] {
  const places = messages.map((message) => picturesIn(message.html));
  const repeated = repeatedPictures(messages, places);
  const isIcon = ({ sha256, inline }: Attachment) => {
    const size = sizes.get(sha256);
    return inline && size !== undefined && Math.max(size.width, size.height) <= icon;
  };
  const seen = new Set<string>();
  return messages.map((message, index) => {
    // One icon alone may be what the mail is about; a row of them is not.
    const hasIcons = message.attachments.filter(isIcon).length > 1;
    const attachments = message.attachments.map((attachment) => {
      const place = places[index]?.get(attachment.contentId ?? '');
      const isMark = repeated.has(attachment.sha256) || (hasIcons && isIcon(attachment));
      const most = place === 'signature' ? inSignature : isMark ? inText : undefined;
      const decoration = decorationOf(attachment, sizes.get(attachment.sha256), most) ?? duplicateOf(attachment, seen);
      seen.add(attachment.sha256);
      return decoration ? { ...attachment, decoration } : attachment;
    });
    return { ...message, attachments };
  });
}

/** An empty file equals every other one and stands for none of them. */
function duplicateOf({ sha256, size }: Attachment, seen: ReadonlySet<string>): Decoration | undefined {
  return size > 0 && seen.has(sha256) ? 'duplicate' : undefined;
}

/** `most` is how large a mark may be where it stands; absent where none is expected. */
function decorationOf(
  { mediaType, size, inline }: Attachment,
  picture: PictureSize | undefined,
  most?: typeof inSignature | typeof inText,
) {
  if (!picture || !mediaType.startsWith('image/')) return undefined;
  const { width, height } = picture;
  if (Math.min(width, height) <= thin) return 'pixel';
  // What somebody attached as a file is meant, however small it is.
  return inline && most && width <= most.width && height <= most.height && size <= most.bytes ? 'logo' : undefined;
}

/** Pictures that an author shows in two messages or more outside the quotes: nobody shows the same photograph twice. */
function repeatedPictures(messages: readonly Message[], places: readonly ReadonlyMap<string, PicturePlace>[]): Set<string> {
  const shown = new Map<string, number>();
  messages.forEach((message, index) => {
    const own = message.attachments.filter(({ contentId }) => {
      const place = places[index]?.get(contentId ?? '');
      return place === 'own' || place === 'signature';
    });
    for (const sha256 of new Set(own.map((attachment) => attachment.sha256))) {
      const key = `${message.from.address.toLowerCase()} ${sha256}`;
      shown.set(key, (shown.get(key) ?? 0) + 1);
    }
  });
  return new Set([...shown].filter(([, times]) => times > 1).map(([key]) => key.split(' ').pop() ?? ''));
}
