/**
 * What mail programs write above the mail they quote or forward, in their users' languages. Only marks of evidence:
 * a word by itself folds nothing, see `quote-header.ts` and `quote-line.ts`.
 */

export type Role = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'reply-to';

const labels: Readonly<Record<Role, string>> = {
  from:
    'from|von|absender|de|expéditeur|da|mittente|di|van|afzender|remitente|remetente|från|avsändare|fra|afsender|avsender|lähettäjä|keneltä|' +
    'od|nadawca|odesílatel|odosielateľ|pošiljatelj|šalje|от|от кого|отправитель|від|від кого|відправник|подател|feladó|küldő|kimden|gönderen|' +
    'από|αποστολέας|de la|expeditor|nuo|siuntėjas|saatja|kellelt|发件人|寄件者|寄件人|發件人|差出人|送信者|보낸 사람|보낸사람|발신|من|المرسل|מאת|از|' +
    'dari|từ|người gửi|จาก|e-mail de|message de',
  date:
    'date|sent|sent at|received|datum|gesendet|gesendet am|datum/uhrzeit|envoyé|envoyé le|date d’envoi|message du|fecha|enviado|enviado el|enviado em|enviada em|' +
    'enviada|data|inviato|data invio|verzonden|verstuurd|verzonden op|dato|sendt|skickat|skickades|datum och tid|lähetetty|päivämäärä|päiväys|pvm|wysłano|' +
    'data wysłania|wysłane|odesláno|datum odeslání|odoslané|dátum|poslano|poslato|дата|отправлено|дата отправления|надіслано|изпратено|elküldve|küldve|időpont|tarih|gönderildi|' +
    'gönderme tarihi|ημερομηνία|στάλθηκε|dată|trimis|trimis la|data trimiterii|išsiųsta|nosūtīts|datums|saadetud|kuupäev|日期|发送日期|发送时间|傳送日期|寄件日期|時間|时间|日付|送信日時|送信日|日時|' +
    '날짜|보낸 날짜|보낸날짜|التاريخ|تاريخ|تم الإرسال|תאריך|נשלח|تاریخ|tanggal|dikirim|ngày|đã gửi|gửi|วันที่|ส่ง|ส่งเมื่อ',
  to:
    'to|an|empfänger|à|a|pour|destinataire|para|destinatario|aan|till|til|komu|do|prima|za|кому|получатель|до|címzett|kime|kinek|alıcı|vastaanottaja|kenelle|προς|către|catre|' +
    'kam|kellele|收件人|收件者|宛先|받는 사람|받는사람|수신|إلى|الى|אל|به|kepada|đến|tới|ถึง',
  cc:
    'cc|bcc|kopie|kopie (cc)|kopie an|copie|copie à|copia|kopia|kopi|kopio|kópia|másolat|másolatot kap|másolatot kapnak|копия|копія|κοιν|κοινοποίηση|dw|udw|do wiadomości|bilgi|kopija|抄送|副本|참조|نسخة|' +
    'העתק|عطف|رونوشت|cc/kopie|c.c|c/c|สำเนา',
  subject:
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|otsikko|temat|předmět|predmet|zadeva|naslov|тема|относно|tárgy|konu|θέμα|subiect|tema|temats|teema|pealkiri|' +
    '主题|主題|主旨|标题|標題|件名|題名|제목|الموضوع|موضوع|נושא|perihal|subjek|chủ đề|tiêu đề|หัวข้อ|เรื่อง',
  'reply-to':
    'reply-to|reply to|antwort an|répondre à|responder a|rispondi a|antwoord aan|antwoorden aan|svar til|svara till|odpověď komu|ответить|返信先|回复',
};

const roles = new Map(Object.entries(labels).flatMap(([role, words]) => words.split('|').map((word) => [word, role as Role] as const)));

