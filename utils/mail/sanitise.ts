/** The only place where mail's HTML becomes `SafeHtml`. */
import DOMPurify from 'dompurify';
import { RelaisError } from '../core/errors.ts';
import type { SafeHtml } from '../core/thread.ts';
import { limits } from './limits.ts';
import { type Hints, hintsOf } from './quote-structure.ts';
import { safeStyle } from './style.ts';

/** What a mail needs to look like itself. Everything else goes; the words inside stay, except of scripts and styles. */
const tags =
  'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt em figcaption figure font footer ' +
  'h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time ' +
  'tr tt u ul var wbr';

/** No `id`, `name` or `class`: they would meet those of the page that shows the mail. No `background`, `srcset`, `cite`: they fetch. */
const attributes =
  'abbr align alt bgcolor border cellpadding cellspacing color colspan datetime dir face height href hspace lang noshade nowrap rel reversed rowspan rules scope size span src ' +
  'start style summary target title type valign value vspace width';

/** Elements whose words are no words of the mail. */
const wordless =
  'annotation-xml applet audio canvas desc embed foreignobject frame frameset head iframe math mi mn mo ms mtext noembed noframes noscript object option param ' +
  'plaintext script select selectedcontent style svg template title video xmp';

const linkSchemes = /^(?:https?:\/\/|mailto:|tel:)/i;
/** Pictures that are pixels only: an SVG can hold links and scripts. */
const pixelData = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=\s]*$/i;
/** Blanks and control characters that browsers skip inside an address. */
const skipped = /[\u{0}-\u{20}\u{7f}-\u{a0}\u{ad}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}\u{feff}]/gu;

/** Shorter markup takes under a second, whatever it is. */
const worthChecking = 64 * 1024;
const step = 16 * 1024;

let purifier: typeof DOMPurify | undefined;
/** Of the markup that is being sanitised: its classes and ids go, what they told of quotes is kept here. */
let hints: WeakMap<Node, NonNullable<ReturnType<Hints['get']>>> = new WeakMap();

/**
 * The mail's HTML without anything that runs, asks the network or reaches out of its place: no scripts, forms, frames,
 * remote images or style sheets. Links only to the web, a mailbox or a telephone; images only `cid:` and pixel data.
 * Throws `RangeError` for markup that would keep a parser busy for minutes. `edit` may put `data-fold` on what is left.
 */
export function sanitise(html: string, edit?: (body: HTMLElement, hints: Hints) => void): SafeHtml {
  if (html.length > worthChecking && isExcessive(html)) throw new RangeError('Markup nested too deep, or too much of it');
  purifier ??= makePurifier();
  hints = new WeakMap();
  const body = purifier.sanitize(html, {
    RETURN_DOM: true,
    ALLOWED_TAGS: tags.split(' '),
    ALLOWED_ATTR: attributes.split(' '),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    FORBID_CONTENTS: wordless.split(' '),
  });
  // A page of frames only has none.
  if (!(body instanceof HTMLElement)) return '' as SafeHtml;
  edit?.(body, hints);
  return body.innerHTML as SafeHtml;
}

/** One markup of several, each of which is whole in itself. */
export function joinSafe(list: readonly SafeHtml[]): SafeHtml {
  return list.join('\n') as SafeHtml;
}

/**
 * Whether the markup is made to be slow. A parser looks through all open elements at each tag, so a megabyte of
 * unclosed ones takes minutes. Read piece by piece into a document without a window, where nothing runs or loads,
 * so that it can be stopped as soon as it is too deep.
 */
function isExcessive(html: string): boolean {
  const trial = document.implementation.createHTMLDocument('');
  trial.open();
  for (let at = 0; at < html.length; at += step) {
    trial.write(html.slice(at, at + step));
    let depth = 0;
    for (let element: Element | null = trial.documentElement; element; element = element.lastElementChild) depth += 1;
    if (depth > limits.htmlDepth) return true;
  }
  trial.close();
  const elements = trial.querySelectorAll('*');
  return elements.length > limits.htmlElements || [...elements].some((element) => element.attributes.length > limits.htmlAttributes);
}

function makePurifier(): typeof DOMPurify {
  // Without a real DOM the library hands back what it was given.
  if (!DOMPurify.isSupported) throw new RelaisError('unexpected', 'No document to sanitise in');
  const own = DOMPurify(window);
  own.addHook('beforeSanitizeAttributes', (element) => {
    if (element instanceof Element) for (const [node, hint] of hintsOf(element)) hints.set(node, hint);
  });
  // The library judges addresses first, by wider rules; these come after it and have the last word.
  own.addHook('afterSanitizeAttributes', (element) => {
    const style = element.getAttribute('style');
    if (style !== null) replaceAttribute(element, 'style', safeStyle(style));
    if (element.tagName === 'IMG') keepOrNameImage(element);
    else element.removeAttribute('src');
    if (element.tagName === 'A') keepOrDropLink(element);
    else for (const name of ['href', 'rel', 'target']) element.removeAttribute(name);
  });
  return own;
}

/** A remote image is left out; its alternative text takes its place. */
function keepOrNameImage(image: Element): void {
  const source = (image.getAttribute('src') ?? '').trim();
  const contentId = /^cid:(.+)$/is.exec(source)?.[1];
  if (contentId) image.setAttribute('src', `cid:${readContentId(contentId)}`);
  else if (!pixelData.test(source)) {
    image.removeAttribute('src');
    const alternative = image.getAttribute('alt')?.trim();
    if (alternative) image.before(image.ownerDocument.createTextNode(alternative));
    image.remove();
  }
}

function keepOrDropLink(link: Element): void {
  const address = (link.getAttribute('href') ?? '')
    .replace(skipped, (char) => (char === ' ' ? '%20' : ''))
    .replace(/^(?:%20)+|(?:%20)+$/g, '');
  if (linkSchemes.test(address) && URL.canParse(address)) {
    link.setAttribute('href', address);
    link.setAttribute('rel', 'noopener noreferrer');
    link.setAttribute('target', '_blank');
  } else for (const name of ['href', 'rel', 'target']) link.removeAttribute(name);
}

function replaceAttribute(element: Element, name: string, value: string): void {
  if (value === '') element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** `cid:` addresses are percent-encoded (RFC 2392), and some senders keep the angle brackets. */
function readContentId(text: string): string {
  let id = text;
  try {
    id = decodeURIComponent(text);
  } catch {
    // A bare `%` is meant as it stands.
  }
  return id.trim().replace(/^<|>$/g, '');
}
