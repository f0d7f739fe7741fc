/** Stands in for `webextension-polyfill` in the preview: answers every route with samples. Development only. */
import type { RouteName } from '../../../utils/routes.ts';
import { overlay } from '../../../utils/ui/overlay.ts';
import type { CaptureView, EditPatch } from '../../../utils/views.ts';
import { messagesOf } from '../messages.ts';
import * as handovers from './handover-samples.ts';
import * as samples from './samples.ts';

const query = new URLSearchParams(location.search);
const lang = query.get('lang') ?? 'en';
const popup = samples.popups[query.get('state') ?? 'ready'];
const isNew = query.has('new');
let settings = isNew ? { ...samples.settings, endpoints: [], webmails: [], rules: [], templates: [] } : samples.settings;
let capture: CaptureView | undefined = popup?.capture;
const theme = query.get('theme');

const answers: { readonly [Name in RouteName]?: (input: never) => unknown } = {
  'popup.opened': () => ({ ...popup, capture, theme: theme ?? 'system' }),
  'capture.opened': () => capture,
  'message.opened': () => ({
    stretches: [
      {
        kind: 'own',
        text: 'Bonjour,\n\nLes dimensions ont changé : 240 × 110 cm au lieu de 220. Pourriez-vous mettre le devis à jour ?\n\n',
      },
      { kind: 'quote', text: '> Le devis du 12 tient toujours.\n\n' },
      { kind: 'signature', text: 'Cordialement' },
    ],
  }),
  'draft.edited': ({ edits }: { edits: EditPatch }) => {
    capture = capture && overlay(capture, edits);
    return capture;
  },
  'draft.submitted': () => ({ deliveryId: 'd' }),
  'note.submitted': () => ({ deliveryId: 'n' }),
  'list.opened': ({ list }: { list: string }) => (list === 'queues' ? samples.queues : list === 'tags' ? samples.tags : samples.priorities),
  'outbox.opened': () => ({ rows: query.has('new') ? [] : samples.rows, counts: { waiting: 5, attention: 1 }, next: 'more' }),
  'tickets.searched': () => samples.hits,
  'ticket.typed': () => ({ number: '12', title: 'Panne de courant', queue: 'Support', state: 'open' }),
  'tickets.opened': () => (isNew ? [] : samples.tickets),
  'settings.opened': () => ({
    settings: { ...settings, appearance: { theme: theme ?? 'system' } },
    secrets: samples.secrets,
    managed: samples.unmanaged,
  }),
  'rules.tried': () => ({ subject: samples.ready.subject, rule: samples.popups.ruled?.capture?.rule }),
  'settings.saved': (input: { settings: typeof settings }) => {
    settings = input.settings;
    return settings;
  },
  'endpoint.saved': () => settings,
  'endpoint.tested': () =>
    query.has('bad')
      ? { ok: false, warnings: [], error: samples.error('unauthorised', { said: 'Invalid token', status: 401 }) }
      : samples.tested,
  'settings.exported': () => settings,
  'checks.opened': () => ({ 'https://mail.example.org': { webmail: 'roundcube', missing: [], at: samples.now } }),
  'handover.listed': () => handovers.list,
  'handover.opened': () => handovers.views[query.get('state') ?? ''],
  'ledger.opened': () => samples.ledger,
};

const event = { addListener() {}, removeListener() {} };
const i18n = messagesOf(await (await fetch(`/_locales/${lang}/messages.json`)).json(), lang);
Object.assign(globalThis, { browser: { i18n } });
if (query.has('rtl')) queueMicrotask(() => setTimeout(() => document.documentElement.setAttribute('dir', 'rtl')));

export default {
  i18n,
  runtime: {
    getManifest: () => ({ version: '0.1.0' }),
    getURL: (path: string) => path,
    async sendMessage({ name, input }: { name: RouteName; input: never }) {
      return { ok: true, value: await answers[name]?.(input) };
    },
  },
  storage: { onChanged: event, local: { get: async () => ({}), set: async () => {} } },
  tabs: {
    query: async () => [{ id: 1, windowId: 1, url: 'https://mail.example.org/' }],
    create: async () => ({}),
    onActivated: event,
    onUpdated: event,
  },
  sidePanel: { open: async () => {} },
  permissions: {
    contains: async ({ origins }: { origins: string[] }) => !origins.some((origin) => origin.includes('webmail.intranet')),
    request: async () => true,
    remove: async () => true,
    onAdded: event,
    onRemoved: event,
  },
};
