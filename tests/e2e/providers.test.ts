/** French providers under their real names: switched on as the options offer them, read by the adapter of the platform they run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providers } from '../../utils/webmail/providers.ts';
import { type Answer, html, openStage, redirect, type Stage, signedOut } from '../support/stage.ts';
import { until } from '../support/until.ts';
import { saved } from '../support/webmail-fixtures.ts';

/** Hosts that only log people in. */
const logIns = { orange: 'login.orange.fr', laposte: 'compte.laposte.net', gandi: 'id.gandi.net' };
const sentTo =
  (host: string): Answer =>
  (asked, response) =>
    asked.host === host ? html(response, '<form>') : redirect(response, `https://${host}/`);
const logInPage: Answer = (_, response) => html(response, '<form id="login-form">');

const platforms: readonly (readonly [provider: string, host: string, path: string, ended: Answer])[] = [
  ['free', 'webmail.free.fr', 'roundcube/elastic-show', logInPage],
  ['free', 'zimbra.free.fr', 'zimbra/classic-conversation', saved('zimbra/signed-out', 'https://zimbra.free.fr').answer],
  ['laposte', 'webmail.laposte.net', 'zimbra/classic-message', sentTo(logIns.laposte)],
  ['orange', 'mail.orange.fr', 'open-xchange/conversation', sentTo(logIns.orange)],
  ['orange', 'mail01.orange.fr', 'open-xchange/conversation', saved('open-xchange/signed-out', 'https://mail01.orange.fr').answer],
  ['ovh', 'mail.ovh.net', 'roundcube/larry-show', logInPage],
  ['ovh', 'ex.mail.ovh.net', 'outlook/on-premises', (_, response) => response.writeHead(440).end()],
  ['ovh', 'pro1.mail.ovh.net', 'zimbra/modern', saved('zimbra/signed-out', 'https://pro1.mail.ovh.net').answer],
  ['gandi', 'webmail.gandi.net', 'sogo/reading-pane', sentTo(logIns.gandi)],
  ['gandi', 'webmail.gandi.net', 'roundcube/elastic-show', logInPage],
];
/** Fronts of their own, of which nothing is known: an address that the person adds. */
const own = ['webmail.sfr.fr', 'mail.infomaniak.com'];

let stage: Stage;

beforeAll(async () => {
  const offered = providers.flatMap(({ origins }) => origins);
  stage = await openStage([...offered, ...own.map((host) => `https://${host}`)], Object.values(logIns));
});
afterAll(() => stage.close());

describe.each(platforms)('%s at %s, which runs %s', (provider, host, path, ended) => {
  const origin = `https://${host}`;
  const webmail = path.split('/')[0];
  const thread = saved(path, origin);

  beforeAll(async () => {
    const [name, value] = thread.cookie?.split('=') ?? [];
    if (name && value) await stage.session.context.addCookies([{ name, value, url: origin }]);
  });

  it('has its button, and gives originals', async () => {
    expect(providers.find(({ id }) => id === provider)?.origins).toContain(origin);
    await stage.show(thread.address, thread.page, thread.answer);
    await until('the self-check ran', async () => (await stage.checkOf(origin))?.webmail === webmail);
    const read = await stage.capture();
    expect(await stage.page.locator('relais-button').count()).toBe(1);
    expect(read).toMatchObject({ status: 'submitted', webmail, gaps: thread.gaps });
    expect([...new Set(read.messages.map(({ source }) => source))]).toEqual(['raw']);
  });

  it('says that the session has ended', async () => {
    await stage.show(thread.address, thread.page);
    // All of it, the page too.
    stage.hosts.answer = ended;
    expect(await stage.refused()).toEqual(signedOut);
  });
});

describe.each(own)('%s', (host) => {
  it('is said to be unknown; what is marked there can be taken', async () => {
    const address = `https://${host}/mail/1`;
    await stage.show(address, '<!doctype html><title>Mail</title><main><p>Before</p><p id="mark">The printer burns</p></main>');
    await until('the page is not known', async () => (await stage.checkOf(`https://${host}`))?.webmail === null);
    expect(await stage.page.locator('relais-button').count()).toBe(0);
    expect((await stage.popup()).error?.code).toBe('no-thread');
    await stage.page.locator('#mark').evaluate((element) => element.ownerDocument.getSelection()?.selectAllChildren(element));
    expect((await stage.popup()).capture).toMatchObject({ webmail: 'selection', url: address });
  });
});
