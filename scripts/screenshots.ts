/**
 * Pictures for the README, taken from the real thing: the button in Roundcube and the popup with a client's thread.
 * Needs the lab (`tests/lab/webmail/bin/start`, `tests/lab/tickets/start rt`). Run: `node scripts/screenshots.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointOf } from '../tests/lab/endpoints.ts';
import { fileThread, openInRoundcube, roundcube, ticketSystems } from '../tests/lab/lab.ts';
import { launch, type Session } from '../tests/support/chromium.ts';
import { grant, pinToToolbar } from '../tests/support/permissions.ts';
import { type Popup, realPopup } from '../tests/support/popup.ts';
import { importSettings } from '../tests/support/settings.ts';
import { tool } from './tool.ts';

const pictures = join(import.meta.dirname, '..', 'docs', 'images');
const mark = '2026-118';
const rt = ticketSystems().rt;
if (!rt) throw new Error('RT is not up: tests/lab/tickets/start rt');
if ((await tool('wxt', ['build'], 'errors')) !== 0) process.exit(1);
mkdirSync(pictures, { recursive: true });
await fileThread(mark);

for (const colorScheme of ['light', 'dark'] as const) {
  const session = await launch({
    colorScheme,
    viewport: { width: 1180, height: 640 },
    args: ['--screen-info={2560x1600 devicePixelRatio=2.0}'],
    scale: 2,
  });
  await configure(session);
  const page = await session.context.newPage();
  await openInRoundcube(page, mark);
  const buttons = page.locator('relais-button');
  await buttons.getByRole('button', { name: 'Send to tickets' }).waitFor();
  if (colorScheme === 'light') await page.screenshot({ path: join(pictures, 'button.png') });
  await buttons.getByRole('button', { name: 'More ways to send' }).click();
  const popup = await realPopup(session);
  await popup.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colorScheme }] });
  await popup.waitFor(`document.querySelectorAll('input[type=checkbox]').length >= 4`);
  writeFileSync(join(pictures, colorScheme === 'light' ? 'popup.png' : 'popup-dark.png'), await pictured(popup));
  await session.close();
}
console.log(`relais: pictures are in ${join('docs', 'images')}`);
process.exit(0);

async function configure(session: Session): Promise<void> {
  if (!rt) return;
  const { endpoint, secrets } = endpointOf(rt);
  await grant(session, ['http://127.0.0.1/*']);
  await pinToToolbar(session);
  await importSettings(session, {
    version: 1,
    endpoints: [{ ...endpoint, defaults: { queue: { id: 'Support', label: 'Support' } } }],
    defaultEndpoint: endpoint.id,
    webmails: [{ origin: roundcube }],
    secrets: { [endpoint.id]: secrets },
  });
}

/** The popup's own box: the browser's window around it may be wider for a moment. */
async function pictured(popup: Popup): Promise<Buffer> {
  const [width, height] = await popup.evaluate<[number, number]>('[document.body.getBoundingClientRect().width, innerHeight]');
  const clip = { x: 0, y: 0, width, height, scale: 1 };
  const { data } = (await popup.send('Page.captureScreenshot', { format: 'png', clip })) as { data: string };
  return Buffer.from(data, 'base64');
}
