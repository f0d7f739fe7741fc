// The webmail's own page: draws by itself, redraws the whole pane for every thread, like the real ones do.
const list = document.getElementById('list');
const pane = document.getElementById('pane');

/** An element with its properties and children; text is always text. */
function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const when = (date) => (date ? new Date(date).toLocaleString('fr-FR', { dateStyle: 'medium', timeStyle: 'short' }) : '');
const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`);
const asked = async (path) => (await fetch(path)).json();
const openId = () => /^\/thread\/(\w+)/.exec(location.pathname)?.[1];

function row(thread) {
  const [, name = thread.from ?? '', address = name] = /^(.*?) *<(.*)>$/.exec(thread.from ?? '') ?? [];
  const link = el(
    'a',
    { href: `/thread/${thread.id}` },
    el('span', { className: 'from', title: address }, name || address),
    el('span', { className: 'date' }, when(thread.date)),
    el(
      'span',
      { className: 'subject' },
      thread.subject || '(no subject)',
      thread.count > 1 ? ` (${thread.count})` : '',
      thread.files ? ' 📎' : '',
    ),
  );
  return el('li', {}, el('input', { type: 'checkbox', 'aria-label': thread.subject || 'No subject' }), link);
}

/** Hostile until proven otherwise: no scripts, no network, not even styles from elsewhere. */
function framed(html) {
  const policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; style-src \'unsafe-inline\'">';
  const fit = (event) => {
    event.target.style.height = `${event.target.contentDocument.documentElement.scrollHeight + 8}px`;
  };
  return el('iframe', { sandbox: 'allow-same-origin', onload: fit, srcdoc: `${policy}<base target="_blank">${html}`, title: 'Message' });
}

function message(one) {
  return el(
    'article',
    { className: 'message' },
    el(
      'header',
      {},
      el('strong', {}, el('a', { href: `mailto:${/<(.*)>/.exec(one.from)?.[1] ?? one.from}` }, one.from)),
      el('time', { dateTime: one.date }, when(one.date)),
      el('a', { href: one.raw, type: 'message/rfc822' }, 'Original'),
    ),
    el('div', { className: 'to' }, `To: ${one.to}${one.cc ? `, ${one.cc}` : ''}`),
    one.html ? framed(one.html) : el('pre', {}, one.text),
    el('ul', { className: 'files' }, ...one.attachments.map((file) => el('li', {}, `📎 ${file.name} · ${size(file.size)}`))),
  );
}

function toolbar() {
  const names = ['Reply', 'Forward', 'Archive'].map((name) => el('button', { type: 'button' }, name));
  const redraw = el('button', { type: 'button', onclick: draw }, 'Refresh');
  return el('div', { role: 'toolbar', 'aria-label': 'Thread' }, ...names, redraw);
}

async function draw() {
  const id = openId();
  for (const link of list.querySelectorAll('a')) link.toggleAttribute('aria-current', link.pathname === location.pathname);
  if (!id) {
    pane.replaceChildren(el('p', { className: 'empty' }, 'Choose a thread.'));
    return;
  }
  const thread = await asked(`/api/${id}`);
  if (id !== openId()) return;
  // They came with the page for readers without scripts; the messages below bring their own.
  for (const link of document.head.querySelectorAll('link[type="message/rfc822"]')) link.remove();
  const subject = thread.messages[0]?.subject || '(no subject)';
  document.title = subject;
  pane.replaceChildren(toolbar(), el('h1', {}, subject), ...thread.messages.map(message));
}

list.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  void draw();
});
addEventListener('popstate', () => void draw());

list.replaceChildren(...(await asked('/api/threads')).map(row));
await draw();
