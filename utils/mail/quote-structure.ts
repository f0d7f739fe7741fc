/** What the markup of mail programs says of quotes and signatures: elements, classes, ids, borders. Never words. */
import type { Mark } from './fold-lines.ts';

/** What is known of nodes of a sanitised body, from attributes that sanitising takes away. */
export interface Hints {
  get(node: Node): Mark | undefined;
}

/** Webmails put `x_` before the names of what they quote, Yahoo `ydp` and more. */
const named = (names: string) => new RegExp(`(?:^|[\\s_]|ydp[0-9a-f]*|x_|yiv\\d*)(?:${names})(?=$|\\s|_\\d)`, 'i');

/** All inside is earlier mail. */
const whole = named(
  'yahoo_quoted|yahoo-quoted|moz-forward-container|olk_src_body_section|mail-editor-reference-message-container|ms-outlook-mobile-reference-message|messagereplysection|' +
    'bloop_original_html|mail_android_quote|isreplycontent|isforwardcontent|sh-quoted-content|edo-original-message|aolmail_aolreplacedbody|forwarded-message|original-message',
);
/** The attribution and the quotes inside are earlier mail; answers stand between them. */
const around = named(
  'gmail_quote|protonmail_quote|tutanota_quote|zmail_extra|zmail_extra_hr|sparrow_quote|missive_quote|front-blockquote|nylas-quote|freebirdquote|cloze-quote|mailbird_quote|' +
    'hs_reply_quote|airmail_original|quote|moz-cite-prefix|gmail_attr|reply-intro|gmail_quote_attribution|protonmail_quote_header|airmail_on|bloop_on',
);
const signed = named(
  'gmail_signature|gmail_signature_prefix|moz-signature|protonmail_signature_block|signature|applemailsignature|ms-outlook-mobile-signature|messagesignaturesection|_rc_sig|rc_sig|' +
    'mail-editor-signature|zm_signature|signatureblock|tutanota_signature|aqm-signature|bloop_sign_\\w+|edo-signature',
);
/** From here on all is earlier mail. */
const begun = named('divrplyfwdmsg|appendonsend|stopspelling|zwchr|__divider__|__quoted_text__|x_divrplyfwdmsg');

/** Hints on the element, and on what stands in front of the quote inside it. */
export function hintsOf(element: Element): [Node, Mark][] {
  if (!element.hasAttributes() && element.tagName !== 'BLOCKQUOTE') return [];
  const names = namesOf(element);
  if (element.tagName === 'BLOCKQUOTE') return [[element, isQuote(element, names) ? 'quote' : 'indent']];
  if (names !== '') {
    if (begun.test(names)) return [[element, 'start']];
    if (signed.test(names)) return [[element, 'signature']];
    if (whole.test(names)) return [[element, 'quote']];
    if (around.test(names)) return aroundQuotes(element);
  }
  return isRuled(element) ? [[element, 'rule']] : [];
}

function namesOf(element: Element): string {
  const of = (name: string) => element.getAttribute(name) ?? '';
  const block = element.hasAttribute('data-signatureblock') ? 'signatureblock' : '';
  return `${of('class')} ${of('id')} ${element.tagName === 'A' ? '' : of('name')} ${of('data-marker')} ${of('data-smartmail')} ${block}`
    .trim()
    .slice(0, 500);
}

/** A mark of a reply, or a line on its left; else programs indent with it. */
function isQuote(element: Element, names: string): boolean {
  const style = element.getAttribute('style') ?? '';
  if (/margin[^;]*40px/i.test(style) && /border:\s*(?:none|0)/i.test(style)) return false;
  if (element.getAttribute('type')?.toLowerCase() === 'cite' || element.hasAttribute('cite')) return true;
  return (
    around.test(names) ||
    whole.test(names) ||
    /border-left(?:-width|-style)?:\s*(?!none|0)|border-(?:inline-start|color|width):/i.test(style)
  );
}

/** Programs that let people answer between the lines split the blockquote inside their container. */
function aroundQuotes(element: Element): [Node, Mark][] {
  const children = [...element.childNodes];
  const first = children.findIndex((child) => child.nodeName === 'BLOCKQUOTE');
  return first < 0 ? [[element, 'quote']] : children.slice(0, first).map((child) => [child, 'quote']);
}

/** The line that Outlook and its kin draw above a heading. */
function isRuled(element: Element): boolean {
  const style = element.getAttribute('style') ?? '';
  return style.length < 2_000 && /border-top(?:-style)?:[^;]*solid/i.test(style) && !/border-(?:bottom|left|right):[^;]*solid/i.test(style);
}
