/** A system of one's own, broken in six ways: "Test connection" tells them apart, each with what to do. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import { bodyOf, json, serve } from '../support/local-server.ts';
import type { Ground, View } from './view.ts';

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

export interface Patient {
  readonly origin: string;
  /** The same machine by TLS, with a certificate that nobody trusts. */
  readonly untrusted: string;
  answers: 'well' | 'with a login page' | 'with a refused field';
  close(): Promise<void>;
}

export async function startPatient(): Promise<Patient> {
  const system = await serve(async (request, response) => {
    await bodyOf(request);
    if (patient.answers === 'with a login page')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Sign in</title><input type=password>');
    if (request.headers['x-api-key'] !== key) return json(response, 401, { message: 'Who are you?' });
    if (patient.answers === 'with a refused field') return json(response, 422, { message: 'team: no such team' });
    json(response, 200, { name: 'relais-agent' });
  });
  const secure = createServer(selfSigned(), (_, response) => void response.end('{}'));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const patient: Patient = {
    origin: system.origin,
    untrusted: `https://127.0.0.1:${(secure.address() as AddressInfo).port}`,
    answers: 'well',
    close: async () => {
      secure.close();
      await system.close();
    },
  };
  return patient;
}

export const doctorOrigins = ['http://127.0.0.1/*', 'https://127.0.0.1/*', 'https://desk.invalid/*'];

export function doctorSettings({ origin }: Patient): object {
  const endpoints = [recipe, silent].map(({ id, name }) => ({ id: id.slice(3), name, recipe: id, values: { url: origin } }));
  return { recipes: [recipe, silent], endpoints, defaultEndpoint: 'cases' };
}

export interface DoctorGround extends Ground {
  readonly patient: Patient;
}

export function doctorStory(ground: () => DoctorGround): void {
  let options: View;
  const say: Ground['say'] = (of, ...values) => ground().say(of, ...values);
  const probably = (sentence: string) => say('findingProbably', sentence);

  /** Tests the connection to this address with this key, and waits for all of these sentences. */
  async function examine(address: string, typed: string, ...told: readonly string[]): Promise<void> {
    await options.fill('textbox', 'Address', address);
    await options.fill('secret', 'API key', typed);
    await options.click('button', say('testConnection'));
    for (const sentence of told) await options.reads(sentence);
  }
  /** The first of several that it may be. */
  const likeliest = async () => (await options.texts('listitem')).find((item) => /127\.0\.0\.1|desk\.invalid/.test(item));

  it('is connected, and says as whom', async () => {
    options = await ground().openOwn('options.html#/systems/edit/cases');
    await examine(ground().patient.origin, key, say('testWorked'), say('testIdentity', 'relais-agent'));
  });

  it('tells a wrong host from a wrong port and from a certificate that nobody trusts, as far as a browser can', async () => {
    const { untrusted } = ground().patient;
    await examine('https://desk.invalid', key, say('findingOneOf'), say('finding_name', 'desk.invalid'));
    expect(await likeliest()).toContain(say('finding_name', 'desk.invalid'));
    await examine('http://127.0.0.1:1', key, probably(say('finding_refused', '127.0.0.1:1')));
    const { host } = new URL(untrusted);
    await examine(untrusted, key, say('findingOneOf'), say('finding_certificate', host));
    expect(await likeliest()).toContain(say('finding_certificate', host));
  });

  it('is sure of a wrong key, of a login page that answers 200 and of a refused field, and quotes the system', async () => {
    const { patient } = ground();
    const { host } = new URL(patient.origin);
    await examine(patient.origin, 'wrong', say('finding_key', host), 'Who are you?');
    patient.answers = 'with a login page';
    await examine(patient.origin, key, say('finding_login_page', host));
    patient.answers = 'with a refused field';
    await examine(patient.origin, key, say('finding_field', host), 'team: no such team');
    patient.answers = 'well';
    await options.close();
  });

  it('does not call a system connected that could not be asked, and sees that nobody is there', async () => {
    options = await ground().openOwn('options.html#/systems/edit/silent');
    await examine(ground().patient.origin, 'wrong', say('testReached'), say('testUntried'));
    expect((await options.texts('document')).join()).not.toContain(say('testWorked'));
    await examine('http://127.0.0.1:1', key, say('testFailed'), probably(say('finding_refused', '127.0.0.1:1')));
    await options.close();
  });
}
