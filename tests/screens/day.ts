/** A working day for the pictures: the mail that came in, the tickets that are there, and how Relais is set up. Made up throughout. */
import { deskSettings } from '../demo/configuration.ts';
import type { TicketStore } from '../demo/desk/tickets.ts';
import { mail } from '../support/mail.ts';
import type { Typed } from './typed.ts';

export const hosts = { webmail: 'mail.example.org', desk: 'tickets.example.org', rt: 'rt.example.org' } as const;
export const origins = { webmail: `https://${hosts.webmail}`, desk: `https://${hosts.desk}`, rt: `https://${hosts.rt}` } as const;

const minute = 60_000;
const tilleuls = 'Résidence Les Tilleuls <gestion@tilleuls.example>';
const harbour = 'Harbour Logistics <office@harbour.example>';
const canal = 'Imprimerie du Canal <atelier@canal.example>';
const atelier = 'Comptabilité Atelier Nord <compta@atelier-nord.example>';

function came(minutesAgo: number, from: string, id: string, subject: string, text: string, after: readonly string[] = []): Buffer {
  return mail({
    from,
    id: `${id}@${from.slice(from.indexOf('@') + 1, -1)}`,
    subject,
    text,
    references: after,
    date: new Date(Date.now() - minutesAgo * minute),
  });
}

/** Of the heating, once its ticket is there. */
export const answerLater = () =>
  came(
    4,
    tilleuls,
    'heating.2',
    'Re: Chaudière en panne depuis ce matin',
    'Bonjour,\r\n\r\nLe voyant rouge clignote trois fois, puis s’éteint. Le code affiché est E-14.\r\n\r\nMerci d’avance',
    ['heating.1@tilleuls.example'],
  );

export const mails = (): Buffer[] => [
  came(
    190,
    tilleuls,
    'heating.1',
    'Chaudière en panne depuis ce matin',
    'Bonjour,\r\n\r\nPlus de chauffage dans le bâtiment B depuis 7 h. Quarante logements sont touchés.\r\n\r\nCordialement',
  ),
  came(
    170,
    harbour,
    'printer.1',
    'Printer on the second floor is offline',
    'Hello,\r\n\r\nThe printer next to the meeting room says “offline” since the weekend. Could somebody have a look?',
  ),
  came(
    155,
    tilleuls,
    'warranty.1',
    'Question sur la garantie de l’interphone',
    'Bonjour,\r\n\r\nL’interphone posé en mai est-il encore sous garantie ? Le numéro de série est 48-2210.',
  ),
  came(
    120,
    atelier,
    'invoice.1',
    'Facture 2026-118 : montant à corriger',
    'Bonjour,\r\n\r\nLa facture 2026-118 compte deux fois le déplacement du 3. Pourriez-vous nous en envoyer une corrigée ?\r\n\r\nBien à vous',
  ),
  came(
    95,
    harbour,
    'folder.1',
    'Access to the shared folder',
    'Hello,\r\n\r\nOur two new drivers cannot open the folder with the delivery notes. They need it by tomorrow noon.',
  ),
  came(
    70,
    tilleuls,
    'pump.1',
    'Pompe de relevage : nouvelle alarme',
    'Bonjour,\r\n\r\nL’alarme de la pompe s’est déclenchée deux fois cette nuit.',
  ),
  came(
    55,
    canal,
    'server.1',
    'Mail server answers slowly since Monday',
    'Hello,\r\n\r\nOpening a mail takes ten seconds and more since Monday morning, for all of us.',
  ),
  came(
    40,
    harbour,
    'starts.1',
    'Two colleagues start on the first: accounts',
    'Hello,\r\n\r\nTwo colleagues start on the first of next month. Could you prepare their accounts and telephones?',
  ),
  came(
    25,
    atelier,
    'quote.1',
    'Devis pour la réfection de l’atelier',
    'Bonjour,\r\n\r\nNous aimerions un devis pour l’éclairage de l’atelier, 240 m² environ.',
  ),
];

/** Tickets of colleagues: what a search finds. `takenReference`: one of them made its ticket of a thread that is in our mailbox too. */
export function fillDesk(store: TicketStore, takenReference: string): void {
  const requester = { address: 'gestion@tilleuls.example' };
  const earlier: readonly (readonly [string, string, string, string])[] = [
    ['Pompe de relevage en panne', 'Support', 'open', 'Ana'],
    ['Devis pompe à chaleur, bâtiment C', 'Billing', 'closed', 'Ana'],
    ['Contrôle annuel des pompes', 'Infra', 'new', ''],
  ];
  for (const [at, [title, queue, state, owner]] of earlier.entries()) {
    const { id } = store.create({ title, queue, requester, reference: `earlier-${at}` });
    store.update(id, { state, owner });
  }
  const { id } = store.create({
    title: 'Mail server answers slowly since Monday',
    queue: 'Infra',
    requester: { address: 'atelier@canal.example' },
    reference: takenReference,
  });
  store.update(id, { state: 'open', owner: 'Ana' });
}

/** The first message of the thread that a colleague sent before. */
export const takenMessage = 'server.1@canal.example';

const queue = (name: string) => ({ id: name, label: name });

/** The demo's settings, and what grows around them within a month. */
export function settingsOf({ invoices, called, checklist }: Typed, token: string): object {
  const settings = deskSettings({ desk: origins.desk, token, webmail: origins.webmail }) as { endpoints: object[]; secrets: object };
  const [desk] = settings.endpoints;
  const away = deskSettings({ desk: 'https://hotline.example.net', token, webmail: origins.webmail }) as { endpoints: object[] };
  return {
    ...settings,
    endpoints: [
      { ...desk, name: 'Helpdesk' },
      { ...away.endpoints[0], id: 'hotline', name: 'Hotline' },
    ],
    secrets: { ...settings.secrets, hotline: { token } },
    internalDomains: ['example.org'],
    undoSeconds: 60,
    rules: [
      { id: 'invoices', name: invoices, when: { subject: ['facture', 'invoice'] }, give: { queue: queue('Billing') } },
      { id: 'harbour', name: '', when: { from: ['harbour.example'] }, give: { queue: queue('Infra'), template: 'called' } },
      {
        id: 'tilleuls',
        name: 'Les Tilleuls',
        when: { from: ['tilleuls.example'] },
        give: { queue: queue('Support'), priority: queue('High') },
      },
    ],
    templates: [
      { id: 'called', name: called[0], text: called[1] },
      { id: 'checklist', name: checklist[0], text: checklist[1] },
    ],
    nudgeFor: ['tilleuls.example'],
  };
}
