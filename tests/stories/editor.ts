/** A system that has no recipe is connected by pasting a curl line, and nothing else is typed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf, json, type LocalServer, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';

interface Case {
  readonly subject: string;
  readonly description: string;
  readonly contact: { readonly email: string };
  readonly external_id: string;
  readonly attachments: readonly { readonly filename: string; readonly content_base64: string }[];
}

const key = 'case-key-4711';
const cases: Case[] = [];
let system: LocalServer;
let rig: Rig;

beforeAll(async () => {
  system = await serve(async (request, response) => {
    const body = await bodyOf(request);
    if (request.url === '/') return json(response, 200, {});
    if (request.headers['x-api-key'] !== key) return json(response, 401, { message: 'Who are you?' });
    if (request.method !== 'POST' || request.url !== '/v1/cases') return json(response, 404, { message: 'Nothing here' });
    cases.push(JSON.parse(body.toString('utf8')) as Case);
    json(response, 201, { case: { id: 800 + cases.length, key: `C-${cases.length}` } });
  });
  const settings = { endpoints: [], defaultEndpoint: undefined, undoSeconds: 0 };
  rig = await startRig({ mails: [mail({ subject: 'The "printer" {{ is }} offline', text: 'Hello, it shows no light.' })], settings });
});
afterAll(async () => {
  await rig.close();
  await system.close();
});

it('a pasted curl line is enough: recipe, ticket system, and a click that makes a ticket', async () => {
  const page = await rig.session.open('options.html#/systems/add');
  await page.getByRole('button', { name: 'Describe a system' }).click();
  const example = {
    subject: 'Printer',
    description: 'It is broken',
    contact: { email: 'someone@example.org' },
    external_id: 'abc',
    attachments: [{ filename: 'a.txt', content_base64: 'YQ==' }],
  };
  await page
    .getByRole('textbox', { name: 'curl command' })
    .fill(
      `curl -X POST ${system.origin}/v1/cases \\\n  -H 'X-Api-Key: ${key}' -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(example)}'`,
    );
  await page.getByRole('button', { name: 'Read the command' }).click();
  const shown = page.getByRole('region', { name: 'What is sent' });
  await shown.getByText(`POST ${system.origin}/v1/cases`).waitFor();
  expect(await shown.textContent()).toContain('x-api-key: •••');
  expect(await page.locator('body').textContent()).not.toContain(key);

  await page.getByText('Take from a curl command or an answer').click();
  await page.getByRole('textbox', { name: 'An answer of the system' }).fill('{ "case": { "id": 1, "key": "C-0" } }');
  await page.getByRole('button', { name: 'Take the places from it' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('X-Api-Key').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: new URL(system.origin).host }).waitFor();
  await page.close();

  await rig.openThread('printer');
  await rig.button().click();
  await rig.button('In tickets: #C-1').waitFor();
  expect(cases).toHaveLength(1);
  expect(cases[0]).toMatchObject({ subject: 'The "printer" {{ is }} offline', description: expect.stringContaining('it shows no light') });
  expect(cases[0]?.external_id).toMatch(/^relais-[a-z0-9]{20}$/);
  const [original] = cases[0]?.attachments.filter(({ filename }) => filename.endsWith('.eml')) ?? [];
  expect(Buffer.from(original?.content_base64 ?? '', 'base64').toString('latin1')).toContain('Subject: ');
  expect(system.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
});
