/** A request that somebody pasted, whatever it was written in. Credentials are apart from it already. */
import type { Credentials } from './credentials.ts';

export const pastedMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type PastedMethod = (typeof pastedMethods)[number];

export type PastedBody =
  | { readonly encode: 'json'; readonly value: unknown }
  | { readonly encode: 'form'; readonly fields: readonly (readonly [string, string])[] }
  | { readonly encode: 'multipart'; readonly parts: readonly { readonly name: string; readonly value: string; readonly isFile: boolean }[] }
  | { readonly encode: 'raw'; readonly text: string };

export interface PastedRequest {
  readonly method: PastedMethod;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: PastedBody;
  readonly credentials: Credentials;
  /** An answer to it, where the source shows one. */
  readonly answer?: unknown;
}

/** What could be read of a pasted text, and each piece of it that could not: for the screen, never to be kept. */
export interface Reading {
  /** Absent where no request could be made out. */
  readonly request?: PastedRequest;
  readonly unread: readonly string[];
}
