/** The demo's settings: the desk as any REST endpoint, the webmail as a granted one. What a person would import. */

export interface DemoAddresses {
  readonly desk: string;
  readonly token: string;
  readonly webmail: string;
}

export function deskSettings({ desk, token, webmail }: DemoAddresses): object {
  const tickets = `${desk}/api/tickets`;
  return {
    version: 1,
    endpoints: [
      {
        id: 'desk',
        name: 'Ticket desk',
        recipe: 'rest',
        values: {
          url: tickets,
          auth: 'bearer',
          number: 'number',
          said: 'error',
          lookUpUrl: `${tickets}?reference={{ reference }}`,
          lookUpItems: 'tickets',
          appendUrl: `${tickets}/{{ ticket.id }}/articles`,
          searchUrl: `${tickets}?search={{ text }}`,
          searchItems: 'tickets',
          readUrl: `${tickets}/{{ ticket.id }}`,
          queuesUrl: `${desk}/api/queues`,
          queuesItems: 'queues',
          testUrl: `${desk}/api/me`,
        },
        defaults: { queue: { id: 'Support', label: 'Support' } },
      },
    ],
    defaultEndpoint: 'desk',
    webmails: [{ origin: webmail }],
    secrets: { desk: { token } },
  };
}
