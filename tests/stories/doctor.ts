/** A system of one's own, broken in six ways: "Test connection" tells them apart, each with what to do. */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { grant } from '../support/permissions.ts';
import { type Rig, startRig } from '../support/rig.ts';

const key = 'case-key-4711';
const recipe = {
  version: 1,
  id: 'my-cases',
  name: 'Cases',
  settings: [
    { key: 'url', kind: 'url', label: 'Address', required: true },
    { key: 'key', kind: 'secret', label: 'API key', required: true },
  ],
  note: 'none',
  fields: {},
  base: '{{ settings.url }}',
  auth: [{ kind: 'header', headers: { 'X-Api-Key': '{{ secrets.key }}' } }],
  test: [{ id: 'me', path: '/v1/whoami', out: { identity: 'name' } }],
  create: [
    { id: 'create', as: 'create', method: 'POST', path: '/v1/cases', send: { subject: '{{ draft.title }}' }, out: { ticketId: 'id' } },
  ],
  dedupe: { class: 'none' },
  errors: { said: ['message'] },
};
/** The same without anything that could be asked. */
const silent = { ...recipe, id: 'my-silent', name: 'Silent', test: [] };

let answers: 'well' | 'with a login page' | 'with a refused field' = 'well';
let system: LocalServer;
let secure: Server;
let rig: Rig;
let page: Page;

beforeAll(async () => {
  system = await serve(async (request, response) => {
    await bodyOf(request);
    if (answers === 'with a login page')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Sign in</title><input type=password>');
    if (request.headers['x-api-key'] !== key) return json(response, 401, { message: 'Who are you?' });
    if (answers === 'with a refused field') return json(response, 422, { message: 'team: no such team' });
    json(response, 200, { name: 'relais-agent' });
  });
  secure = createServer(selfSigned(), (_, response) => void response.end('{}'));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const endpoints = [recipe, silent].map(({ id, name }) => ({ id: id.slice(3), name, recipe: id, values: { url: system.origin } }));
  rig = await startRig({ settings: { recipes: [recipe, silent], endpoints, defaultEndpoint: 'cases' } });
  await grant(rig.session, ['http://127.0.0.1/*', 'https://127.0.0.1/*', 'https://desk.invalid/*']);
  page = await rig.session.open('options.html#/systems/edit/cases');
});
afterAll(async () => {
  await rig.close();
  await system.close();
  secure.close();
});

async function report(address: string, typed: string): Promise<string> {
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByLabel('API key').fill(typed);
  await page.getByRole('button', { name: 'Test connection' }).click();
  const notice = page.locator('form .notice').filter({ hasNotText: 'plain http' });
  await notice.waitFor();
  return (await notice.allInnerTexts()).join('\n');
}

it('is connected, and says as whom', async () => {
  expect(await report(system.origin, key)).toMatch(/Connected\.\s+Signed in as relais-agent/);
});

it('tells a wrong host from a wrong port and from a certificate that nobody trusts, as far as a browser can', async () => {
  expect(await report('https://desk.invalid', key)).toMatch(
    /one of these, most likely the first:\s+The network does not know the name desk\.invalid/,
  );
  expect(await report('http://127.0.0.1:1', key)).toMatch(/Probably: 127\.0\.0\.1:1 turns the connection away\. Check the port/);
  const { port } = secure.address() as AddressInfo;
  expect(await report(`https://127.0.0.1:${port}`, key)).toMatch(
    /most likely the first:\s+The certificate of 127\.0\.0\.1:\d+ is not trusted/,
  );
});

it('is sure of a wrong key, of a login page that answers 200 and of a refused field, and quotes the system', async () => {
  expect(await report(system.origin, 'wrong')).toMatch(/does not accept this login\. Check user, password or token.*\s+Who are you\?/);
  answers = 'with a login page';
  expect(await report(system.origin, key)).toMatch(/A page for signing in answered/);
  answers = 'with a refused field';
  expect(await report(system.origin, key)).toMatch(/refused a value\..*\s+team: no such team/);
  answers = 'well';
});

it('does not call a system connected that could not be asked, and sees that nobody is there', async () => {
  await page.goto(page.url().replace(/#.*/, '#/systems/edit/silent'));
  await page.getByRole('heading', { name: 'Ticket systems' }).waitFor();
  expect(await report(system.origin, 'wrong')).toMatch(/^The address answers\.\s+Whether the login is right can’t be asked here/);
  expect(await report('http://127.0.0.1:1', key)).toMatch(/That did not work\.\s+Probably: 127\.0\.0\.1:1 turns the connection away/);
});
