/**
 * A new user: a fresh profile, from what opens after installing to the first ticket in a real RT, through the real pages.
 * docs/first-run.md has the figures. The browser's own questions can't be clicked here; each counts as a click all the same.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, type Session } from '../support/chromium.ts';
import { grant } from '../support/permissions.ts';
import { realPopup } from '../support/popup.ts';
import { loopback } from '../support/rig.ts';
import { found, until } from '../support/until.ts';
import { heldBy } from './held.ts';
import { fileThread, isUp, openInRoundcube, roundcube, ticketSystems } from './lab.ts';

const { rt } = ticketSystems();
const webmailIsUp = await isUp(roundcube);
if (!rt) console.warn('The lab has no RT: start it with tests/lab/tickets/start rt');
if (!webmailIsUp) console.warn('The lab has no Roundcube: start it with tests/lab/webmail/bin/start');

let session: Session;
beforeAll(async () => {
  session = await launch();
});
afterAll(() => session.close());

it.skipIf(!rt || !webmailIsUp)(
  'reaches the first ticket with six clicks after address and token are typed',
  { timeout: 240_000 },
  async () => {
    if (!rt) return;
    const { mark } = await fileThread(`F${Date.now()}`);
    let clicks = 0;
    const screens: string[] = [];
    const click = (what: Locator) => {
      clicks += 1;
      return what.click();
    };
    /** "Allow" in the browser's dialog. */
    const allow = () => {
      clicks += 1;
    };
    const opened = async (page: Page, heading: string) => {
      await page.getByRole('heading', { name: heading }).first().waitFor();
      screens.push(heading);
    };

    const welcome = await found('the welcome page opens by itself', () =>
      session.context.pages().find((page) => page.url().includes('welcome.html')),
    );
    await opened(welcome, 'Welcome to Relais');
    const nextTab = session.context.waitForEvent('page');
    await click(welcome.getByRole('button', { name: 'Add a ticket system' }));
    const options = await nextTab;
    await opened(options, 'Ticket systems');
    await click(options.getByRole('button', { name: /^Request Tracker/ }));
    await options.getByLabel('Address of RT').fill(rt.baseUrl);
    await options
      .locator('input[type=password]')
      .first()
      .fill(rt.token ?? '');
    screens.push('Request Tracker');
    expect(clicks).toBe(2);

    clicks = 0;
    await grant(session, [loopback]);
    await options.bringToFront();
    allow();
    await click(options.getByRole('button', { name: 'Save' }));
    await opened(options, 'Webmails');
    await options.getByLabel('Address of your webmail').fill(roundcube);
    allow();
    await click(options.getByRole('button', { name: 'Add webmail' }));
    await options.getByText('Added. The button is in its toolbar now').waitFor();

    const mailbox = await session.context.newPage();
    await openInRoundcube(mailbox, mark);
    await click(mailbox.locator('relais-button').getByRole('button', { name: 'Send to tickets' }));
    const popup = await realPopup(session);
    screens.push('popup');
    // No queue is chosen yet: the cursor stands there.
    await popup.waitFor(
      `document.activeElement?.getAttribute('role') === 'combobox' && document.querySelectorAll('.rows input').length >= 3`,
    );
    await popup.type('Supp');
    await popup.waitFor(`document.querySelector('[role=option]')?.textContent.includes('Support')`, 60_000);
    await popup.press('Enter');
    clicks += 1;
    await popup.click('.send-row .primary');
    await until('RT holds the ticket', async () => (await heldBy(rt, mark)).length === 1, 60_000);

    console.log(`relais: first ticket after ${clicks} clicks on ${screens.length} screens (${screens.join(', ')}), 2 clicks before`);
    expect(clicks).toBeLessThanOrEqual(6);
    expect((await heldBy(rt, mark))[0]?.queue).toBe('Support');
  },
);
