/** What Redmine holds of a thread, asked as the agent, and what of it the client sees, asked as the client. */
import type { HeldFile, HeldTicket } from './held.ts';
import type { TicketSystem } from './lab.ts';

interface Journal {
  readonly id: number;
  readonly notes?: string;
  readonly details: readonly { readonly property: string; readonly name: string; readonly new_value?: string }[];
}

interface Issue {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly project: { readonly name: string };
  readonly tracker: { readonly name: string };
  readonly priority: { readonly name: string };
  readonly journals: readonly Journal[];
  readonly attachments: readonly { readonly id: number; readonly filename: string; readonly content_url: string }[];
}

/** Every issue whose subject holds the mark. */
export async function heldByRedmine({ api, token, clientToken }: TicketSystem, mark: string): Promise<HeldTicket[]> {
  const ask = async (path: string, key = token): Promise<Response> => {
    const answer = await fetch(`${api}/${path}`, { headers: { 'x-redmine-api-key': key ?? '' } });
    if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to ${path}`);
    return answer;
  };
  const whole = async (id: number, key = token): Promise<Issue> =>
    ((await (await ask(`issues/${id}.json?include=journals,attachments`, key)).json()) as { issue: Issue }).issue;
  const { issues } = (await (await ask(`issues.json?status_id=*&subject=~${mark}`)).json()) as { issues: Issue[] };
  return Promise.all(
    issues.map(async ({ id }) => {
      const issue = await whole(id);
      const seen = new Set((await whole(id, clientToken)).journals.map((journal) => journal.id));
      const files = new Map<number, HeldFile>();
      for (const { id: file, filename, content_url: address } of issue.attachments) {
        const { pathname } = new URL(address);
        files.set(file, { name: filename, bytes: Buffer.from(await (await ask(pathname.slice(1))).arrayBuffer()) });
      }
      const added = (journal: Journal): HeldFile[] =>
        journal.details
          .filter(({ property }) => property === 'attachment')
          .flatMap(({ name }) => {
            const file = files.get(Number(name));
            files.delete(Number(name));
            return file === undefined ? [] : [file];
          });
      const later = issue.journals.map((journal) => ({
        text: journal.notes ?? '',
        internal: !seen.has(journal.id),
        subject: '',
        files: added(journal),
      }));
      return {
        id: String(id),
        title: issue.subject,
        queue: issue.project.name,
        type: issue.tracker.name,
        priority: issue.priority.name,
        // Redmine has no requester: the client stands in the text.
        requester: /^From: .*<([^>]+)>$/m.exec(issue.description)?.[1] ?? '',
        articles: [{ text: issue.description, internal: false, subject: issue.subject, files: [...files.values()] }, ...later],
      };
    }),
  );
}