/** What a label such as `Envoyé le` stands for; `undefined` for a word of no heading. */
export function roleOf(label: string): Role | undefined {
  return roles.get(label.toLowerCase().replace(/\s+/g, ' ').replace(/['`´]/g, '’').trim());
}

/** All labels, longest first, for headings that stand in one line. */
export const labelWords: readonly string[] = [...roles.keys()].filter((word) => /^\p{L}/u.test(word)).sort((a, b) => b.length - a.length);

const forwarded = new RegExp(
  [
    'forwarded|weitergeleitete|transféré|transmis|réexpédié|reenviado|rebotado|inoltrato|doorgestuurd|reencaminhada|encaminhada|vidarebefordra|vidaresänt|videresendt',
    'välitetty|edelleenlähetetty|przekazan|przesłan|přeposlan|preposlan|továbbított|iletilen|yönlendirilen|προωθ|пересланн|пересылаем|перенаправлен|препратен|redirecționat|retrimis',
    'proslijeđen|prosleđen|posredovan|persiųst|pārsūtīt|edastatud|转发|轉寄|轉發|転送|전달된|전달 메시지|הועבר|معاد توجيه|محول|ارسال شده|diteruskan|chuyển tiếp|ส่งต่อ|weiterleitung',
  ].join('|'),
  'iu',
);

const original = new RegExp(
  [
    "original message|original email|original appointment|ursprüngliche nachricht|originalnachricht|message d[’'`]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|origineel bericht",
    'mensagem original|original meddelelse|oprindelig (?:besked|meddelelse|mail)|ursprungligt meddelande|originalmeddelande|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość',
    'původní (?:zpráva|e-mail)|pôvodná správa|eredeti üzenet|исходное сообщение|оригинальное сообщение|вихідне повідомлення|початкове повідомлення|orijinal (?:ileti|mesaj)|αρχικό μήνυμα|mesaj original|mesajul original',
    'izvorna poruka|originalna poruka|izvirno sporočilo|原始邮件|原始郵件|原邮件|元のメッセージ|원본 메일|원본 메시지|הודעה מקורית|الرسالة الأصلية|پیام اصلی|pesan asli|thư gốc|tin nhắn gốc|ข้อความต้นฉบับ|antwort nachricht',
  ].join('|'),
  'iu',
);

/** What a line such as `---- Forwarded message ----` announces. */
export function announced(text: string): 'forward' | 'original' | undefined {
  if (text.length > 120) return undefined;
  return forwarded.test(text) ? 'forward' : original.test(text) ? 'original' : undefined;
}

const verb = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    'wrote|writes|said|schrieb|schrieben|geschrieben|a écrit|écrit|ecrit|escribió|escribio|escreveu|ha scritto|scrive|schreef|geschreven|skrev|napisał(?:\\(?a\\)?)?|pisze|napsal(?:\\(?a\\)?)?|napísal(?:\\(?a\\)?)?',
    'írta|kirjoitti|έγραψε|yazdı|написал(?:\\(?а\\)?)?|написав(?:ла)?|пишет|пише|писал(?:а)?|написа|a scris|napisao|napisala|je napisal(?:a)?|rašė|parašė|rakstīja|kirjutas|menulis|đã viết|كتب|كتبت|כתב|כתבה|נוشت',
  ].join('|')})(?![\\p{L}\\p{M}])|写道|寫道|书写|のメール|書きました|のメッセージ|작성|님이 쓴 글|เขียนว่า|เขียน|נכתב|נכתבה|نوشت`,
  'iu',
);

/** Whether the line holds a word for "wrote". */
export function saysWrote(text: string): boolean {
  return verb.test(text);
}

/** First words of "On … wrote:" in languages that begin so. */
export const opening =
  /^(?:on|am|le|el|il|il giorno|op|em|en|in data|den|dnia|w dniu|dne|dňa|v|на|w|la|în|pe|pada|vào|tarihinde|στις|στις|在|於|于|at|в|у|في|בתאריך|ב|ב-|در|el día|a|tir|man|ons|tor|fre|lør|søn)(?![\p{L}\p{M}])/iu;
