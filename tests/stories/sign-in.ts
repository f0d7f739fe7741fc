/** A person signs in by OAuth 2 in the browser's own window; tokens are renewed without them, and reach no one else. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { extensionId } from '../support/extension.ts';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';

const redirect = `https://${extensionId}.chromiumapp.org/`;
/** Titles of the tickets made, with the token that made each. */
const tickets: { readonly title: string; readonly token: string }[] = [];
/** What each token request was for. */
const asked: string[] = [];
/** Codes that were given, with the challenge that each must answer. */
const codes = new Map<string, string>();
let access = '';
let refresh = '';
let desk: LocalServer;
let rig: Rig;

/** A ticket system with an authorisation server of its own: one client, no secret, PKCE, refresh tokens that are good once. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const url = new URL(request.url ?? '', desk.origin);
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
      const isCode = form.grant_type === 'authorization_code' && form.redirect_uri === redirect && codes.get(form.code ?? '') === challenge;
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

const recipe = {
  version: 1,
  id: 'my-desk',
  name: 'Desk with sign-in',
  settings: [{ key: 'url', kind: 'url', label: 'Address', required: true }],
  note: 'none',
  fields: {},
  base: '{{ settings.url }}',
  auth: [
    {
      kind: 'oauth2',
      grant: 'code-pkce',
      authorize: '{{ settings.url }}/authorize',
      token: '{{ settings.url }}/token',
      client: { id: 'relais' },
      scopes: ['tickets'],
    },
  ],
  test: [{ id: 'me', path: '/me', out: { identity: 'name' } }],
  create: [{ id: 'create', as: 'create', method: 'POST', path: '/tickets', send: { title: '{{ draft.title }}' }, out: { ticketId: 'id' } }],
  dedupe: { class: 'none' },
};

beforeAll(async () => {
  desk = await serve(async (request, response) => void (await answer(request, response)));
  const mails = [mail({ subject: 'The printer is offline' }), mail({ subject: 'The lift is stuck' })];
  rig = await startRig({ mails, settings: { endpoints: [], defaultEndpoint: undefined, undoSeconds: 0, recipes: [recipe] } });
});
afterAll(async () => {
  await rig.close();
  await desk.close();
});

/** Presses "Test connection" and answers in the window that opens. */
async function signIn(options: Page, reply: 'Allow' | 'Deny'): Promise<void> {
  const window = rig.session.context.waitForEvent('page', { predicate: (page) => page.url().startsWith(`${desk.origin}/authorize`) });
  await options.getByRole('button', { name: 'Test connection' }).click();
  await (await window).getByRole('link', { name: reply }).click();
}

it('signs in at the page of the system, sends with the token, and renews it alone', async () => {
  const options = await rig.session.open('options.html#/systems/add/my-desk');
  await options.getByRole('textbox', { name: 'Address', exact: true }).fill(desk.origin);
  expect(await options.getByRole('textbox', { name: 'Redirect address' }).inputValue()).toBe(redirect);

  await signIn(options, 'Deny');
  await options.getByText('The person said no').waitFor();
  expect(asked).toEqual([]);

  await signIn(options, 'Allow');
  await options.getByText('Signed in as Camille').waitFor();
  await options.getByRole('button', { name: 'Save' }).click();
  await options.getByRole('heading', { name: 'Desk with sign-in' }).waitFor();
  await options.close();

  await rig.openThread('printer');
  await rig.button().click();
  await rig.button('In tickets: #41').waitFor();
  expect(tickets).toEqual([{ title: 'The printer is offline', token: 'access-1' }]);
  expect(asked).toEqual(['authorization_code']);

  // The system forgets the token, as it does after an hour: nobody is asked again.
  access = 'gone';
  await rig.session.stopWorker();
  await rig.openThread('lift');
  await rig.button().click();
  await rig.button('In tickets: #42').waitFor();
  expect(asked).toEqual(['authorization_code', 'refresh_token']);
  expect(tickets.map(({ token }) => token)).toEqual(['access-1', 'access-2']);
});
