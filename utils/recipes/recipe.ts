/**
 * A recipe: one JSON file that says how to talk to one ticket system. This is its schema, published as
 * `docs/recipe.schema.json` and explained in `docs/recipes.md`.
 */
import * as v from 'valibot';
import { RelaisError } from '../core/errors.ts';
import { auth } from './auth-schema.ts';
import { call, expression, look, rule, step, template } from './call-schema.ts';
import { kinds } from './catalogue.ts';
import { field, sentence } from './field-schema.ts';

export type { SettingsField } from './field-schema.ts';

const choice = v.strictObject({ id: v.string(), label: v.string() });

/** How a list goes on. `page` in templates holds number, offset, size, from, to and cursor; an empty page ends every kind. */
const paging = v.strictObject({
  kind: v.picklist(['page', 'offset', 'range', 'cursor', 'link']),
  first: v.optional(v.number(), 1),
  size: v.optional(v.number(), 100),
  /** `cursor`: the next cursor; `link`: the next address (by default the Link header's rel="next"). */
  next: v.optional(expression),
  /** False over an answer that was the last. */
  more: v.optional(expression),
});

const list = v.union([
  /** The choices themselves, or an expression over `settings` that gives them. */
  v.strictObject({ fixed: v.union([v.array(choice), v.pipe(v.string(), v.minLength(1))]) }),
  v.strictObject({
    ...look.entries,
    /** The list exists only if this is true over `settings`. */
    when: v.optional(expression),
    items: expression,
    itemId: expression,
    itemLabel: expression,
    /** The list can be read only for one choice of another list, which is `within` in templates. */
    dependsOn: v.optional(v.picklist(['queues', 'types'])),
    page: v.optional(paging),
    /** A help that not every server gives: refused, it is as if there were no such list. */
    optional: v.optional(v.boolean(), false),
  }),
]);
export type ListRecipe = v.InferOutput<typeof list>;

/** Finds tickets by reference. A hit counts only when its reference was read and compared: by `itemReference`, or by `proof`. */
const find = v.strictObject({
  ...look.entries,
  when: v.optional(expression),
  items: expression,
  itemId: expression,
  itemReference: v.optional(expression),
  /** Further outputs of a hit; the same names as the create step gives. */
  itemOut: v.optional(v.record(v.string(), expression)),
});
export type Find = v.InferOutput<typeof find>;

/** Finds tickets by number, words of the title or the requester. */
const search = v.strictObject({
  ...look.entries,
  when: v.optional(expression),
  /** Only what has to do with `text`: systems that don't understand a filter give everything. */
  items: expression,
  itemId: expression,
  /** `number`, `title`, `state` and `queue` of a hit. */
  itemOut: v.optional(v.record(v.string(), expression), {}),
});
export type Search = v.InferOutput<typeof search>;

const dedupe = v.strictObject({
  class: v.picklist(['native', 'exact', 'indexed', 'list', 'none']),
  /** The system's own key against doubles: a header that carries the reference, honoured for `ttlMs`. */
  key: v.optional(v.strictObject({ header: v.string(), ttlMs: v.number() })),
  /** Tried in turn. None whose `when` holds: nothing can be looked up. */
  find: v.optional(v.array(find), []),
  /** Reads the ticket of a hit (`ticket.id`); `ours` is true when it carries the reference. */
  proof: v.optional(v.strictObject({ ...call.entries, ours: expression })),
  /** Asked when nothing was found: may this user see such tickets at all? If not, an empty answer proves nothing. */
  sight: v.optional(v.strictObject({ ...call.entries, when: v.optional(expression), sees: expression })),
  /** How long a ticket may take to be found, and how many looks that far apart find nothing before the step is repeated. */
  lagMs: v.optional(v.number(), 0),
  looks: v.optional(v.pipe(v.number(), v.minValue(1)), 1),
});

const limits = v.strictObject({
  /** False where no file can be sent at all. */
  files: v.optional(v.boolean(), true),
  /** Bytes of one file and of all files of one message; larger ones are left out and named in a warning. */
  fileBytes: v.optional(v.number()),
  totalBytes: v.optional(v.number()),
  /** False where the system refuses empty files. */
  emptyFiles: v.optional(v.boolean(), true),
  /** What becomes of original `.eml` files. */
  originals: v.optional(v.picklist(['as-is', 'rename', 'zip', 'none']), 'as-is'),
});

/** Headers that a browser sets itself and that this system refuses (Atlassian takes a browser's POST for a forged one). */
const rewrite = v.strictObject({ userAgent: v.optional(v.string()), removeOrigin: v.optional(v.boolean(), false) });
export type Rewrite = v.InferOutput<typeof rewrite>;

