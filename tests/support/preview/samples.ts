/** What the pages show in the preview: rich, long, in several scripts, with errors. No real person, host or company. */
import type { ErrorCode, ErrorDetails, ErrorRecord } from '../../../utils/core/errors.ts';
import type { TicketHit } from '../../../utils/core/ticket.ts';
import type { LedgerPage, ManagedView, TestView } from '../../../utils/options-views.ts';
import { emptySettings, type Settings } from '../../../utils/settings/schema.ts';
import type { CaptureView, EndpointSummary, ListView, MessageView, OutboxRow, PopupView, TicketRow } from '../../../utils/views.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
export const now = Date.now();

export function error(code: ErrorCode, details: ErrorDetails = {}): ErrorRecord {
  return { code, message: code, details };
}

const support = { id: '3', label: 'Support' };
const medium = { id: 'medium', label: 'Medium' };

export const desk: EndpointSummary = {
  id: 'rt',
  name: 'Helpdesk',
  recipe: 'rt',
  defaults: { queue: support },
  lists: ['queues', 'priorities'],
  fields: ['queue', 'priority'],
  internalNotes: true,
};
const hotline: EndpointSummary = {
  ...desk,
  id: 'hotline',
  name: 'Hotline Außendienst Süd',
  recipe: 'rest',
  lists: [],
  fields: ['queue'],
  internalNotes: false,
};

const client = { name: 'Nadège Étienne-Lefèbvre', address: 'client@atelier.example.org' };
const colleague = { name: 'Support du studio', address: 'equipe@studio.example.com' };

function message(id: string, sentAt: number, part: Partial<MessageView>): MessageView {
  return {
    id,
    from: client,
    sentAt: new Date(sentAt).toISOString(),
    subject: 'Devis pour la vitrine',
    excerpt: 'Bonjour, pourriez-vous me confirmer le délai pour la vitrine ? Les dimensions ont changé : 240 × 110 cm au lieu de 220.',
    source: 'raw',
    ticked: true,
    attachments: [],
    original: 148_230,
    ...part,
  };
}

const thread: readonly MessageView[] = [
  message('1', now - 3 * day, {
    attachments: [
      { id: 'a1', filename: 'devis-vitrine-2026.pdf', mediaType: 'application/pdf', size: 482_133, inline: false, ticked: true },
      { id: 'a2', filename: 'logo.png', mediaType: 'image/png', size: 18_200, inline: true, ticked: true },
    ],
  }),
  message('2', now - 2 * day, {
    from: colleague,
    excerpt: 'Bonjour Madame, nous vérifions avec l’atelier et revenons vers vous demain matin.',
  }),
  message('3', now - 40 * minute, {
    excerpt: 'Merci. Entre-temps le poseur demande le plan de coupe, je vous le joins.',
    attachments: [
      {
        id: 'a3',
        filename: 'plan de coupe – façade nord, version définitive corrigée (3).dwg',
        mediaType: 'application/acad',
        size: 2_411_008,
        inline: false,
        ticked: true,
      },
    ],
  }),
];

export const ready: CaptureView = {
  id: 'capture-1',
  status: 'ready',
  received: 3,
  expected: 3,
  webmail: 'roundcube',
  url: 'https://mail.example.org/?_task=mail',
  reference: 'relais-abcdefghij0123456789',
  subject: 'Re: Devis pour la vitrine',
  title: 'Devis pour la vitrine',
  endpointId: 'rt',
  queue: support,
  priority: medium,
  requester: 'Nadège Étienne-Lefèbvre <client@atelier.example.org>',
  requesters: [
    { ...client, reason: 'first-external-author' },
    { name: 'Poseur', address: 'pose@chantier.example.net', reason: 'external-author' },
    { ...colleague, reason: 'internal-author' },
    { name: '', address: 'comptabilite@atelier.example.org', reason: 'recipient' },
  ],
  note: '',
  target: { kind: 'new' },
  messages: thread,
  gaps: [],
};

const arabic: CaptureView = {
  ...ready,
  title: 'استفسار عن موعد التسليم',
  requester: 'ليلى <layla@example.net>',
  requesters: [{ name: 'ليلى', address: 'layla@example.net', reason: 'first-external-author' }],
  note: 'تحدثت معها عبر الهاتف، تريد الرد قبل يوم الخميس.',
  messages: [
    message('1', now - day, {
      from: { name: 'ليلى', address: 'layla@example.net' },
      excerpt: 'مرحباً، هل يمكنكم تأكيد موعد تسليم الطلبية رقم 4821؟ شكراً لكم.',
    }),
  ],
};

