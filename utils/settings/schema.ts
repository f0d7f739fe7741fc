/**
 * The settings: one JSON document, the same shape for storage, export, import and managed policy.
 * Credentials are not in it; they lie in a store of their own and join an export only when asked.
 */
import * as v from 'valibot';
import { ruleSchema } from '../core/rules.ts';

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
  /** Id of a shipped recipe, or of one in `recipes`. */
  recipe: v.string(),
  /** Values of the recipe's fields, secrets excepted. */
  values: v.record(v.string(), v.string()),
  defaults: v.optional(v.object({ queue: v.optional(choice), priority: v.optional(choice) }), {}),
});
export type Endpoint = v.InferOutput<typeof endpointSchema>;

/** A recipe of one's own, besides the shipped ones. What else is in it, the recipes' own schema says before it is stored or used. */
const ownRecipe = v.looseObject({
  id: v.pipe(v.string(), v.regex(/^my-[a-z0-9][a-z0-9-]{0,37}$/)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
});
export type OwnRecipe = v.InferOutput<typeof ownRecipe>;

export const webmailSchema = v.object({
  origin,
  /** Adapter id; absent: recognised by its marks. */
  adapter: v.optional(v.string()),
});

/** Every setting that a document may have, as it must look where it is there. */
const fields = {
  endpoints: v.array(endpointSchema),
  recipes: v.pipe(v.array(ownRecipe), v.maxLength(100)),
  /** Endpoint for a thread that no rule sends elsewhere; the first one when absent. */
  defaultEndpoint: id,
  webmails: v.array(webmailSchema),
  /**
   * Newer CSS selectors for webmails that have changed: adapter id → name → selector. It is tried before the adapter's own.
   * Names are those that the self-check reports; `slot` is the button's place, `thread` the element that names the open thread.
   */
  selectors: v.record(id, v.record(v.pipe(v.string(), v.maxLength(60)), v.pipe(v.string(), v.maxLength(1_000)))),
  /** Mail domains of the own company: their people are never taken for the client. */
  internalDomains: v.array(v.pipe(v.string(), v.trim(), v.toLowerCase())),
  /** Whose threads the button reminds of while they are in no ticket: addresses, or domains with those below them. Empty: nobody's. */
  nudgeFor: v.pipe(v.array(v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(300))), v.maxLength(1_000)),
  /** Addresses of queues, at which a mail becomes a ticket: for Cc, by the name of the queue. */
  mailIn: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.trim(), v.maxLength(100)),
        address: v.pipe(v.string(), v.regex(/^[^\s@<>,;"]{1,200}@[^\s@<>,;"]{1,250}$/)),
      }),
    ),
    v.maxLength(100),
  ),
  /** A notification of the computer when a person must act; the browser is asked for it when it is switched on. */
  notify: v.boolean(),
  /** The page's button sends at once when an endpoint and a queue are known. */
  oneClick: v.boolean(),
  undoSeconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)),
  appearance: v.object({ theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system') }),
  /** In their order: the first that matches gives its choices. */
  rules: v.array(ruleSchema),
  templates: v.array(v.object({ id, name: v.string(), text: v.string() })),
};
export type SettingName = keyof typeof fields;
export const settingNames = Object.keys(fields) as SettingName[];

export const settingsSchema = v.object({
  version: v.literal(1),
  endpoints: v.optional(fields.endpoints, []),
  recipes: v.optional(fields.recipes, []),
  defaultEndpoint: v.optional(fields.defaultEndpoint),
  webmails: v.optional(fields.webmails, []),
  selectors: v.optional(fields.selectors, {}),
  internalDomains: v.optional(fields.internalDomains, []),
  nudgeFor: v.optional(fields.nudgeFor, []),
  mailIn: v.optional(fields.mailIn, []),
  notify: v.optional(fields.notify, false),
  oneClick: v.optional(fields.oneClick, true),
  undoSeconds: v.optional(fields.undoSeconds, 6),
  appearance: v.optional(fields.appearance, { theme: 'system' }),
  rules: v.optional(fields.rules, []),
  templates: v.optional(fields.templates, []),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

/**
 * What an administrator sets for everybody: any of the settings, and which of them a person can't change. Lists are laid
 * before the person's own; a single value is what a person begins with, and stays where it is locked.
 */
export const policySchema = v.object({
  ...v.partial(v.object(fields)).entries,
  /** Each as it is, or as its JSON text: Chromium hands on no object whose shape its own schema can't spell out. */
  recipes: v.optional(v.pipe(v.array(v.union([ownRecipe, v.pipe(v.string(), v.parseJson(), ownRecipe)])), v.maxLength(100))),
  locked: v.optional(v.array(v.picklist(settingNames)), []),
  /** Credentials are stored under a passphrase only. */
  requirePassphrase: v.optional(v.boolean()),
});
export type Policy = v.InferOutput<typeof policySchema>;

/** An export with credentials, when the person asked for them: endpoint id → field → value. */
export const exportSchema = v.object({
  ...settingsSchema.entries,
  secrets: v.optional(v.record(v.string(), v.record(v.string(), v.string()))),
});

export const emptySettings: Settings = v.parse(settingsSchema, { version: 1 });
