/** A ticket's title from a subject. */

/** Reply and forward marks of mail programs in their users' languages, lower case. */
const marks = [
  're aw antw antwort antwd antwrd sv vs vá vast rif res resp rép odp odg ynt bls balas atb', // replies
  'ang απ ασ отв на ответ תגובה השב رد پاسخ', // replies
  'fw fwd tr wg vb vl enc i rv pd doorst továbbítás i̇lt ilt trs inoltro wtr weitergeleitet', // forwards
  'πρθ σχετ пересл переслано переадр הועבר', // forwards
  '回复 答复 回覆 答覆 返信 転送 转发 轉寄 轉發 회신 답장 전달', // both
].join(' ');

/** `R:` and `I:` are Italian Outlook's; in lower case they are the start of a sentence. */
const letters = new Set(['R', 'I']);
const known = new Set(marks.split(' ').filter((mark) => mark.length > 1));

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

function withoutOne(title: string): string {
  const tag = gateway.exec(title) ?? shout.exec(title);
  if (tag) return title.slice(tag[0].length);
  const found = mark.exec(title);
  const word = found?.[1];
  if (!found || !word) return title;
  const isMark = letters.has(word) || known.has(word.toLowerCase()) || known.has(word.toLowerCase().replace(/\.$/, ''));
  return isMark ? title.slice(found[0].length) : title;
}
