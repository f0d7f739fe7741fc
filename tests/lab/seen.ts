/** What the requester is shown of a ticket, asked as the requester. */
import type { TicketSystem } from './lab.ts';

/** The texts of all articles that the system gives to the client. */
export function seenByClient(system: TicketSystem, id: string): Promise<readonly string[]> {
  if (system.system === 'rt') return seenInRt(system, id);
  if (system.system === 'znuny') return seenInZnuny(system, id);
  if (system.system === 'redmine') return seenInRedmine(system, id);
  throw new Error(`${system.system} shows nothing to requesters`);
}

/** Says aloud that an old lab has no requester who may sign in. */
export function hasClient({ system, client, clientToken }: TicketSystem): boolean {
  const has = client !== undefined || clientToken !== undefined;
  if (!has) console.warn(`SKIPPED: no requester may sign in to this ${system}. Stop and start it: tests/lab/tickets/stop ${system}`);
  return has;
}

async function answered<Answer>(address: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await fetch(address, { headers });
  if (!answer.ok) throw new Error(`The client got ${answer.status} from ${new URL(address).pathname}`);
  return (await answer.json()) as Answer;
}

async function seenInRt({ api, client }: TicketSystem, id: string): Promise<string[]> {
  const authorization = `Basic ${Buffer.from(`${client?.user}:${client?.password}`).toString('base64')}`;
  const ask = <Answer>(path: string) => answered<Answer>(`${api}/${path}`, { authorization });
  const texts: string[] = [];
  const history = await ask<{ items: { id: string }[] }>(`ticket/${id}/history?per_page=100`);
  for (const transaction of history.items) {
    const list = await ask<{ items: { id: string }[] }>(`transaction/${transaction.id}/attachments?per_page=100`);
    for (const part of list.items) {
      const { ContentType, Content = '' } = await ask<{ ContentType: string; Content?: string }>(`attachment/${part.id}`);
      if (ContentType.startsWith('text/')) texts.push(Buffer.from(Content, 'base64').toString('utf8'));
    }
  }
  return texts;
}

async function seenInZnuny({ api, client }: TicketSystem, id: string): Promise<string[]> {
  const who = new URLSearchParams({ CustomerUserLogin: client?.user ?? '', Password: client?.password ?? '' });
  const { Ticket } = await answered<{ Ticket: { Article: { Body: string }[] }[] }>(`${api}/Ticket/${id}?AllArticles=1&${who}`, {});
  return Ticket.flatMap(({ Article }) => Article.map(({ Body }) => Body));
}

async function seenInRedmine({ api, clientToken }: TicketSystem, id: string): Promise<string[]> {
  const { issue } = await answered<{ issue: { description: string; journals: { notes?: string }[] } }>(
    `${api}/issues/${id}.json?include=journals`,
    { 'x-redmine-api-key': clientToken ?? '' },
  );
  return [issue.description, ...issue.journals.map(({ notes = '' }) => notes)];
}
