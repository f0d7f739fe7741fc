/** A fresh browser and a policy: a person allows the addresses, types a token, and clicks. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import { type Desk, startDesk } from '../demo/desk/server.ts';
import { type DemoWebmail, startWebmail } from '../demo/webmail/server.ts';
import { launch, type Session } from '../support/chromium.ts';
import { grant } from '../support/permissions.ts';
import { type Policies, startPolicies, whyNoPolicies } from '../support/policies.ts';
import { demoMails, loopback } from '../support/rig.ts';
import { ask } from '../support/settings.ts';
import { until } from '../support/until.ts';

interface Opened {
  readonly settings: {
    readonly endpoints: readonly { readonly id: string }[];
    readonly undoSeconds: number;
    readonly webmails: readonly object[];
  };
  readonly managed: { readonly locked: readonly string[]; readonly unreadable: readonly string[] };
}

const restRecipe = new URL('../../utils/recipes/systems/rest.json', import.meta.url);

const reason = whyNoPolicies();
if (reason) console.warn(`SKIPPED: no browser with a policy: ${reason}`);

describe.skipIf(reason)('what an administrator sets', () => {
  let webmail: DemoWebmail;
  let desk: Desk;
  let policies: Policies;
  let session: Session;
  let policy: Record<string, unknown>;
  const opened = () => ask(session, 'settings.opened', {}) as Promise<Opened>;

  beforeAll(async () => {
    [webmail, desk] = await Promise.all([startWebmail(demoMails), startDesk()]);
    const { version, secrets, ...document } = deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }) as {
      version: number;
      secrets: object;
      endpoints: object[];
    };
    expect([version, secrets]).toHaveLength(2);
    // A recipe of the administrator's own: the one for any REST endpoint, under another name.
    const recipe = { ...JSON.parse(readFileSync(restRecipe, 'utf8')), id: 'my-desk', name: 'Desk of the house' };
    const endpoints = document.endpoints.map((endpoint) => ({ ...endpoint, recipe: 'my-desk' }));
    policy = {
      ...document,
      endpoints,
      recipes: [JSON.stringify(recipe)],
      undoSeconds: 0,
      locked: ['endpoints', 'webmails', 'undoSeconds'],
    };
    policies = startPolicies(policy);
    session = await launch({ executablePath: policies.executablePath });
  });
  afterAll(async () => {
    await session?.close();
    await Promise.all([webmail?.close(), desk?.stop()]);
  });

  it('is there in a fresh browser, and can not be saved away', async () => {
    const { settings, managed } = await opened();
    expect(settings).toMatchObject({
      endpoints: [{ id: 'desk', recipe: 'my-desk' }],
      recipes: [{ id: 'my-desk' }],
      webmails: [{ origin: webmail.origin }],
      undoSeconds: 0,
    });
    expect(managed).toMatchObject({ locked: ['endpoints', 'webmails', 'undoSeconds'], unreadable: [] });
    await ask(session, 'settings.saved', { settings: { version: 1, undoSeconds: 30 } });
    expect((await opened()).settings).toMatchObject({ endpoints: [{ id: 'desk' }], undoSeconds: 0 });
  });

  it('sends with one click once the person allowed its addresses and typed a token', async () => {
    await grant(session, [loopback]);
    const options = await session.open('options.html#/systems');
    await options.getByText('Your organisation has set up parts of Relais').waitFor();
    await options.getByRole('button', { name: 'Edit' }).click();
    await options.getByLabel('Token', { exact: true }).fill(desk.token);
    await options.getByRole('button', { name: 'Save' }).click();
    await options.getByRole('heading', { name: 'Ticket desk' }).waitFor();
    await options.close();
    const page = await session.context.newPage();
    const [thread] = webmail.threads;
    if (!thread) throw new Error('The webmail is empty');
    await page.goto(webmail.addressOf(thread));
    await page.locator('relais-button').getByRole('button', { name: 'Send to tickets' }).click();
    const ticket = await desk.store.first(30_000);
    expect(ticket.articles).toHaveLength(thread.messages.length);
  });

  it('changes in the open browser, and takes no token along to another address', async () => {
    const [endpoint] = policy.endpoints as { readonly values: object }[];
    const elsewhere = { ...endpoint, values: { ...endpoint?.values, url: 'https://elsewhere.example/api' } };
    policies.write({ ...policy, endpoints: [elsewhere], undoSeconds: 12, webmails: [{ origin: 'not an origin' }] });
    await until('the new policy holds', async () => (await opened()).settings.undoSeconds === 12, 40_000);
    expect((await opened()).managed.unreadable).toEqual(['webmails.0.origin']);
    const exported = (await ask(session, 'settings.exported', { withSecrets: true })) as { readonly secrets: object };
    expect(exported.secrets).toEqual({ desk: {} });
    expect(JSON.stringify(exported)).not.toContain(desk.token);
  });
});
