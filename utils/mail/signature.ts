/** Signatures, "Sent from my …", list footers and legal notices at the end of what a person wrote. */
import type { FoldKind } from '../core/thread.ts';
import { hasAddress } from './evidence.ts';
import { isBlank, type Line } from './fold-lines.ts';

/** `-- ` by the book (RFC 3676), and what programs make of it. */
const delimiter = /^(?:--|—|–|__|-- ?\u{a0}?|[—–]{3,})$/u;
const listRule = /^_{2,}$/;

/** What phones and programs add, by what they all say: "sent", and with what. */
const sentWord =
  /(?<![\p{L}\p{M}])(?:sent|gesendet|versendet|envoyé|enviado|enviada|inviato|inviata|spedito|verzonden|verstuurd|skickat|sendt|lähetetty|wysłan[eoy]|odesl[aá]n[oaý]|odoslané|отправлено|надіслано|изпратено|elküldve|küldve|στάλθηκε|εστάλη|gönderildi|trimis|poslan[oa]|išsiųsta|nosūtīts|saadetud|dikirim|đã gửi|được gửi)(?![\p{L}\p{M}])|送信|发自|發自|寄出|보냄|보낸|ส่งจาก|נשלח|أرسلت|أُرسلت|مرسل|ارسال شده/iu;
const device =
  /iphone|ipad|ipod|apple|android|blackberry|samsung|galaxy|huawei|xiaomi|redmi|oneplus|pixel|nokia|sony|xperia|htc|motorola|windows phone|windows 1\d|smartphone|handy|mobile|mobil|portable|móvil|telefon|téléphone|telefoon|cellular|outlook|yahoo|gmx|web\.de|mailspring|thunderbird|proton|sparrow|typeapp|bluemail|aquamail|k-9|fairemail|spark|airmail|mailbird|canary|zimbra|roundcube|tutanota|tuta|fastmail|mail\.ru|яндекс|yandex|почта|posta|courrier|correo|correio|wiko|verizon|t-mobile|vodafone|手机|手機|邮箱|スマートフォン|\bmail\b/iu;
const product = /outlook.{1,16}(?:ios|android)|aka\.ms\/[a-z0-9]{4,}/iu;

/** Words of which a legal notice has one of each list. */
const legal = [
  /confiden|vertraulich|vertrouwelijk|riservat|poufn|důvěrn|dôvern|конфиденци|конфіденці|fortrolig|konfident|luottamuks|bizalmas|gizli|εμπιστευτικ|機密|保密|기밀|سري|סודי|privileged|geheim/iu,
  /recipient|addressee|empfänger|adressat|destinat[aá]r|geadresseerde|ontvanger|odbiorc|adresat|příjemc|получател|адресат|одержувач|mottagare|modtager|mottaker|vastaanottaj|címzett|alıcı|παραλήπτ|受信|收件|수신|נמען|المستلم/iu,
  /error|mistake|irrtüm|versehent|unbefugt|erreur|équivoque|por error|equivocaci|errore|por engano|por erro|abusiv|vergissing|abuis|ten onrechte|błęd|pomyłk|omyl|ошибк|помилк|misstag|fejl|feil|erehdyk|tévedés|yanlış|λάθος|誤|错误|錯誤|잘못|בטעות|خطأ|delete|lösch|supprim|destru|elimin|verwijder|vernicht|unauthori[sz]ed|prohibited|strictly/iu,
];
const printing =
  /(?:print|ausdruck|druck|imprim|stampa|afdruk|wydruk|tisk|печат|skriv).{0,80}(?:environment|umwelt|environnement|planet|medio ?ambiente|meio ambiente|ambiente|milieu|środowisk|životní|природ|miljö)|(?:environment|umwelt|environnement|medio ?ambiente|meio ambiente|ambiente|milieu|środowisk|miljö).{0,80}(?:print|druck|imprim|stampa|afdruk|skriv)/iu;

/** A stretch of lines at the end of what was written; `end` exclusive. */
export interface Ending {
  readonly kind: FoldKind;
  readonly start: number;
  readonly end: number;
}

/**
 * What is no message at the end of `from`..`to`, last first. Only what is marked as such or says so itself: a name
 * below a greeting is the author's own. `isAboveSignature`: the markup says that what follows is one.
 */
