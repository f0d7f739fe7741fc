/** Whose page the capture script is taken from: the one that was meant, whatever the tab shows by the time the script is in it. */
import { beforeEach, expect, it, vi } from 'vitest';
import browser from 'webextension-polyfill';
import { acceptCapture, injectCapture } from '../../../utils/worker/injecting.ts';

const disconnect = vi.fn();

/** A port as the script in the first tab opens it. */
function portFrom(url: string, { tabId = 1, frameId = 0, name = 'capture' } = {}): Parameters<typeof acceptCapture>[0] {
  return { name, sender: { tab: { id: tabId, url }, url, frameId }, disconnect } as never;
}

beforeEach(() => {
  disconnect.mockReset();
  Object.assign(browser, { scripting: { executeScript: vi.fn(async () => []) } });
});

it('takes the port of the page that was clicked', async () => {
  const injected = injectCapture(1, 0, 'https://mail.example.org');
  expect(acceptCapture(portFrom('https://mail.example.org/inbox#7'))).toBe(true);
  expect(await injected).toMatchObject({ tabId: 1, origin: 'https://mail.example.org' });
  expect(disconnect).not.toHaveBeenCalled();
});

it.each(['https://other-mail.example.org/', 'https://mail.example.org:8443/', 'http://mail.example.org/'])(
  'refuses a page that took its place between the click and the script: %s',
  async (url) => {
    const injected = injectCapture(1, 0, 'https://mail.example.org');
    acceptCapture(portFrom(url));
    await expect(injected).rejects.toMatchObject({ code: 'capture-interrupted' });
    expect(disconnect).toHaveBeenCalledOnce();
    // Nor does it get a second try.
    acceptCapture(portFrom('https://mail.example.org/'));
    expect(disconnect).toHaveBeenCalledTimes(2);
  },
);

it('takes whatever page a person asks about from the toolbar, and no port that nobody asked for', async () => {
  acceptCapture(portFrom('https://mail.example.org/'));
  expect(disconnect).toHaveBeenCalledOnce();
  const injected = injectCapture(1, 0);
  acceptCapture(portFrom('https://mail.example.org/', { tabId: 2 }));
  acceptCapture(portFrom('https://mail.example.org/', { frameId: 3 }));
  expect(disconnect).toHaveBeenCalledTimes(3);
  acceptCapture(portFrom('https://anywhere.example/'));
  expect(await injected).toMatchObject({ origin: 'https://anywhere.example' });
  expect(acceptCapture(portFrom('https://anywhere.example/', { name: 'other' }))).toBe(false);
});
