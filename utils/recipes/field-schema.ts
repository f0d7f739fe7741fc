/** The part of a recipe that a person fills in. */
import * as v from 'valibot';

const key = v.pipe(v.string(), v.regex(/^[a-zA-Z][a-zA-Z0-9]{0,40}$/, 'A word of letters and digits'));
export const sentence = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

/**
 * A field of the form in which a person sets this system up. Values are strings; secrets are kept apart and never exported by default.
 * What it says to people is English; sentences that shipped recipes use as well (“API token”, “User name”) are shown in the person's language.
 */
export const field = v.strictObject({
  key,
  /** `url` is an address of http or https, `json` and `expression` are pieces of recipe that the person types. */
  kind: v.picklist(['url', 'text', 'secret', 'choice', 'json', 'expression']),
  label: sentence,
  help: v.optional(sentence),
  placeholder: v.optional(v.string()),
  required: v.optional(v.boolean(), false),
  default: v.optional(v.string()),
  /** For `choice`. */
  options: v.optional(v.array(v.strictObject({ id: v.string(), label: sentence }))),
  /** Shown only when this expression is true over `settings`. */
  when: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** For `url`: what people paste along and does not belong there; everything from such a piece on is cut. */
  cut: v.optional(v.array(v.string())),
});
export type SettingsField = v.InferOutput<typeof field>;
