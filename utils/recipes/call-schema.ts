/** The parts of a recipe that stand for requests: calls, steps, and what their answers mean. */
import * as v from 'valibot';

/** Stands for what the person typed into that field: the piece of recipe itself, not a text that holds it. */
const fromSetting = v.strictObject({ $setting: v.string() });
export type FromSetting = v.InferOutput<typeof fromSetting>;

/** Text with `{{ expression }}` in it. */
export const template = v.union([v.pipe(v.string(), v.maxLength(50_000)), fromSetting]);
export type Template = v.InferOutput<typeof template>;

/** JSONata. Over an answer `$` is its body and `$answer` holds status, headers, text and redirected. */
const oneExpression = v.union([v.pipe(v.string(), v.minLength(1), v.maxLength(50_000)), fromSetting]);
/** Of several the first that gives something. */
export const expression = v.union([oneExpression, v.array(oneExpression)]);
export type Expression = v.InferOutput<typeof expression>;

/** The first rule that is true over an answer says what it means. */
export const rule = v.strictObject({
  when: expression,
  code: v.picklist([
    'unauthorised',
    'rejected',
    'not-found',
    'too-large',
    'rate-limited',
    'unavailable',
    'server-error',
    'unreadable-answer',
    'login-page',
    'redirected',
    'bad-settings',
  ]),
  /** How long to wait, where no usual header says it. */
  waitMs: v.optional(expression),
});
export type Rule = v.InferOutput<typeof rule>;

/** A sentence for the receipt when `when` is true over the answer. */
const warning = v.strictObject({ when: expression, say: template });

/** A header that signs the body (HMAC), so that the receiver knows who sent it. Left out where the secret is empty. */
const sign = v.strictObject({
  header: v.string(),
  /** Key of the settings field that holds the secret: it never enters an expression. */
  secret: v.string(),
  hash: v.optional(v.picklist(['SHA-1', 'SHA-256', 'SHA-512']), 'SHA-256'),
  encode: v.optional(v.picklist(['hex', 'base64']), 'hex'),
  /** Before the signature: `sha256=`. */
  prefix: v.optional(v.string(), ''),
});
export type Sign = v.InferOutput<typeof sign>;

export const methods = v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

export const call = v.strictObject({
  method: v.optional(v.union([methods, fromSetting]), 'GET'),
  /** Behind `base`. What expressions give is percent-encoded, so that no value can leave its place. */
  path: v.optional(template),
  /** A whole address instead; a single expression is taken as it is. */
  url: v.optional(template),
  /** Undefined values are left out, lists repeat the name. */
  query: v.optional(v.record(v.string(), v.unknown())),
  /** A template may give the whole set (headers that an earlier answer asks for). */
  headers: v.optional(v.union([v.record(v.string(), template), template])),
  /** False: sent without credentials. */
  auth: v.optional(v.boolean(), true),
  /** `json-ascii`: JSON that writes all but ASCII as \uXXXX, for servers that read the UTF-8 of a body twice. */
  encode: v.optional(v.picklist(['json', 'json-ascii', 'form', 'multipart', 'raw', 'jsonrpc', 'graphql']), 'json'),
  /** JSON whose texts are templates; a text that is one expression keeps its type, undefined ones are left out. */
  send: v.optional(v.unknown()),
  sign: v.optional(sign),
  /** `json`: anything else is an error, an empty answer too (204 excepted). `any`: JSON where it is, but no HTML page. `text`: as it comes. */
  expect: v.optional(v.picklist(['json', 'any', 'text']), 'json'),
  ok: v.optional(expression),
  errors: v.optional(v.array(rule), []),
  /** True over a refusal that did nothing: the call is sent once more, and `again` is true in its templates. */
  again: v.optional(expression),
  out: v.optional(v.record(v.string(), expression), {}),
  timeoutMs: v.optional(v.pipe(v.number(), v.minValue(1_000), v.maxValue(900_000))),
});
export type Call = v.InferOutput<typeof call>;

const before = v.strictObject({ ...call.entries, id: v.string() });

/** A call that reads; calls in `before` run first and are `steps.<id>` in it. */
export const look = v.strictObject({ ...call.entries, before: v.optional(v.array(before), []) });
export type Look = v.InferOutput<typeof look>;

/** Is the work of this step there already? `found` says so over the answer, `out` gives what the step would have given. */
const stepFind = v.strictObject({ ...call.entries, found: expression, always: v.optional(v.boolean(), false) });

export const step = v.strictObject({
  ...call.entries,
  id: v.pipe(v.string(), v.regex(/^[a-zA-Z][a-zA-Z0-9-]{0,40}$/)),
  /** The step is left out unless this is true over the scope. */
  when: v.optional(expression),
  /** Once per article, per file, or per object (with an `id`) of a list; it is `item`, its place `index`. */
  each: v.optional(v.union([v.picklist(['articles', 'files']), v.strictObject({ items: expression })])),
  /** `create` makes the ticket and is what the reference is looked up for. */
  as: v.optional(v.picklist(['upload', 'create', 'enrich']), 'enrich'),
  /** `unsafe`: an unknown outcome is looked up before it is repeated. By default GET is `none`, an upload `repeatable`, all else `unsafe`. */
  effect: v.optional(v.picklist(['none', 'repeatable', 'unsafe'])),
  /** The answer to a new ticket may name none: it is then looked up by its reference at once. */
  thenFind: v.optional(v.boolean(), false),
  /** Outputs older than this are made again. */
  maxAgeMs: v.optional(v.number()),
  /** Refused, it becomes a warning in the receipt. */
  optional: v.optional(v.boolean(), false),
  /** Without it a step of unknown outcome waits for the person. `always`: looked for before every try. */
  find: v.optional(stepFind),
  warn: v.optional(v.array(warning), []),
});
export type Step = v.InferOutput<typeof step>;
