/** Threads of the clients that a person named, while they are in no ticket; and the address of a queue for a mail that is written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mail } from '../support/mail.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask, importSettings } from '../support/settings.ts';
import { found } from '../support/until.ts';

const mails = [
  mail({ subject: 'Listed', id: 'listed.1@example.com', from: 'Ana <ana@it.client.example>' }),
  mail({ subject: 'Other', id: 'other.1@example.com', from: 'Bob <bob@notclient.example>' }),
];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ mails, settings: { undoSeconds: 0, mailIn: [{ name: 'Support', address: 'support@help.example' }] } });
});
afterAll(() => rig.close());

describe('the reminder', () => {
  it('is off until a client is named', async () => {
    await rig.openThread('Listed');
    await rig.button('Send to tickets').waitFor();
  });

  it('stands on threads of the named domain and those below it, and on no other; nothing is asked of the desk for it', async () => {
    const { settings } = (await ask(rig.session, 'settings.opened', {})) as { settings: object };
    await ask(rig.session, 'settings.saved', { settings: { ...settings, nudgeFor: ['client.example'] } });
    const asked = rig.desk.seen.length;
    await rig.openThread('Listed');
    await rig.button('Not in tickets yet: send').waitFor();
    await rig.openThread('Other');
    await rig.button('Send to tickets').waitFor();
    expect(rig.desk.seen.length).toBe(asked);
  });

  it('goes with a click, which sends as ever', async () => {
    await rig.openThread('Listed');
    await rig.button('Not in tickets yet: send').click();
    await rig.button(/^In tickets: #/).waitFor();
    await rig.page.reload();
    await rig.button(/^In tickets: #/).waitFor();
  });
});

describe('the address of a queue', () => {
  const put = async (mailbox: string) => {
    const page = await rig.session.open('welcome.html');
    const tabId = await page.evaluate(async (url) => {
      const { tabs } = (globalThis as unknown as { chrome: { tabs: { query(of: object): Promise<{ id: number; url?: string }[]> } } })
        .chrome;
      return (await tabs.query({})).find((tab) => tab.url === url)?.id;
    }, rig.page.url());
    await page.close();
    await rig.page.bringToFront();
    return ask(rig.session, 'address.wanted', { tabId, mailbox });
  };

  it('goes behind what stands in the field where the person writes, once', async () => {
    await rig.page.evaluate(() => {
      const field = document.createElement('input');
      field.value = 'ana@client.example; ';
      document.body.prepend(field);
      field.focus();
    });
    const field = rig.page.locator('body > input');
    const value = 'ana@client.example, Support <support@help.example>';
    expect(await put('Support <support@help.example>')).toBe(true);
    expect(await field.inputValue()).toBe(value);
    await field.focus();
    expect(await put('Support <support@help.example>')).toBe(true);
    expect(await field.inputValue()).toBe(value);
  });

  it('goes nowhere where nothing is written, and no other address goes anywhere', async () => {
    const field = rig.page.locator('body > input');
    await field.focus();
    expect(await put('stranger@elsewhere.example')).toBe(false);
    await field.evaluate((element) => element.remove());
    expect(await put('Support <support@help.example>')).toBe(false);
  });

  it('is offered in the popup where no thread is open, with the way to a handover', async () => {
    await importSettings(rig.session, {
      ...((await ask(rig.session, 'settings.exported', { withSecrets: false })) as object),
      mailIn: [{ name: 'Support', address: 'support@help.example' }],
    });
    const popup = await rig.session.open('popup.html?capture=none');
    await popup.getByRole('link', { name: 'Hand several threads over…' }).waitFor();
    expect(await popup.getByRole('link', { name: 'Hand several threads over…' }).getAttribute('href')).toBe('/handover.html');
    await popup.getByRole('button', { name: 'Copy: Support <support@help.example>' }).click();
    await found('it says so', async () => ((await popup.getByText('Copied: Support').count()) > 0 ? true : undefined));
  });
});
