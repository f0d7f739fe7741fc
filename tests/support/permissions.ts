/** Site permissions without the browser's dialog, which nothing can click in headless mode. */
import type { Session } from './chromium.ts';

interface DeveloperPrivate {
  updateProfileConfiguration(update: { inDeveloperMode: boolean }): Promise<void>;
  addHostPermission(extension: string, pattern: string): Promise<void>;
  removeHostPermission(extension: string, pattern: string): Promise<void>;
  updateExtensionConfiguration(update: { extensionId: string; pinnedToToolbar?: boolean; incognitoAccess?: boolean }): Promise<void>;
}
declare const chrome: {
  readonly developerPrivate: DeveloperPrivate;
  readonly permissions: { request(asked: { origins: string[] }): Promise<boolean> };
};

/**
 * Gives the extension these match patterns as a person would: the browser's own settings page allows the host, after
 * which the extension's request in a user gesture is granted at once, events and all.
 */
export async function grant(session: Session, patterns: readonly string[]): Promise<void> {
  await onSettingsPage(session, patterns, 'addHostPermission');
  const page = await session.open('options.html');
  // Playwright evaluates as a user gesture, which is what `permissions.request` wants.
  const answer = await page.evaluate((origins) => chrome.permissions.request({ origins }), [...patterns]);
  await page.close();
  if (!answer) throw new Error(`The browser refused ${patterns.join(', ')}`);
}

/** Plays the person who takes a permission back. */
export async function revoke(session: Session, patterns: readonly string[]): Promise<void> {
  await onSettingsPage(session, patterns, 'removeHostPermission');
}

/** Without a place in the toolbar every popup waits 265 ms for the icon to slide in. */
export async function pinToToolbar(session: Session): Promise<void> {
  await configure(session, { pinnedToToolbar: true });
}

/** Plays the person who lets the extension into private windows; the browser starts it anew for that. */
export async function allowInPrivate(session: Session): Promise<void> {
  await configure(session, { incognitoAccess: true });
}

async function configure(session: Session, change: { pinnedToToolbar?: boolean; incognitoAccess?: boolean }): Promise<void> {
  const page = await session.context.newPage();
  await page.goto('chrome://extensions/');
  await page.evaluate(
    async (update) => {
      // Without it an unpacked extension that is started anew stays switched off.
      await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
      await chrome.developerPrivate.updateExtensionConfiguration(update);
    },
    { extensionId: session.id, ...change },
  );
  await page.close();
}

async function onSettingsPage(
  session: Session,
  patterns: readonly string[],
  what: 'addHostPermission' | 'removeHostPermission',
): Promise<void> {
  const page = await session.context.newPage();
  await page.goto('chrome://extensions/');
  await page.evaluate(
    async ([id, list, method]) => {
      for (const pattern of list) await chrome.developerPrivate[method](id, pattern);
    },
    [session.id, patterns, what] as const,
  );
  await page.close();
}