const long: CaptureView = {
  ...ready,
  title:
    'Anfrage wegen der Lieferverzögerung bei Auftrag 2026-11-0047 und der fehlenden Gewährleistungsunterlagen für die Donaudampfschifffahrtsgesellschaft',
  messages: Array.from({ length: 30 }, (_, index) =>
    message(String(index), now - (30 - index) * 7 * hour, {
      from: index % 3 === 1 ? colleague : client,
      source: index === 4 ? 'page' : 'raw',
      ticked: index !== 27,
      excerpt: `Message ${index + 1}: the delivery date has moved again, could you look into it before the meeting on Thursday morning?`,
      attachments:
        index % 4 === 0
          ? [
              {
                id: `f${index}`,
                filename: `photo-${index}.jpg`,
                mediaType: 'image/jpeg',
                size: 1_200_000 + index * 1_000,
                inline: false,
                ticked: true,
              },
            ]
          : [],
    }),
  ),
  gaps: [
    { code: 'message-missing', message: '31' },
    { code: 'message-missing', message: '32' },
    { code: 'not-the-original', message: '4' },
    { code: 'attachment-missing', detail: 'Gewährleistung.pdf' },
  ],
};

/** A thread with a ticket, and two messages that came since. */
const grown: CaptureView = {
  ...ready,
  target: { kind: 'append', ticketId: '4711', number: '4711' },
  known: { ticketId: '4711', number: '4711', url: 'https://tickets.example.org/4711', queue: 'Support', state: 'open', owner: 'Ana' },
  messages: thread.map((one, index) => ({ ...one, known: index === 0 })),
};

const receipt = { ticketId: '4711', number: '4711', url: 'https://tickets.example.org/4711', warnings: [] };

export const rows: readonly OutboxRow[] = [
  {
    id: 'd1',
    kind: 'delivery',
    title: 'Rechnung 2026-118 stimmt nicht',
    endpointName: 'Helpdesk',
    status: 'stopped',
    createdAt: now - 3 * hour,
    attempts: 1,
    error: error('rejected', { said: 'Queue "Billing" is disabled for user relais', status: 422 }),
    actions: ['retry', 'edit', 'delete'],
  },
  {
    id: 'd2',
    kind: 'delivery',
    title: 'Devis pour la vitrine',
    endpointName: 'Helpdesk',
    status: 'unsure',
    createdAt: now - 2 * hour,
    dueAt: now + 2 * minute,
    attempts: 1,
    error: error('timeout'),
    actions: ['retry', 'repeat', 'delete'],
  },
  {
    id: 'd3',
    kind: 'delivery',
    title: 'استفسار عن موعد التسليم',
    endpointName: 'Helpdesk',
    status: 'paused',
    createdAt: now - hour,
    dueAt: now + 4 * minute,
    attempts: 5,
    error: error('offline'),
    actions: ['retry', 'edit', 'delete'],
  },
  {
    id: 'd4',
    kind: 'delivery',
    title: 'Livraison de mardi',
    endpointName: 'Hotline Außendienst Süd',
    status: 'waiting',
    incomplete: '6 of 7 messages of the thread: the others could not be had.',
    createdAt: now - 20 * minute,
    dueAt: now + 40_000,
    attempts: 0,
    actions: ['retry', 'edit', 'delete'],
  },
  {
    id: 'd5',
    kind: 'delivery',
    title: 'Access to the shared folder',
    endpointName: 'Helpdesk',
    status: 'sending',
    createdAt: now - minute,
    attempts: 1,
    underWay: { since: now - 40_000, bytes: 24_300_000 },
    actions: [],
  },
  {
    id: 'c6',
    kind: 'draft',
    title: 'Question sur la garantie',
    status: 'draft',
    createdAt: now - 2 * day,
    attempts: 0,
    actions: ['edit', 'delete'],
  },
];

