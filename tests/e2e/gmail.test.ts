/** Gmail under its own name: its pages written from what is known of them, its two hosts played on loopback. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asked } from '../support/hosts.ts';
import { ask } from '../support/settings.ts';
import { html, mail, openStage, raw, redirect, type Stage, signedOut } from '../support/stage.ts';
import { until } from '../support/until.ts';
import { pageOf } from '../support/webmail-fixtures.ts';

const gmail = 'https://mail.google.com/mail/u/1/';
const files = 'https://mail-attachment.googleusercontent.com';
const ids = ['18f0000000000001', '18f0000000000002', '18f0000000000003'];
/** Gmail as it hands sources out: by a redirect to another host, which wants no cookie and names whom it lets read. */
const handOut = ({ url }: Asked, response: ServerResponse) => {
  if (url.origin === files) raw(response, url.searchParams.get('id') ?? '', { 'access-control-allow-origin': 'https://mail.google.com' });
  else if (url.origin !== new URL(gmail).origin) response.writeHead(404).end();
  else redirect(response, `${files}/attachment?id=${url.searchParams.get('th')}`);
};
const saved = pageOf('gmail/account-1');
/** Chromium asks there by itself now and then: no test counts what comes to it. */
const logIn = 'accounts.google.com';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage([new URL(gmail).origin, files], [logIn]);
});
afterAll(() => stage.close());

const checked = () => stage.checkOf(new URL(gmail).origin);

describe('Gmail', () => {
  it('gives every message of the thread, folded ones too, as its source by way of another host', async () => {
    await stage.session.context.addCookies([
      { name: 'SID', value: 'secret', url: gmail },
      { name: 'GU', value: 'other', url: files, sameSite: 'None', secure: true },
    ]);
    await stage.show(`${gmail}#inbox/one`, saved, handOut);
    const view = await stage.capture();
    expect(view).toMatchObject({ status: 'submitted', webmail: 'gmail', gaps: [] });
    expect(view.messages.map(({ source, original }) => [source, original])).toEqual(ids.map((id) => ['raw', mail(id).length]));
    const there = stage.hosts.asked.filter(({ host }) => host === new URL(files).host);
    expect([...new Set(there.map(({ url }) => url.searchParams.get('id')))].sort()).toEqual(ids);
    expect(stage.hosts.asked.filter(({ host, cookie }) => host === 'mail.google.com' && !cookie?.includes('SID=secret'))).toEqual([]);
    expect(there.filter(({ cookie }) => cookie !== undefined)).toEqual([]);
  });

  it('shows one button beside the subject, in the view that is seen, and finds nothing missing', async () => {
    await stage.page.locator('relais-button .send').waitFor();
    expect(await stage.page.locator('relais-button').count()).toBe(1);
    expect(await stage.page.locator('.V8djrc relais-button').isVisible()).toBe(true);
    await until('the self-check ran', async () => (await checked())?.missing?.length === 0);
    expect(await checked()).toMatchObject({ webmail: 'gmail' });
  });

  it('moves it with the view', async () => {
    await stage.page.evaluate(() => {
      const [old, shown] = document.querySelectorAll<HTMLElement>('.nH:has(> [role="main"])');
      if (!old || !shown) throw new Error('two views');
      shown.hidden = true;
      old.hidden = false;
    });
    await stage.page.locator('h2[data-legacy-thread-id="18f00000000000aa"] + relais-button').waitFor();
    expect(await stage.page.locator('relais-button').count()).toBe(1);
  });

  it('waits where it is told to, then goes on', async () => {
    let busy = 0;
    await stage.show(`${gmail}#inbox/two`, saved, (asked, response) => {
      if (asked.host !== 'mail.google.com' || asked.url.searchParams.get('th') !== '18f0000000000002' || busy > 0)
        return handOut(asked, response);
      busy += 1;
      response.writeHead(429, { 'retry-after': '1' }).end();
    });
    const view = await stage.capture();
    expect(busy).toBe(1);
    expect(view.messages.map(({ source }) => source)).toEqual(['raw', 'raw', 'raw']);
  });

  it('reads the page where a source is refused, and names what is folded away there', async () => {
    await stage.show(`${gmail}#inbox/three`, saved);
    const view = await stage.capture();
    expect(view.status).toBe('submitted');
    expect(view.messages.map(({ source, from }) => [source, from.address])).toEqual([['page', 'ana@client.example']]);
    expect(view.gaps.filter(({ code }) => code === 'message-missing').map(({ message }) => message)).toEqual([
      '18f0000000000001',
      '18f0000000000002',
    ]);
  });

  it('says that the session has ended when it sends to the log-in', async () => {
    let ended = false;
    await stage.show(`${gmail}#inbox/four`, saved);
    stage.hosts.answer = ({ host }, response) => {
      ended ||= host === logIn;
      if (host === logIn) html(response, '<form>');
      else redirect(response, `https://${logIn}/signin`);
    };
    expect(await stage.refused()).toEqual(signedOut);
    expect(ended).toBe(true);
  });

  it('keeps a button, and says what is missing, when it has changed', async () => {
    const changed = saved
      .replace(/V8djrc byY|gh="mtb"|gh="tm"/g, 'new')
      .replace(
        /<h2 class="hP" data-thread-perm-id="undefined" data-legacy-thread-id="([0-9a-f]+)">(.*?)<\/h2>/,
        '<h3 data-legacy-thread-id="$1">$2</h3>',
      );
    await stage.show(`${gmail}#inbox/five`, changed, handOut);
    await until('the self-check names it', async () => (await checked())?.missing?.includes('slot') ?? false);
    expect((await checked())?.missing).toEqual(['slot', 'subject']);
    await stage.page.locator('body > relais-button').waitFor();
    expect(await stage.page.locator('relais-button .send').getAttribute('title')).toContain('looks different');
    expect((await stage.capture()).messages.map(({ source }) => source)).toEqual(['raw', 'raw', 'raw']);
  });

  it('takes a newer selector from the settings', async () => {
    await stage.settings({
      selectors: { gmail: { slot: '[role="main"] .ha', subject: '.ha h3', to: 'no [[ selector' } },
    });
    await stage.page.reload();
    await stage.page.locator('.ha > relais-button').waitFor();
    await until('nothing is missing', async () => (await checked())?.missing?.length === 0);
    await stage.settings({});
  });

  it('is reported without a word of what it says', async () => {
    const skeleton = String(await ask(stage.session, 'skeleton.wanted', { origin: 'https://mail.google.com' }));
    expect(skeleton).toContain('role="main"');
    expect(skeleton).toContain('a3s');
    expect(skeleton).not.toMatch(/Printer|Keller|client|burning|flame|18f0/i);
  });
});
