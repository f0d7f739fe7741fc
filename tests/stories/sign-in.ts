/** A person signs in by OAuth 2 in the browser's own window; tokens are renewed without them, and reach no one else. */
import { expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import type { OAuthDesk } from '../support/oauth-desk.ts';
import type { Ground, View } from './view.ts';

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

export const signInMails = [mail({ subject: 'The printer is offline' }), mail({ subject: 'The lift is stuck' })];
export const signInSettings = { endpoints: [], defaultEndpoint: undefined, undoSeconds: 0, recipes: [recipe] };

export interface SignInGround extends Ground {
  readonly system: OAuthDesk;
  /** Where the browser takes people back to. */
  readonly redirect: string;
  stopBackground(): Promise<void>;
}

export function signInStory(ground: () => SignInGround): void {
  const say: Ground['say'] = (key, ...values) => ground().say(key, ...values);

  /** Presses "Test connection" and answers in the window that opens. */
  async function signIn(options: View, reply: 'Allow' | 'Deny'): Promise<void> {
    await options.click('button', say('testConnection'));
    await (await ground().opened(`${ground().system.origin}/authorize`)).click('link', reply);
  }

  it('signs in at the page of the system, sends with the token, and renews it alone', async () => {
    const { system, redirect, page } = ground();
    const options = await ground().openOwn('options.html#/systems/add/my-desk');
    await options.fill('textbox', 'Address', system.origin);
    await options.holds('textbox', say('redirectAddress'), redirect);

    await signIn(options, 'Deny');
    await options.reads('The person said no');
    expect(system.asked).toEqual([]);

    await signIn(options, 'Allow');
    await options.reads(say('testIdentity', 'Camille'));
    await options.click('button', say('save'));
    await options.sees('heading', 'Desk with sign-in');
    await options.close();

    await ground().openThread('The printer is offline');
    await page.click('button', say('button_send'));
    await page.sees('button', say('button_sent', '41'));
    expect(system.tickets).toEqual([{ title: 'The printer is offline', token: 'access-1' }]);
    expect(system.asked).toEqual(['authorization_code']);

    // Nobody is asked again.
    system.forget();
    await ground().stopBackground();
    await ground().openThread('The lift is stuck');
    await page.click('button', say('button_send'));
    await page.sees('button', say('button_sent', '42'));
    expect(system.asked).toEqual(['authorization_code', 'refresh_token']);
    expect(system.tickets.map(({ token }) => token)).toEqual(['access-1', 'access-2']);
  });
}