const tickets: readonly TicketRow[] = [
  {
    deliveryId: 't1',
    endpointId: 'rt',
    endpointName: 'Helpdesk',
    ticketId: '4711',
    number: '4711',
    url: 'https://tickets.example.org/4711',
    title: 'Panne de la chaudière',
    queue: 'Support',
    sentAt: now - hour,
    state: 'open',
    owner: 'Ana',
    changes: [
      { fact: 'state', before: 'new' },
      { fact: 'owner', before: '' },
    ],
    changedAt: now - 20 * minute,
  },
  {
    deliveryId: 't2',
    endpointId: 'rt',
    endpointName: 'Helpdesk',
    ticketId: '4698',
    number: '2026112110000061',
    url: 'https://tickets.example.org/4698',
    title: 'Umzug des Servers in den neuen Raum, zweiter Versuch am Wochenende',
    queue: 'Infrastruktur',
    sentAt: now - day,
    state: 'new',
    changes: [],
    twin: { ticketId: '4699', number: '2026112110000062', url: 'https://tickets.example.org/4699' },
  },
  {
    deliveryId: 't3',
    endpointId: 'hotline',
    endpointName: 'Hotline Außendienst Süd',
    ticketId: 'ABC-12',
    number: 'ABC-12',
    title: 'طلب صيانة',
    sentAt: now - 40 * day,
    changes: [],
  },
];

const queueNames = [
  'Support',
  'Réclamations',
  'Comptabilité',
  'Devis & commandes',
  'Atelier',
  'General',
  'Infrastruktur',
  'الصيانة',
  'Onboarding',
  'Vertrieb',
  'Warranty',
  'Zentrale',
];
export const queues: ListView = {
  choices: queueNames.map((label, index) => ({ id: String(index + 3), label })),
  recent: 2,
  readAt: now - minute,
};
export const hits: readonly TicketHit[] = [
  { id: '4690', number: '2026112010000042', title: 'Pompe de relevage en panne', state: 'open', queue: 'Atelier' },
  { id: '4533', number: '2026110210000017', title: 'Devis pompe à chaleur, bâtiment C', state: 'closed', queue: 'Devis & commandes' },
];
export const tags: ListView = { choices: ['warranty', 'urgent'].map((label) => ({ id: label, label })), recent: 0, readAt: now - minute };
export const priorities: ListView = {
  choices: ['Low', 'Medium', 'High'].map((label) => ({ id: label.toLowerCase(), label })),
  recent: 0,
  readAt: now - minute,
};

const templates = [
  { id: 'called', name: 'Called back', text: 'Called back, they expect an answer by tomorrow noon.' },
  { id: 'check', name: 'Checklist warranty', text: '- serial number\n- date of purchase\n- photo of the damage' },
];

const rules: Settings['rules'] = [
  {
    id: 'invoices',
    name: 'Invoices',
    when: { subject: ['invoice', 'facture', 'Rechnung'] },
    give: { queue: { id: '5', label: 'Comptabilité' }, priority: { id: 'high', label: 'High' } },
  },
  {
    id: 'atelier',
    name: '',
    when: { from: ['atelier.example.org'] },
    give: { queue: { id: '6', label: 'Devis & commandes' }, template: 'called' },
  },
  {
    id: 'south',
    name: 'Field service in the south',
    when: { from: ['chantier.example.net', 'client@sud.example'], mailbox: ['sud@studio.example.com'] },
    give: { endpointId: 'hotline', queue: { id: 'Sud', label: 'Sud' } },
  },
];

const base: PopupView = { capture: ready, endpoints: [desk], counts: { waiting: 0, attention: 0 }, theme: 'system' };
const sentRow = (row: Partial<OutboxRow>): OutboxRow => ({
  id: 'capture-1',
  kind: 'delivery',
  title: ready.title,
  status: 'sending',
  createdAt: now,
  attempts: 1,
  actions: [],
  ...row,
});
const submitted = (row: OutboxRow | undefined): PopupView => ({
  ...base,
  capture: { ...ready, status: 'submitted', ...(row && { delivery: row }) },
});