export function endingsOf(lines: readonly Line[], from: number, to: number, isAboveSignature: boolean): Ending[] {
  const found: Ending[] = [];
  let end = trimmed(lines, from, to);
  if (isAboveSignature && end > from && delimiter.test(lines[end - 1]?.content ?? '')) {
    found.push({ kind: 'signature', start: end - 1, end });
    end = trimmed(lines, from, end - 1);
  }
  for (;;) {
    const ending = delimited(lines, from, end) ?? footer(lines, from, end) ?? sentWith(lines, from, end);
    if (!ending) return found;
    found.push(ending);
    end = trimmed(lines, from, ending.start);
  }
}

function trimmed(lines: readonly Line[], from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(lines[end - 1])) end -= 1;
  return end;
}

/** From the last delimiter on, if what follows is short enough for a signature. */
function delimited(lines: readonly Line[], from: number, end: number): Ending | undefined {
  let filled = 0;
  for (let at = end - 1; at >= from && filled <= 20; at -= 1) {
    const line = lines[at];
    if (!line || line.content === '') continue;
    if (delimiter.test(line.content) && filled > 0) {
      const below = lines.slice(at + 1, end);
      if (listRule.test(line.content)) return isListFooter(below) ? { kind: 'footer', start: at, end } : undefined;
      const isByTheBook = /^-- ?$/.test(line.raw) && line.raw.length === 3;
      return isByTheBook || isSignature(below) ? { kind: 'signature', start: at, end } : undefined;
    }
    if (listRule.test(line.content) && filled > 0 && filled <= 6 && isListFooter(lines.slice(at + 1, end)))
      return { kind: 'footer', start: at, end };
    filled += 1;
  }
  return undefined;
}

/** Names, numbers and addresses: short lines, few of them. */
function isSignature(below: readonly Line[]): boolean {
  const filled = below.filter((line) => !isBlank(line));
  const isShort = filled.every(({ content }) => content.length <= 90 || hasAddress(content) || /https?:|www\./.test(content));
  return filled.length <= 12 && isShort;
}

function isListFooter(below: readonly Line[]): boolean {
  const filled = below.filter((line) => !isBlank(line));
  return (
    filled.length <= 6 &&
    filled.some(({ content }) => /https?:\/\//.test(content) || hasAddress(content)) &&
    filled.every(({ content }) => content.length <= 120)
  );
}

/** A whole last paragraph of a company's notices. */
function footer(lines: readonly Line[], from: number, end: number): Ending | undefined {
  let start = end;
  while (start > from && end - start < 40 && !isBlank(lines[start - 1])) start -= 1;
  const text = lines
    .slice(start, end)
    .map(({ content }) => content)
    .join(' ');
  const isLegal = text.length >= 120 && legal.every((words) => words.test(text.slice(0, 4_000)));
  const isPlea = text.length <= 240 && printing.test(text) && !text.includes('?');
  return start > from && (isLegal || isPlea) ? { kind: 'footer', start, end } : undefined;
}

/** One line that says with what it was sent. */
function sentWith(lines: readonly Line[], from: number, end: number): Ending | undefined {
  const line = lines[end - 1];
  const text = (line?.content ?? '')
    .replace(/\s?[<([]https?:\/\/[^\s>)\]]*[>)\]]/giu, '')
    .replace(/[.!]$/, '')
    .trim();
  const words = text.split(/\s+/);
  if (text === '' || text.length > 90 || words.length > 10 || /[,;?:]\s/.test(text)) return undefined;
  const isSent = sentWord.test(text) && device.test(text.replace(sentWord, ''));
  const isOwnParagraph = end - 1 === from || isBlank(lines[end - 2]) || isRule(lines[end - 2]);
  const isAdded =
    product.test(line?.content ?? '') || (isSent && isAtEdge(text)) || /^sent (?:from|via|with|using) my \S+(?: \S+){0,3}$/i.test(text);
  return isOwnParagraph && isAdded ? { kind: 'signature', start: end - 1, end } : undefined;
}

function isRule(line: Line | undefined): boolean {
  return /^[-_=*—]{2,}$/.test(line?.content ?? '');
}

/** "Sent" begins the line or ends it, whatever the language's order of words; in the middle it is a sentence's verb. */
function isAtEdge(text: string): boolean {
  const at = text.search(sentWord);
  const length = sentWord.exec(text)?.[0].length ?? 0;
  return at <= 1 || at + length >= text.length - 1;
}
