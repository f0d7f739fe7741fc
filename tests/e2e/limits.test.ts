/** At the edges of what a browser holds: a very large file, no room left, a long life. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largeFileStory, largeMails } from '../stories/large-file.ts';
import { groundOf } from '../support/chromium-ground.ts';
import { extensionId } from '../support/extension.ts';
import { mail } from '../support/mail.ts';
import { realPopup } from '../support/popup.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { ask } from '../support/settings.ts';

const megabyte = 1024 * 1024;
let rig: Rig;
beforeAll(async () => {
  const mails = [...largeMails, mail({ subject: 'No room' }), mail({ subject: 'Long after' })];
  rig = await startRig({ mails, settings: { undoSeconds: 0 }, args: ['--js-flags=--expose-gc'] });
});
afterAll(() => rig.close());

const outbox = async () => (await ask(rig.session, 'outbox.opened', {})) as { rows: readonly object[] };

describe('one click', () => {
  largeFileStory(() => groundOf(rig));

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
