/** A ticket's title from a subject. */

/** Reply marks of mail programs in their users' languages, lower case. */
const replies = words(
  're aw antw antwort antwd antwrd sv vs vá vast rif res resp rép odp odg ynt yan bls balas atb vastaus odpověď',
  'ang απ ασ σχετ отв на ответ відп відповідь תגובה תשובה השב رد پاسخ',
  '回复 答复 回覆 答覆 返信 회신 답장 ตอบ',
);
const forwards = words(
  'fw fwd forward tr wg vb vl enc i rv pd doorst továbbítás továbbított i̇lt ilt trs inoltro wtr weitergeleitet vidarebefordrat videresendt přeposláno edelleen välitetty fs',
  'πρθ пересл переслано препр переадр הועבר העברה ',
  '転送 转发 轉寄 轉發 전달 ส่งต่อ',
);

/** `R:` and `I:` are Italian Outlook's; in lower case they are the start of a sentence. */
const letters = new Map<string, Mark>([
  ['R', 'reply'],
  ['I', 'forward'],
]);

type Mark = 'reply' | 'forward';

function words(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(
    lists
      .join(' ')
      .split(' ')
      .filter((word) => word.length > 1),
  );
}

/** `Re:`, `RE :`, `Re[2]:`, `Re(3):`, `Re^2:`, `AW：` */
const mark = /^\s*([\p{L}\p{M}.]{1,16}(?: \p{L}{1,8})?)\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3}|\*\d{1,3}|\d)?\s?[:：]\s*/u;

/** What gateways put in front: `[EXT]`, `(Extern)`, `*** SPAM ***`, `[CAUTION: EXTERNAL]`. Names of mailing lists stay. */
const gatewayWord = String.raw`(?:ext(?:ern(?:al|e|o|í|ý|en|er|es|ally)?|erior)?|external[ _-]?(?:e-?mail|sender|mail|message)|e-?mail externe|caution(?:[: ]+external.{0,20})?|warning[: ]+external.{0,20}|spam\??|suspected spam|spamverdacht|possible spam)`;
const gateway = new RegExp(
  String.raw`^\s*(?:\[\s*${gatewayWord}\s*\]|\(\s*${gatewayWord}\s*\)|\{\s*${gatewayWord}\s*\}|<\s*${gatewayWord}\s*>|\*{2,5}\s*${gatewayWord}\s*\*{2,5})\s*[:：-]?\s*`,
  'iu',
);
/** Without brackets only in capitals: `External: dates` may be what the mail is about. */
const shout = /^\s*EXT(?:ERN(?:AL|E)?)?\s?[:：]\s+/u;

/**
 * The subject without reply and forward marks and gateways' tags, however many stand in front, in one line. Empty for
 * an empty subject, and for one that is nothing else.
 */
export function titleOf(subject: string): string {
  let title = subject.replace(/\s+/g, ' ').trim();
  for (;;) {
    const rest = withoutOne(title);
    if (rest === title) return title;
    title = rest;
  }
}

/** Whether the subject is marked as an answer or a forward, by the mark that was put in front last. */
export function markOf(subject: string): Mark | undefined {
  let title = subject.replace(/\s+/g, ' ').trim();
  for (;;) {
    const found = readMark(title);
    if (found) return found.mark;
    // Behind a gateway's tag, or a mailing list's name.
    const rest = withoutTag(title).replace(/^\[[^\]]{1,40}\]\s*/, '');
    if (rest === title) return undefined;
    title = rest;
  }
}

function withoutOne(title: string): string {
  const found = readMark(title);
  return found ? title.slice(found.length) : withoutTag(title);
}

function withoutTag(title: string): string {
  const tag = gateway.exec(title) ?? shout.exec(title);
  return tag ? title.slice(tag[0].length) : title;
}

function readMark(title: string): { mark: Mark; length: number } | undefined {
  const found = mark.exec(title);
  const shown = found?.[1];
  if (!found || !shown) return undefined;
  const word = shown.toLowerCase().replace(/\.$/, '');
  const what = letters.get(shown) ?? (forwards.has(word) ? 'forward' : replies.has(word) ? 'reply' : undefined);
  return what && { mark: what, length: found[0].length };
}
