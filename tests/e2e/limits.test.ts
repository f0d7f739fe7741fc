/** At the edges of what a browser holds: a very large file, no room left, a long life. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extensionId } from '../support/extension.ts';
import { mail } from '../support/mail.ts';
import { realPopup } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';

const megabyte = 1024 * 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const big = randomBytes(40 * megabyte);

function mailWith(file: Buffer): Buffer {
  const lines = file.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.concat([
    Buffer.from(
      'Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nFrom: Client <client@example.com>\r\nTo: Camille Vernier <camille@example.org>\r\n' +
        'Subject: Plans of the new hall\r\nMessage-ID: <plans@example.com>\r\nMIME-Version: 1.0\r\n' +
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n' +
        '--b\r\nContent-Type: application/pdf; name="plans.pdf"\r\nContent-Disposition: attachment; filename="plans.pdf"\r\n' +
        'Content-Transfer-Encoding: base64\r\n\r\n',
    ),
    Buffer.from(lines),
    Buffer.from('\r\n--b--\r\n'),
  ]);
}

let rig: Rig;
beforeAll(async () => {
  const mails = [mailWith(big), mail({ subject: 'No room' }), mail({ subject: 'Long after' })];
  rig = await startRig({ mails, settings: { undoSeconds: 0 }, args: ['--js-flags=--expose-gc'] });
});
afterAll(() => rig.close());

const outbox = async () => (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly object[] };

describe('one click', () => {
  it('brings a file of 40 MB and its original, byte for byte', { timeout: 120_000 }, async () => {
    await rig.openThread('Plans');
    await rig.button().click();
    const ticket = await rig.desk.store.first(90_000);
    const files = ticket.articles.flatMap((article) => article.files);
    expect(files.map(({ name, bytes }) => [name, sha256(bytes)])).toContainEqual(['plans.pdf', sha256(big)]);
    expect(files.filter(({ type }) => type === 'message/rfc822').map(({ bytes }) => sha256(bytes))).toEqual([sha256(mailWith(big))]);
  });

  it('is refused in words where the browser has no room, before anything is stored', async () => {
    const origin = `chrome-extension://${extensionId}`;
    const page = await rig.session.open('welcome.html');
    const cdp = await rig.session.context.newCDPSession(page);
    const before = await outbox();
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: megabyte });
    await rig.openThread('No room');
    await rig.button().click();
    await rig.button('Not sent yet: see why').waitFor();
    expect(await outbox()).toEqual(before);
    await rig.button('Not sent yet: see why').click();
    const popup = await realPopup(rig.session);
    await popup.waitFor(`document.body.innerText.includes('The browser has no room left')`);
    await popup.close();
    await cdp.send('Storage.overrideQuotaForOrigin', { origin });
    await rig.openThread('No room');
    await rig.button().click();
    await rig.button('In tickets: #4712').waitFor();
    await page.close();
  });

  it('goes on after the browser has tidied up its memory', async () => {
    await (await rig.session.worker()).evaluate(() => (globalThis as unknown as { gc(): void }).gc());
    await rig.openThread('Long after');
    await rig.button().click();
    await rig.button('In tickets: #4713').waitFor();
  });
});
