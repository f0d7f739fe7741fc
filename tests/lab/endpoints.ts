/** The lab's ticket systems as endpoints, the way a person would type them into the options. */
import type { TicketSystem } from './lab.ts';

export interface LabEndpoint {
  readonly endpoint: {
    readonly id: string;
    readonly name: string;
    readonly recipe: string;
    readonly values: Readonly<Record<string, string>>;
  };
  readonly secrets: Readonly<Record<string, string>>;
}

export function endpointOf({ system, baseUrl, user, password, token, secret }: TicketSystem): LabEndpoint {
  if (system === 'rt') {
    return { endpoint: { id: 'rt', name: 'Request Tracker', recipe: 'rt', values: { url: baseUrl } }, secrets: { token: token ?? '' } };
  }
  if (system === 'redmine') {
    return { endpoint: { id: 'redmine', name: 'Redmine', recipe: 'redmine', values: { url: baseUrl } }, secrets: { key: token ?? '' } };
  }
  if (system === 'node-red') {
    return {
      endpoint: { id: 'node-red', name: 'Node-RED', recipe: 'webhook', values: { url: `${baseUrl}/tickets`, answer: 'ticket' } },
      secrets: { secret: secret ?? '' },
    };
  }
  return { endpoint: { id: 'znuny', name: 'Znuny', recipe: 'znuny', values: { url: baseUrl, user } }, secrets: { password } };
}
