/** A ticket system that takes mail only: Send opens a draft in the browser's own mail program, and nothing is claimed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { capture, openForm } from '../support/captures.ts';
import { temporaryFolder } from '../support/extension.ts';
import { type LocalServer, serve } from '../support/local-server.ts';
import { demoMails, type Rig, startRig } from '../support/rig.ts';
import { until } from '../support/until.ts';

let composer: LocalServer;
let rig: Rig;

/** A profile whose mail program is a page, as webmails offer themselves. */
function profileWith(composer: string): string {
  const profile = temporaryFolder('profile');
  mkdirSync(join(profile, 'Default'));
  const handler = { default: true, protocol: 'mailto', title: 'Composer', url: `${composer}/compose?mail=%s` };
  const handlers = { enabled: true, registered_protocol_handlers: [handler], user_ignored_protocol_handlers: [] };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ custom_handlers: handlers }));
  return profile;
}

beforeAll(async () => {
  composer = await serve((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Compose</title>'));
  rig = await startRig({
    mails: demoMails,
    profile: profileWith(composer.origin),
    settings: { endpoints: [], defaultEndpoint: undefined, undoSeconds: 0 },
  });
});
afterAll(async () => {
  await rig.close();
  await composer.close();
});

const drafts = () =>
  composer.seen
    .filter(({ path }) => path.startsWith('/compose'))
    .map(({ path }) => new URL(new URL(path, composer.origin).searchParams.get('mail') ?? ''));

it('is set up with a mailbox, asks for no site, opens a draft on Send, and takes the person’s word', async () => {
  const options = await rig.session.open('options.html#/systems/add');
  await options.getByRole('button', { name: /^Mail\b/ }).click();
  await options.getByLabel('Mailbox of the ticket system').fill('support@desk.example.org');
  await options.getByLabel('Mailboxes of queues').fill('Billing <billing@desk.example.org>');
  expect(await options.getByRole('button', { name: 'Test connection' }).count()).toBe(0);
  await options.getByRole('button', { name: 'Save' }).click();
  await options.getByRole('heading', { name: 'Mail', exact: true }).waitFor();
  await options.close();

  await rig.openThread('Vitrine');
  const form = await openForm(rig, await capture(rig, 'Vitrine'));
  expect(await form.getByRole('textbox', { name: 'Note' }).count()).toBe(0);
  expect(await form.getByRole('radio').count()).toBe(0);
  await form.getByRole('combobox', { name: 'Queue' }).click();
  await form.getByRole('option', { name: 'Billing' }).click();
  await form.getByRole('button', { name: 'Send' }).click();
  await until('the draft is open', () => drafts().length === 1);
  const [draft] = drafts();
  expect(draft?.pathname).toBe('billing@desk.example.org');
  expect(draft?.searchParams.get('subject')).toBe('Vitrine réfrigérée fêlée – devis n° 2026-118');
  expect(draft?.searchParams.get('body')).toMatch(/^Requester: Hélène Garçon <helene@brasserie-leonard\.test>\r\nQueue: Billing\r\n/);
  expect(draft?.searchParams.get('body')).toMatch(/Ref: relais-[a-z0-9]{20}$/);

  await form.bringToFront();
  await form.getByRole('heading', { name: 'Send it by mail' }).waitFor();
  const saved = form.waitForEvent('download');
  await form.getByRole('button', { name: 'Save as a mail file' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^relais-Vitrine.*\.eml$/);
  const mail = await PostalMime.parse(readFileSync(await file.path()));
  expect(mail.to?.map(({ address }) => address)).toEqual(['billing@desk.example.org']);
  const original = mail.attachments.find(({ filename }) => filename?.endsWith('.eml'));
  const bytes = Buffer.from(original?.content as ArrayBuffer);
  expect(demoMails.some((one) => one.equals(bytes))).toBe(true);

  await form.reload();
  await form.getByRole('heading', { name: 'Send it by mail' }).waitFor();
  await form.getByRole('button', { name: 'I have sent it' }).click();
  await form.getByRole('heading', { name: 'Sent by mail to billing@desk.example.org' }).waitFor();
  await rig.page.bringToFront();
  await rig.button('Send to tickets').waitFor();
  expect(drafts()).toHaveLength(1);
});
