/** A fresh browser and a policy of one shape: what is set is shown as set, a person lets Relais in, types a token, and clicks. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deskSettings } from '../demo/configuration.ts';
import type { Desk } from '../demo/desk/server.ts';
import type { DemoWebmail } from '../demo/webmail/server.ts';
import { mail } from '../support/mail.ts';
import { until } from '../support/until.ts';
import type { Ground, View } from './view.ts';

export const managedMails = [mail({ subject: 'Invoice of the house' })];

export interface ManagedGround extends Ground {
  /** The person lets Relais into what the administrator set. */
  allow(options: View): Promise<void>;
  /** The administrator sets this instead; resolves when the browser has read it. */
  change(policy: object): Promise<void>;
}

interface Opened {
  readonly settings: { readonly undoSeconds: number };
  readonly managed: { readonly locked: readonly string[]; readonly unreadable: readonly string[] };
}

const locked = ['endpoints', 'webmails', 'undoSeconds'];
const restRecipe = new URL('../../utils/recipes/systems/rest.json', import.meta.url);

/** What the administrator of this webmail and this desk sets. */
export function managedPolicy(webmail: DemoWebmail, desk: Desk) {
  const { version, secrets, ...document } = deskSettings({ desk: desk.origin, token: desk.token, webmail: webmail.origin }) as {
    version: number;
    secrets: object;
    endpoints: { readonly values: object }[];
  };
  expect([version, secrets]).toHaveLength(2);
  // A recipe of the administrator's own: the one for any REST endpoint, under another name.
  const recipe = { ...JSON.parse(readFileSync(restRecipe, 'utf8')), id: 'my-desk', name: 'Desk of the house' };
  return {
    ...document,
    endpoints: document.endpoints.map((endpoint) => ({ ...endpoint, recipe: 'my-desk' })),
    recipes: [JSON.stringify(recipe)],
    rules: [{ id: 'invoices', name: 'Invoices', when: { subject: ['invoice'] }, give: { queue: { id: 'Billing', label: 'Billing' } } }],
    templates: [{ id: 'check', name: 'Check', text: 'Please check' }],
    undoSeconds: 0,
    locked,
  };
}

export function managedStory(ground: () => ManagedGround): void {
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);
  const opened = () => ground().ask('settings.opened', {}) as Promise<Opened>;

  it('is there in a fresh browser, and can not be saved away', async () => {
    const { settings, managed } = await opened();
    expect(settings).toMatchObject({
      endpoints: [{ id: 'desk', recipe: 'my-desk' }],
      recipes: [{ id: 'my-desk' }],
      webmails: [{ origin: ground().webmail.origin }],
      rules: [{ id: 'invoices' }],
      templates: [{ id: 'check' }],
      undoSeconds: 0,
    });
    expect(managed).toMatchObject({ locked, unreadable: [] });
    await ground().ask('settings.saved', { settings: { version: 1, undoSeconds: 30 } });
    expect((await opened()).settings).toMatchObject({ endpoints: [{ id: 'desk' }], undoSeconds: 0 });
  });

  it('is shown as set, and what is locked as locked', async () => {
    const options = await ground().openOwn('options.html#/webmails');
    await options.reads(say('managedNotice'));
    await options.reads(say('managedMark'));
    await options.isLocked('switch', 'Gmail');
    expect(await options.texts('button')).not.toContain(say('addWebmail'));
    await options.close();
    for (const [section, heading] of [
      ['rules', '1. Invoices'],
      ['templates', 'Check'],
    ] as const) {
      const page = await ground().openOwn(`options.html#/${section}`);
      await page.sees('heading', heading);
      await page.reads(say('managedMark'));
      await page.close();
    }
  });

  it('sends with one click once the person allowed its addresses and typed a token', async () => {
    const options = await ground().openOwn('options.html#/systems');
    await ground().allow(options);
    await options.click('button', say('edit'));
    await options.reads(say('managedSystem'));
    await options.isLocked('textbox', say('systemName'));
    await options.fill('secret', 'Token', ground().desk.token);
    await options.click('button', say('save'));
    await options.sees('heading', 'Ticket desk');
    expect(await options.texts('button')).not.toContain(say('addSystem'));
    await options.close();
    await ground().openThread('Invoice of the house');
    await ground().page.click('button', say('button_send'));
    expect(await ground().desk.store.first(30_000)).toMatchObject({ title: 'Invoice of the house', queue: 'Billing' });
  });

  it('is followed by another: a mistake in it is told, and no token goes along to another address', async () => {
    const { endpoints, ...rest } = managedPolicy(ground().webmail, ground().desk);
    const elsewhere = endpoints.map((endpoint) => ({ ...endpoint, values: { ...endpoint.values, url: 'https://elsewhere.example/api' } }));
    await ground().change({ ...rest, endpoints: elsewhere, undoSeconds: 12, webmails: [{ origin: 'not an origin' }] });
    await until('the new policy holds', async () => (await opened()).settings.undoSeconds === 12, 40_000);
    expect((await opened()).managed.unreadable).toEqual(['webmails.0.origin']);
    const options = await ground().openOwn('options.html#/appearance');
    await options.reads(say('managedUnreadable', 'webmails.0.origin'));
    await options.close();
    const exported = (await ground().ask('settings.exported', { withSecrets: true })) as { readonly secrets: object };
    expect(exported.secrets).toEqual({ desk: {} });
    expect(JSON.stringify(exported)).not.toContain(ground().desk.token);
  });
}
