/** Where id, number and link of a ticket stand in an answer: guessed by names, or read off an example. */

export interface AnswerPlaces {
  readonly ticketId: readonly string[];
  readonly number: readonly string[];
  readonly url: readonly string[];
}

const wrappers = ['ticket', 'data', 'issue', 'case', 'result', 'item', 'request', 'incident'];
const words = {
  ticketId: [/^id$/i, /^(?:ticket|issue|case|request|incident)_?id$/i, /^(?:uuid|guid|_id|gid|key|ref)$/i, /^(?:ticket_?)?number$/i],
  number: [/^(?:ticket_?|case_?|issue_?)?(?:number|no|nr)$/i, /^(?:key|iid|display_?id|reference|ref|code|idReadable)$/i],
  url: [/^(?:web|html|ticket|agent|browser|public)_?-?(?:url|link)$/i, /^(?:url|link|permalink|href)$/i],
} as const;

/** For an answer that nobody has seen: the usual places, the first that gives something counts. */
export const usualPlaces: AnswerPlaces = {
  ticketId: ['id', ...wrappers.map((name) => `${name}.id`), 'ticket_id', 'key', 'number'],
  number: ['number', 'key', 'ticket.number', 'data.number', 'issue.key', 'case.number'],
  url: ['web_url', 'html_url', 'url', 'link', 'ticket.url', 'data.url', 'data.web_url'],
};

/** The places in this answer; nothing where a name tells nothing. */
export function placesIn(answer: unknown): AnswerPlaces {
  const leaves = leavesOf(answer);
  const find = (name: keyof typeof words): readonly string[] => {
    for (const pattern of words[name]) {
      const hit = leaves.find(({ key, value }) => pattern.test(key) && (name !== 'url' || /^https?:\/\/|^\//.test(String(value))));
      if (hit !== undefined) return [hit.path];
    }
    return [];
  };
  return { ticketId: find('ticketId'), number: find('number'), url: find('url') };
}

interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

const most = 500;

/** Texts and numbers of an answer, what lies nearest to its root first. */
function leavesOf(answer: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let level: { readonly value: unknown; readonly path: string }[] = [{ value: answer, path: '' }];
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { value, path } of level) {
      if (Array.isArray(value)) next.push({ value: value[0], path: `${path === '' ? '$' : path}[0]` });
      else if (typeof value === 'object' && value !== null)
        for (const [key, entry] of Object.entries(value).slice(0, most)) {
          const place = path === '' ? quoted(key) : `${path}.${quoted(key)}`;
          if (typeof entry === 'string' || typeof entry === 'number') leaves.push({ path: place, key, value: entry });
          else next.push({ value: entry, path: place });
        }
    }
    level = next.slice(0, most);
  }
  return leaves;
}

function quoted(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) && !/^(?:and|or|in|true|false|null|function)$/.test(key) ? key : `\`${key.replaceAll('`', '')}\``;
}
