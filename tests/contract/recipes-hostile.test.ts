/** Whatever stands in a mail, a recipe makes the same requests of it: same addresses, headers, fields and types; only texts differ. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SafeHtml } from '../../utils/core/thread.ts';
import type { TicketDraft } from '../../utils/core/ticket.ts';
import type { HttpRequest } from '../../utils/http.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, Job } from '../../utils/recipes/interface.ts';
import { loadRecipes } from '../../utils/recipes/load.ts';
import { play } from '../support/exchanges.ts';
import { readFixture, recipeFixtures, threadOf } from '../support/recipe-fixtures.ts';
import { documentsIn, shapeOf } from '../support/request-shape.ts';

const nasty = [
  '","queue":"root","x":"',
  '"}]}',
  "' OR 1=1 --",
  '{{ secrets.token }}',
  '}} {{ $string(secrets) }}',
  '{"a":1}',
  'null',
  '42',
  'true',
  '[]',
  'x\r\nX-Evil: 1\r\n\r\nbody',
  'x\u0000y',
  'x\ud800',
  '\udc00x',
  'a=b&c=d',
  '../../admin',
  '?x#y',
  '%00%0d%0a',
  '<script>alert(1)</script>]]>',
  '\\u0022',
  '$secrets',
  '__proto__',
  '\u202eltr\u2028\u2029',
  '--boundary\r\nContent-Disposition: form-data; name="x"',
];
const text = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((any) => `x${any}`) },
);

interface Words {
  readonly title: string;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  readonly note: string;
  readonly filename: string;
}
const words = fc.record<Words>({ title: text, name: text, subject: text, body: text, note: text, filename: text });

/** The fixture's thread with other words in it. */
function saying(draft: TicketDraft, { title, name, subject, body, note, filename }: Words): TicketDraft {
  return {
    ...draft,
    title,
    requester: { ...draft.requester, name },
    note,
    incomplete: body,
    articles: draft.articles.map((article) => ({
      ...article,
      subject,
      from: { ...article.from, name },
      to: article.to.map((person) => ({ ...person, name })),
      text: body,
      html: `<p>${body}</p>` as SafeHtml,
      ...('markdown' in article ? { markdown: body } : {}),
      files: article.files.map((file) => ({ ...file, filename })),
    })),
  };
}

const pairs = [...(await loadRecipes()).values()].flatMap((recipe) => {
  const fixture = readFixture(recipe.id);
  return fixture === undefined || recipe.mail !== undefined ? [] : [{ id: recipe.id, recipe, fixture }];
});

it('finds the recipes and their fixtures', () => {
  expect(pairs.length, recipeFixtures).toBeGreaterThan(2);
});

describe.each(pairs)('the recipe $id', ({ recipe, fixture }) => {
  const { draft, more, blobs } = threadOf(fixture);
  const connection: Connection = { recipe, values: fixture.values, secrets: fixture.secrets };
  const made = fixture.create.result as { readonly number: string };
  let clock = Date.now();

  async function requests(flow: 'create' | 'append', said: (draft: TicketDraft) => TicketDraft): Promise<readonly HttpRequest[]> {
    const player = play(fixture[flow]?.exchanges ?? []);
    const sent: HttpRequest[] = [];
    clock += 86_400_000;
    const now = clock;
    const job: Job =
      flow === 'create'
        ? { connection, action: { kind: 'create' }, draft: said(draft), finished: {} }
        : { connection, action: { kind: 'append', ticketId: made.number }, draft: said(more), finished: {} };
    const http: typeof player.http = (request) => {
      sent.push(request);
      return player.http(request);
    };
    const readBlob = async (key: string): Promise<Blob> => new Blob([blobs[key] ?? '']);
    await engine.deliver(job, { http, now: () => now, readBlob }, { started: async () => {}, finished: async () => {} });
    return sent;
  }

  const shapes = async (sent: readonly HttpRequest[], documents: ReadonlySet<string>): Promise<readonly string[]> =>
    (await Promise.all(sent.map((request) => shapeOf(request, documents)))).flat();
  const plain: Words = { title: 'Title', name: 'Name', subject: 'Subject', body: 'Body', note: 'Note', filename: 'file.bin' };
  const flows = fixture.append === undefined ? (['create'] as const) : (['create', 'append'] as const);

  it.each(flows)('keeps its requests in shape, whatever a mail says: %s', async (flow) => {
    const benign = await requests(flow, (given) => saying(given, plain));
    const documents = await documentsIn(benign);
    const expected = await shapes(benign, documents);
    expect(expected.length).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(words, async (hostile) => {
        const sent = await requests(flow, (given) => saying(given, hostile));
        expect(await shapes(sent, documents)).toEqual(expected);
        for (const { headers = {} } of sent) for (const value of Object.values(headers)) expect(value).not.toMatch(/[\r\n\0]/);
      }),
      { numRuns: 12 },
    );
  });

  it('takes a megabyte of text, and long lines where short ones were expected', async () => {
    const benign = await requests('create', (given) => saying(given, plain));
    const documents = await documentsIn(benign);
    const line = 'Ünïcödé "{{ x }}" \\ '.repeat(1_000);
    const long = { title: line, name: line, subject: line, body: line, note: line, filename: line };
    const huge = (given: TicketDraft): TicketDraft => {
      const [first, ...rest] = saying(given, long).articles;
      const text = `${line}\r\n`.repeat(60);
      const articles = first === undefined ? [] : [{ ...first, text, html: `<p>${text}</p>` as SafeHtml }, ...rest];
      return { ...saying(given, long), articles };
    };
    expect(await shapes(await requests('create', huge), documents)).toEqual(await shapes(benign, documents));
  });
});