/** Popup states by name (`?state=`). */
export const popups: Readonly<Record<string, PopupView>> = {
  ready: base,
  several: {
    ...base,
    endpoints: [desk, hotline],
    counts: { waiting: 4, attention: 1 },
    capture: { ...ready, note: 'Rappelée à 14 h. Elle attend le plan avant jeudi.\nVoir avec l’atelier pour la coupe.' },
  },
  long: { ...base, capture: long },
  arabic: { ...base, capture: arabic },
  gone: { ...base, capture: { ...ready, queue: { id: '99', label: 'Old queue' } } },
  typed: { ...base, endpoints: [{ ...hotline, id: 'rt' }] },
  collecting: { ...base, capture: { ...ready, status: 'collecting', received: 1, messages: [], requesters: [], requester: '' } },
  preparing: { ...base, capture: { ...ready, status: 'preparing', messages: [] } },
  failed: {
    ...base,
    capture: { ...ready, status: 'failed', messages: [], requester: '', requesters: [], title: '', error: error('webmail-signed-out') },
  },
  nosystem: { ...base, endpoints: [] },
  empty: { ...base, capture: undefined as never, error: error('no-thread') },
  unknown: { ...base, capture: undefined as never, endpoints: [], error: error('unknown-webmail') },
  sending: submitted(sentRow({})),
  sent: submitted(sentRow({ status: 'delivered', receipt: { ...receipt, warnings: ['photo.tif was left out: larger than 10 MB'] } })),
  ruled: {
    ...base,
    capture: {
      ...ready,
      queue: { id: '6', label: 'Devis & commandes' },
      rule: {
        id: 'atelier',
        name: '',
        because: [{ on: 'from', word: 'atelier.example.org' }],
        queue: { id: '6', label: 'Devis & commandes' },
      },
    },
  },
  grown: { ...base, capture: grown },
  nothingnew: { ...base, capture: { ...grown, messages: grown.messages.map((one) => ({ ...one, known: true })) } },
  search: {
    ...base,
    endpoints: [{ ...desk, searches: true }],
    capture: { ...ready, target: { kind: 'append', ticketId: '', number: '' } },
  },
  tagged: {
    ...base,
    endpoints: [{ ...desk, lists: ['queues', 'priorities', 'tags'], fields: ['queue', 'priority', 'assignee', 'type', 'tags'] }],
    capture: {
      ...ready,
      type: { id: 'incident', label: 'Incident' },
      tags: ['warranty', 'atelier nord'].map((label) => ({ id: label, label })),
    },
  },
  append: { ...base, capture: { ...ready, target: { kind: 'append', ticketId: '', number: '' } } },
  twin: submitted(
    sentRow({
      status: 'delivered',
      receipt: { ...receipt, twin: { ticketId: '4712', number: '4712', url: 'https://tickets.example.org/4712' } },
    }),
  ),
  taken: submitted(
    sentRow({
      status: 'stopped',
      error: error('already-in-tickets', { ticketId: '4711', number: '4711', url: 'https://tickets.example.org/4711' }),
      actions: ['append', 'edit', 'repeat', 'delete'],
    }),
  ),
  mail: submitted(
    sentRow({
      status: 'stopped',
      error: error('mail-needed', { to: 'support@desk.example.org' }),
      actions: ['mail', 'mail-file', 'mailed', 'edit', 'delete'],
    }),
  ),
  mailed: submitted(
    sentRow({ status: 'delivered', receipt: { ticketId: '', number: '', mailedTo: 'support@desk.example.org', warnings: [] } }),
  ),
  waiting: submitted(sentRow({ status: 'paused', dueAt: now + 3 * minute, error: error('offline') })),
};

export const settings: Settings = {
  ...emptySettings,
  endpoints: [
    { id: 'rt', name: 'Helpdesk', recipe: 'rt', values: { url: 'https://tickets.example.org/rt' }, defaults: { queue: support } },
    { id: 'hotline', name: 'Hotline Außendienst Süd', recipe: 'rest', values: { url: 'http://desk.intranet.example' }, defaults: {} },
  ],
  webmails: [{ origin: 'https://mail.example.org', adapter: 'roundcube' }, { origin: 'http://webmail.intranet.example:8080' }],
  internalDomains: ['studio.example.com'],
  rules,
  templates,
};

export const secrets = { rt: ['token'], hotline: ['token'] };

const asked = (id: number, purpose: string, host: string, part: Partial<LedgerPage['rows'][number]> = {}): LedgerPage['rows'][number] => ({
  id,
  at: now - (9 - id) * minute,
  host,
  purpose,
  method: 'GET',
  status: 200,
  bytesSent: 0,
  bytesReceived: 2_340,
  ms: 84,
  ...part,
});
export const ledger: LedgerPage = {
  rows: [
    asked(5, 'read', 'tickets.example.org'),
    asked(4, 'create', 'tickets.example.org', { method: 'POST', status: 201, bytesSent: 3_411_200, ms: 912 }),
    asked(3, 'look-up', 'tickets.example.org'),
    asked(2, 'capture', 'mail.example.org', { bytesReceived: 3_380_114, ms: 341 }),
    asked(1, 'list', 'tickets.example.org'),
  ],
};

/** No administrator set anything. */
export const unmanaged: ManagedView = { locked: [], endpoints: [], webmails: [], rules: [], templates: [], recipes: [], unreadable: [] };
export const tested: TestView = {
  ok: true,
  identity: 'relais-agent',
  version: '5.0.7',
  warnings: [],
  queues: queues.choices ?? [],
  priorities: priorities.choices ?? [],
};
export { tickets };
