import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputFolder, type Target } from '../support/bundle.ts';

/** Every permission and why Relais cannot do without it. A new one needs a line here, read by a person. */
const reasons: Readonly<Record<string, string>> = {
  storage: 'settings, and the marks that a revoked grant or an update leave behind',
  unlimitedStorage: 'what waits in the outbox is never dropped by a quota',
  alarms: 'waiting deliveries are tried again after the worker has stopped',
  scripting: 'the button in the webmails that the person granted, and capture on a click',
  activeTab: 'capture on any page by toolbar or shortcut, without a site permission',
  contextMenus: 'the same from the context menu',
  declarativeNetRequestWithHostAccess:
    'a connection for each request to a ticket system: browsers repeat a POST on a cut kept-alive one; headers that Atlassian asks for',
  identity: 'signing in at a ticket system by OAuth 2, in the browser’s own window; asks the person nothing at installation',
  sidePanel: 'the popup’s page kept open beside the webmail, when the person asks for it (Chromium)',
  offscreen: 'a document of ours for MIME and HTML, which a service worker cannot read (Chromium)',
};
const targets: readonly Target[] = ['chrome-mv3', 'firefox-mv3'];

interface Manifest {
  readonly permissions: readonly string[];
  readonly optional_permissions: readonly string[];
  readonly optional_host_permissions: readonly string[];
  readonly host_permissions?: readonly string[];
  readonly content_scripts?: readonly unknown[];
  readonly default_locale: string;
  readonly content_security_policy: { readonly extension_pages: string };
}

describe.each(targets)('%s', (target) => {
  const text = readFileSync(join(outputFolder(target), 'manifest.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;

  it('is the manifest that was reviewed', async () => {
    await expect(`${JSON.stringify(manifest, null, 2)}\n`).toMatchFileSnapshot(`./manifest.${target}.json`);
  });

  it('asks for nothing without a reason', () => {
    const expected = Object.keys(reasons).filter((name) => target === 'chrome-mv3' || !['offscreen', 'sidePanel'].includes(name));
    expect([...manifest.permissions].sort()).toEqual(expected.sort());
  });

  it('asks for no site at install', () => {
    expect(manifest.host_permissions ?? []).toEqual([]);
    expect(manifest.content_scripts ?? []).toEqual([]);
    // Asked for when a person switches notifications on.
    expect(manifest.optional_permissions).toEqual(['notifications']);
    expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
  });

  it('forbids inline code, evaluation and other origins in its pages, and upgrades no intranet request', () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|\*/);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
  });

  it('has every message it names, in every language', () => {
    const locales = join(outputFolder(target), '_locales');
    const keys = (language: string) =>
      Object.keys(JSON.parse(readFileSync(join(locales, language, 'messages.json'), 'utf8')) as object).sort();
    const source = keys(manifest.default_locale);
    expect(source.length).toBeGreaterThan(50);
    for (const [, key] of text.matchAll(/__MSG_(\w+)__/g)) expect(source).toContain(key);
    const languages = readdirSync(locales);
    expect(languages).toEqual(expect.arrayContaining(['en', 'fr', 'de', 'es', 'it', 'nl', 'pt_BR']));
    for (const language of languages) expect(keys(language), language).toEqual(source);
  });

  it('ships every file that it names', () => {
    for (const [, file = ''] of text.matchAll(/"([\w./-]+\.(?:js|html|png|svg))"/g))
      expect(existsSync(join(outputFolder(target), file)), file).toBe(true);
  });
});
