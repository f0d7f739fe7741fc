// Tickets appear as they arrive; nothing here is asked twice.
const place = document.getElementById('tickets');
const tickets = new Map();

function el(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

const size = (bytes) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);

function article(one) {
  const who = one.internal ? `Internal note · ${one.from}` : one.from;
  const date = one.date ? new Date(one.date).toLocaleString('fr-FR', { dateStyle: 'medium', timeStyle: 'short' }) : '';
  const files = one.files.map((file) => el('li', '', `📎 ${file.name} · ${size(file.size)}`));
  const head = el('header', '', el('strong', '', who), el('span', '', date));
  return el('article', one.internal ? 'internal' : '', head, el('pre', '', one.text), ...(files.length ? [el('ul', '', ...files)] : []));
}

function sheet(ticket) {
  const facts = {
    Queue: ticket.queue,
    Priority: ticket.priority,
    Requester: ticket.requester,
    State: ticket.state,
    Reference: ticket.reference,
  };
  const list = el('dl', '', ...Object.entries(facts).map(([name, value]) => el('div', '', el('dt', '', name), el('dd', '', value))));
  const missing = ticket.incomplete ? [el('p', '', ticket.incomplete)] : [];
  const section = el(
    'section',
    'ticket',
    el('h2', '', `#${ticket.number} ${ticket.title}`),
    list,
    ...missing,
    ...ticket.articles.map(article),
  );
  section.id = ticket.number;
  return section;
}

function draw() {
  const list = [...tickets.values()].reverse();
  document.getElementById('count').textContent = list.length === 1 ? '1 ticket' : `${list.length || 'No'} tickets`;
  place.replaceChildren(...(list.length ? list.map(sheet) : [el('p', 'empty', 'Tickets appear here as they arrive.')]));
}

function take(ticket) {
  tickets.set(ticket.id, ticket);
  draw();
}

new EventSource('/api/events').onmessage = (event) => take(JSON.parse(event.data));
for (const ticket of await (await fetch('/api/shown')).json()) tickets.set(ticket.id, ticket);
draw();
