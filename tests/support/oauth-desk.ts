/** A ticket system with an authorisation server of its own: one client, no secret, PKCE, refresh tokens that are good once. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, json, serve } from './local-server.ts';

export interface OAuthDesk {
  readonly origin: string;
  /** Titles of the tickets made, with the token that made each. */
  readonly tickets: readonly { readonly title: string; readonly token: string }[];
  /** What each token request was for. */
  readonly asked: readonly string[];
  /** The system forgets the token, as it does after an hour. */
  forget(): void;
  close(): Promise<void>;
}

/** Knows one place to send people back to: `redirect`. */
export async function startOAuthDesk(redirect: string): Promise<OAuthDesk> {
  const tickets: { readonly title: string; readonly token: string }[] = [];
  const asked: string[] = [];
  /** Codes that were given, with the challenge that each must answer. */
  const codes = new Map<string, string>();
  let access = '';
  let refresh = '';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '', 'http://desk');
    const body = (await bodyOf(request)).toString('utf8');
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /authorize': {
        const { client_id, redirect_uri, response_type, state, scope, code_challenge, code_challenge_method } = Object.fromEntries(
          url.searchParams,
        );
        const isRight = client_id === 'relais' && redirect_uri === redirect && response_type === 'code' && code_challenge_method === 'S256';
        if (!isRight || scope !== 'tickets' || !state || !code_challenge) return response.writeHead(400).end('Not a client of ours');
        const code = `code-${codes.size}`;
        codes.set(code, code_challenge);
        const yes = `${redirect_uri}?${new URLSearchParams({ code, state })}`;
        const no = `${redirect_uri}?${new URLSearchParams({ error: 'access_denied', error_description: 'The person said no', state })}`;
        const attribute = (address: string) => address.replaceAll('&', '&amp;');
        const page = `<!doctype html><title>Desk</title><a href="${attribute(yes)}">Allow</a> <a href="${attribute(no)}">Deny</a>`;
        return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      }
      case 'POST /token': {
        const form = Object.fromEntries(new URLSearchParams(body));
        asked.push(form.grant_type ?? '');
        const challenge = createHash('sha256')
          .update(form.code_verifier ?? '')
          .digest('base64url');
        const isCode =
          form.grant_type === 'authorization_code' && form.redirect_uri === redirect && codes.get(form.code ?? '') === challenge;
        const isRefresh = form.grant_type === 'refresh_token' && form.refresh_token === refresh && refresh !== '';
        if (form.client_id !== 'relais' || (!isCode && !isRefresh)) return json(response, 400, { error: 'invalid_grant' });
        codes.delete(form.code ?? '');
        [access, refresh] = [`access-${asked.length}`, `refresh-${asked.length}`];
        return json(response, 200, { access_token: access, token_type: 'Bearer', expires_in: 3_600, refresh_token: refresh });
      }
      case 'GET /':
        return json(response, 200, {});
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || token !== access) return json(response, 401, { message: 'Who are you?' });
    if (url.pathname === '/me') return json(response, 200, { name: 'Camille' });
    if (request.method !== 'POST' || url.pathname !== '/tickets') return json(response, 404, { message: 'Nothing here' });
    tickets.push({ title: (JSON.parse(body) as { title: string }).title, token });
    return json(response, 201, { id: 40 + tickets.length });
  }

  const { origin, close } = await serve(async (request, response) => void (await answer(request, response)));
  const forget = () => {
    access = 'gone';
  };
  return { origin, tickets, asked, forget, close };
}