const recipe = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,40}$/)),
  name: sentence,
  /** Under the name where a system is chosen: other names it goes by, what it needs. */
  hint: v.optional(sentence),
  kind: v.optional(kinds, 'helpdesk'),
  /** The vendor's own documentation. */
  docs: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:/i, 'A web address'))),
  /** Versions of the system that this was written for, in words. */
  versions: v.optional(sentence),
  /** How far it was tried: on a running server, against the server's own source or the vendor's schema, or only written after the documentation. */
  verified: v.optional(v.picklist(['server', 'source', 'contract', 'documentation'])),
  /** What does not work there, a sentence each. */
  gaps: v.optional(v.array(sentence)),
  settings: v.array(field),
  /** `internal`: the requester never sees a note. `public`: they may, said before sending. */
  note: v.picklist(['internal', 'public', 'none']),
  /** What a person may choose; absent: not offered. */
  fields: v.strictObject({
    queue: v.optional(v.picklist(['required', 'optional'])),
    priority: v.optional(v.picklist(['required', 'optional'])),
    assignee: v.optional(v.picklist(['required', 'optional'])),
    type: v.optional(v.picklist(['required', 'optional'])),
    tags: v.optional(v.picklist(['required', 'optional'])),
  }),
  /**
   * For what takes mail only: the mailbox that a person writes to. Nothing is sent then; a draft is opened, and the delivery
   * waits until the person says that it was sent. `base` is empty, and there are no steps.
   */
  mail: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Address that every `path` is put behind. */
  base: template,
  /** Further addresses that requests go to; theirs and the base's are the only origins ever asked for and used. */
  origins: v.optional(v.array(template), []),
  headers: v.optional(v.record(v.string(), template), {}),
  rewrite: v.optional(rewrite),
  auth: v.array(auth),
  /** Calls of "Test connection"; at least one must fail without a valid identity. Outputs `identity`, `version`, `warning`. */
  test: v.array(step),
  lists: v.optional(
    v.strictObject({
      queues: v.optional(list),
      priorities: v.optional(list),
      assignees: v.optional(list),
      types: v.optional(list),
      tags: v.optional(list),
    }),
    {},
  ),
  /** Outputs `ticketId`, `number` and `url` of any step become `ticket`. */
  create: v.array(step),
  append: v.optional(v.array(step), []),
  /** Outputs `number`, `title`, `state`, `queue`, `owner`. Absent: nothing is told about a ticket. */
  read: v.optional(v.strictObject({ ...look.entries, when: v.optional(expression) })),
  /** Tickets by what a person typed, which is `text`: what each call finds, joined. Absent: a number must be typed. */
  search: v.optional(v.array(search), []),
  /** Over a ticket: what people call it, and its page. */
  ticket: v.optional(v.strictObject({ number: v.optional(expression), url: v.optional(template) }), {}),
  dedupe,
  limits: v.optional(limits, {}),
  /** `said`: where an error's sentence stands, first hit wins. `rules`: what an answer means, before the rules by status. */
  errors: v.optional(v.strictObject({ said: v.optional(v.array(expression), []), rules: v.optional(v.array(rule), []) }), {}),
  /** When an answer is a success; by default 2xx. */
  ok: v.optional(expression),
});

export type Recipe = v.InferOutput<typeof recipe>;
export { recipe as recipeSchema };

/** What is wrong with a recipe, and where in it. */
export interface Fault {
  /** `create.0.send`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

const mostFaults = 10;

/** Reads a recipe from JSON or from a parsed document. Throws `bad-recipe`, whose message names each wrong place. */
export function parseRecipe(source: unknown): Recipe {
  const document = typeof source === 'string' ? readJson(source) : source;
  const { recipe, faults } = readRecipe(document);
  if (recipe !== undefined) return recipe;
  throw new RelaisError('bad-recipe', faults.map(({ path, message }) => `${path || 'recipe'}: ${message}`).join('; '), {
    places: faults.length,
  });
}

/** A parsed document as a recipe, or the places that keep it from being one. */
export function readRecipe(document: unknown): { readonly recipe?: Recipe; readonly faults: readonly Fault[] } {
  const result = v.safeParse(recipe, document);
  const faults = result.success
    ? check(result.output)
    : result.issues.slice(0, mostFaults).map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }));
  return result.success && faults.length === 0 ? { recipe: result.output, faults } : { faults };
}

/** What a schema can't say: ids are unique, what is referred to exists, a hit can be proven. */
function check(parsed: Recipe): readonly Fault[] {
  const faults: Fault[] = [];
  for (const flow of ['create', 'append', 'test'] as const) {
    const ids = parsed[flow].map((entry) => entry.id);
    const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
    if (twice >= 0) faults.push({ path: `${flow}.${twice}.id`, message: `the step id "${ids[twice]}" is used twice` });
  }
  if (parsed.mail === undefined && !parsed.create.some((entry) => entry.as === 'create'))
    faults.push({ path: 'create', message: 'one step must have "as": "create"' });
  const keys = parsed.settings.map(({ key }) => key);
  const same = keys.findIndex((key, at) => keys.indexOf(key) !== at);
  if (same >= 0) faults.push({ path: `settings.${same}.key`, message: `the field "${keys[same]}" is there twice` });
  const secrets = new Set(parsed.settings.filter(({ kind }) => kind === 'secret').map(({ key }) => key));
  for (const flow of ['create', 'append'] as const)
    for (const [at, { sign }] of parsed[flow].entries()) {
      if (sign !== undefined && !secrets.has(sign.secret))
        faults.push({ path: `${flow}.${at}.sign.secret`, message: `no secret field "${sign.secret}"` });
    }
  const blind = parsed.dedupe.find.length === 0 ? parsed.create.findIndex(({ thenFind }) => thenFind) : -1;
  if (blind >= 0) faults.push({ path: `create.${blind}.thenFind`, message: 'nothing can be looked up: dedupe.find is empty' });
  const unproven = parsed.dedupe.find.findIndex((entry) => entry.itemReference === undefined);
  if (unproven >= 0 && parsed.dedupe.proof === undefined)
    faults.push({ path: `dedupe.find.${unproven}`, message: 'a hit must be proven by itemReference or by dedupe.proof' });
  return faults;
}

function readJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw new RelaisError('bad-recipe', `recipe: not JSON (${cause instanceof Error ? cause.message : 'unreadable'})`, {}, { cause });
  }
}
