import type { Page } from 'playwright-core';

/** Milliseconds that the page itself takes to fetch every source of its thread, all at once: what no capture can do without. */
export async function rawFetch(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[type="message/rfc822"]')];
    const start = performance.now();
    await Promise.all(links.map(async ({ href }) => (await fetch(href)).arrayBuffer()));
    return performance.now() - start;
  });
}
