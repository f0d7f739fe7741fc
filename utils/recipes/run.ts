/** One use of a connection: values checked, origins known, secrets at hand and masked wherever they might be shown. */
import { RelaisError } from '../core/errors.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { toBase64 } from './base64.ts';
import type { Template } from './call-schema.ts';
import { type FileMarks, marksFor } from './files.ts';
import type { Connection, EngineContext, TokenStore } from './interface.ts';
import type { Recipe } from './recipe.ts';
import { checkSecrets, readSettings } from './settings.ts';
import { fillText, type Scope, sourceOf } from './template.ts';

export interface Run {
  readonly recipe: Recipe;
  readonly context: EngineContext;
  readonly base: string;
  readonly origins: readonly string[];
  readonly marks: FileMarks;
  /** What every template of this run sees. */
  readonly scope: Scope;
  /** Replaces every secret of the connection, however it may be written, in a text that is stored or shown. */
  readonly mask: (text: string) => string;
  /** Makes `mask` replace these too: tokens that were given in the course of the run. */
  readonly hide: (...secrets: readonly string[]) => void;
  readonly tokens: TokenStore | undefined;
  /** Outputs of a session's login call, once it was made in this run. */
  session?: Promise<Readonly<Record<string, unknown>>>;
  /** The access token that the system has refused in this run. */
  refused?: string;
}

/** Checks a connection and opens a run on it. Throws `bad-settings` naming the field. */
export async function openRun(connection: Connection, context: EngineContext, draft?: TicketDraft): Promise<Run> {
  const { recipe, secrets } = connection;
  const settings = await readSettings(recipe, connection.values);
  await checkSecrets(recipe, settings, secrets);
  const { base, origins } = await addresses(recipe, settings);
  const marks = marksFor(draft);
  const scope: Scope = { settings, secrets, file: marks.file, ...(draft === undefined ? {} : { draft, reference: draft.reference }) };
  if (recipe.rewrite !== undefined) await context.rewriteHeaders?.(origins, recipe.rewrite);
  const hidden = new Set(Object.values(secrets));
  let mask = maskOf([...hidden]);
  const hide = (...more: readonly string[]): void => {
    for (const secret of more) hidden.add(secret);
    mask = maskOf([...hidden]);
  };
  return { recipe, context, base, origins, marks, scope, mask: (text) => mask(text), hide, tokens: connection.tokens };
}

/** Credentials and mail only ever go to the origins that the person granted. */
export function assertOrigin({ origins }: Run, url: URL): void {
  if (origins.includes(url.origin) && url.username === '' && url.password === '') return;
  throw new RelaisError('bad-recipe', `A request would go to ${url.host}, which is not an address of this ticket system`, {
    host: url.host,
  });
}

/** Base address and the origins of a connection. Throws `bad-settings` where they are no addresses. */
export async function addresses(
  recipe: Recipe,
  settings: Readonly<Record<string, string>>,
): Promise<{ base: string; origins: readonly string[] }> {
  const scope: Scope = { settings };
  // A typed address may hold expressions over a draft, which is not there yet: its origin never does.
  const written = async (template: Template): Promise<string | undefined> =>
    typeof template === 'string' ? fillText(template, scope) : sourceOf(template, scope);
  const base = ((await written(recipe.base)) ?? '').replace(/\/+$/, '');
  const found = recipe.mail === undefined ? [originOf(base, recipe)] : [];
  for (const template of recipe.origins) {
    const address = await written(template);
    if (address !== undefined && address !== '') found.push(originOf(address, recipe));
  }
  return { base, origins: [...new Set(found)] };
}

function originOf(address: string, recipe: Recipe): string {
  const start = /^https?:\/\/[^/?#]+/i.exec(address)?.[0] ?? '';
  if (!URL.canParse(start) || new URL(start).username !== '' || new URL(start).password !== '') {
    const field = recipe.settings.find((entry) => entry.kind === 'url')?.key ?? 'url';
    throw new RelaisError('bad-settings', 'The address of the ticket system must begin with https://', { field });
  }
  return new URL(start).origin;
}

/** Replaces secrets, however they may be written, in a text. */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= 3)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      toBase64(new TextEncoder().encode(secret)),
      JSON.stringify(secret).slice(1, -1),
    ])
    .toSorted((one, other) => other.length - one.length);
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, '•••'), text);
}
