/** What the page of a handover shows in the preview. No real person, host or company. */
import type { HandedView, HandoverList, HandoverRow, HandoverView } from '../../../utils/handover-views.ts';
import { error, now } from './samples.ts';

const shown: readonly (readonly [subject: string, from: string, when: string, number?: string])[] = [
  ['Vitrine réfrigérée fêlée – devis n° 2026-118', 'Hélène Garçon <helene@brasserie.example>', 'Today 16:05'],
  ['Re: Planning des travaux', 'Hélène Garçon <helene@brasserie.example>', 'Today 11:40', '4711'],
  ['Facture de mars', 'Comptabilité <compta@brasserie.example>', 'Yesterday'],
  ['Access to the staging server', 'Omar Haddad <omar@atelier.example.org>', 'Yesterday'],
  [
    'Urgent: the shop shows prices without VAT since this morning, and customers are calling',
    'Omar Haddad <omar@atelier.example.org>',
    'Monday',
  ],
  ['طلب عرض سعر', 'نادية <nadia@maison.example>', 'Monday'],
];

const rows: readonly HandoverRow[] = shown.map(([subject, from, when, number], index) => ({
  message: { id: `INBOX/${index}`, at: {} },
  subject,
  from,
  when,
  isTicked: index < 3,
  ...(number !== undefined && { ticket: { number } }),
}));

export const list: HandoverList = { tabId: 1, origin: 'https://mail.example.org', rows };

const delivery = { kind: 'delivery', title: '', createdAt: now, attempts: 1, actions: [] } as const;

const states: readonly Pick<HandedView, 'state' | 'delivery'>[] = [
  {
    state: { status: 'taken' },
    delivery: {
      ...delivery,
      id: 'a',
      status: 'delivered',
      receipt: { ticketId: '1', number: '4712', url: 'https://desk.example.org/4712', warnings: [] },
    },
  },
  { state: { status: 'skipped', why: 'in-tickets', number: '4711', url: 'https://desk.example.org/4711' } },
  { state: { status: 'taken' }, delivery: { ...delivery, id: 'c', status: 'sending' } },
  { state: { status: 'failed', error: error('no-thread') } },
  { state: { status: 'reading' } },
  { state: { status: 'waiting' } },
];

const handed = (isRunning: boolean): readonly HandedView[] =>
  shown.map(([subject, from], index) => {
    const found = states[index] ?? { state: { status: 'waiting' as const } };
    const isOpen = found.state.status === 'reading' || found.state.status === 'waiting' || found.delivery?.status === 'sending';
    const { state, delivery: carried } = (isOpen && !isRunning ? states[0] : undefined) ?? found;
    return { captureId: `h-${index}`, subject, from, state, ...(carried && { delivery: carried }) };
  });

export const views: Readonly<Record<string, HandoverView>> = {
  running: { id: 'h', origin: list.origin, edits: {}, isRunning: true, threads: handed(true) },
  ended: { id: 'h', origin: list.origin, edits: {}, isRunning: false, threads: handed(false) },
  halted: { id: 'h', origin: list.origin, edits: {}, isRunning: false, halted: error('webmail-closed'), threads: handed(true) },
};
