/**
 * The settings: one JSON document, the same shape for storage, export, import and managed policy.
 * Credentials are not in it; they lie in a store of their own and join an export only when asked.
 */
import * as v from 'valibot';

const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
const choice = v.object({ id: v.string(), label: v.string() });
const origin = v.pipe(
  v.string(),
  v.check(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value,
    'An origin such as https://mail.example.org',
  ),
);

export const endpointSchema = v.object({
  id,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  /** Id of a shipped recipe. */
  recipe: v.string(),
  /** Values of the recipe's fields, secrets excepted. */
  values: v.record(v.string(), v.string()),
  defaults: v.optional(v.object({ queue: v.optional(choice), priority: v.optional(choice) }), {}),
});
export type Endpoint = v.InferOutput<typeof endpointSchema>;

export const webmailSchema = v.object({
  origin,
  /** Adapter id; absent: recognised by its marks. */
  adapter: v.optional(v.string()),
});

export const settingsSchema = v.object({
  version: v.literal(1),
  endpoints: v.optional(v.array(endpointSchema), []),
  /** Endpoint for a thread that no rule sends elsewhere; the first one when absent. */
  defaultEndpoint: v.optional(id),
  webmails: v.optional(v.array(webmailSchema), []),
  /**
   * Newer CSS selectors for webmails that have changed: adapter id → name → selector. It is tried before the adapter's own.
   * Names are those that the self-check reports; `slot` is the button's place, `thread` the element that names the open thread.
   */
  selectors: v.optional(v.record(id, v.record(v.pipe(v.string(), v.maxLength(60)), v.pipe(v.string(), v.maxLength(1_000)))), {}),
  /** Mail domains of the own company: their people are never taken for the client. */
  internalDomains: v.optional(v.array(v.pipe(v.string(), v.trim(), v.toLowerCase())), []),
  /** The page's button sends at once when an endpoint and a queue are known. */
  oneClick: v.optional(v.boolean(), true),
  undoSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)), 6),
  appearance: v.optional(v.object({ theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system') }), { theme: 'system' }),
  rules: v.optional(v.array(v.record(v.string(), v.unknown())), []),
  templates: v.optional(v.array(v.object({ id, name: v.string(), text: v.string() })), []),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

/** An export with credentials, when the person asked for them: endpoint id → field → value. */
export const exportSchema = v.object({
  ...settingsSchema.entries,
  secrets: v.optional(v.record(v.string(), v.record(v.string(), v.string()))),
});

export const emptySettings: Settings = v.parse(settingsSchema, { version: 1 });
