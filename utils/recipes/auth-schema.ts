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
  /** A login call first; its outputs are `session` in `headers` and in every call that is sent with credentials. `expired` is true over an answer that asks to log in anew. */
  v.strictObject({
    kind: v.literal('session'),
    open: call,
    headers,
    expired: v.optional(expression),
    maxAgeMs: v.optional(v.number(), 600_000),
    ...when,
  }),
  /** Access tokens of OAuth 2; the current one is `session.access_token` in `headers`. The address of `token` must be in `origins`. */
  v.strictObject({
    kind: v.literal('oauth2'),
    /** `code-pkce`: the person signs in at the system's own page, when the connection is tested. `refresh`: they paste a refresh token. */
    grant: v.picklist(['code-pkce', 'client-credentials', 'password', 'refresh']),
    /** For `code-pkce`: the page where the person signs in. */
    authorize: v.optional(template),
    /** Further parameters of that page. */
    ask: v.optional(v.record(v.string(), template), {}),
    token: template,
    /** Further parameters of a token request: `username` and `password`, `refresh_token`, `audience`. */
    params: v.optional(v.record(v.string(), template), {}),
    /** `by`: whether the client proves itself in the body or by Basic. */
    client: v.strictObject({ id: template, secret: v.optional(template), by: v.optional(v.picklist(['body', 'basic']), 'body') }),
    scopes: v.optional(v.array(v.string()), []),
    headers: v.optional(headers, { Authorization: 'Bearer {{ session.access_token }}' }),
    ...when,
  }),
]);
export type Auth = v.InferOutput<typeof auth>;
