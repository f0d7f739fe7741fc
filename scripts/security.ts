/** `npm run test:security`: hostile pages, scripts, mails, endpoints and files against the built extension in a real browser. */
import { Tally } from './tally.ts';
import { tool } from './tool.ts';

export async function security(): Promise<number> {
  const tally = new Tally();
  await tally.step('build for Chromium', () => tool('wxt', ['build'], 'errors'));
  await tally.browser('security');
  return tally.close();
}
