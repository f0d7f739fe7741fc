/** The part of a recipe that proves who we are. */
import * as v from 'valibot';
import { call, expression, template } from './call-schema.ts';

const headers = v.record(v.string(), template);
const when = { when: v.optional(expression) };

/** Of several ways the first whose `when` is true is used. */
export const auth = v.variant('kind', [
  v.strictObject({ kind: v.literal('none'), ...when }),
  /** `name` and `value` for a header whose name the person types. */
  v.strictObject({
    kind: v.literal('header'),
    headers: v.optional(headers, {}),
    name: v.optional(template),
    value: v.optional(template),
    ...when,
  }),
  v.strictObject({ kind: v.literal('basic'), user: template, password: template, ...when }),
  v.strictObject({ kind: v.literal('query'), params: v.record(v.string(), template), ...when }),
  /** A login call first; its outputs are `session` in `headers`. `expired` is true over an answer that asks to log in anew. */
  v.strictObject({
    kind: v.literal('session'),
    open: call,
    headers,
    expired: v.optional(expression),
    maxAgeMs: v.optional(v.number(), 600_000),
    ...when,
  }),
  v.strictObject({
    kind: v.literal('oauth2'),
    grant: v.picklist(['code-pkce', 'client-credentials', 'password', 'refresh']),
    authorize: v.optional(template),
    token: template,
    scopes: v.optional(v.array(v.string()), []),
    headers,
    ...when,
  }),
]);
export type Auth = v.InferOutput<typeof auth>;
