import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/chromium.ts';
import { parts, gzipBytes as shippedBytes } from '../../support/bundle.ts';
import { type Hosts, startHosts } from '../../support/hosts.ts';
import { medianOf } from '../median.ts';
import type { Section } from '../section.ts';
import { names, writeExtension } from './extensions.ts';

const rounds = 5;
const rows = Array.from({ length: 3_000 }, (_, index) => `<tr><td>Client ${index}<td>Subject ${index}`).join('');

/**
 * The script in Gmail's page beside InboxSDK and gmail.js, on one page of ours under Gmail's name: what each weighs, the
 * time its script takes while the page loads, and its share of a page that makes 10,000 changes a second. The page lacks
 * what InboxSDK waits for, so its own share there is that of a start without work.
 */
export const page: Section = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relais-bench-page-'));
  const hosts = await startHosts(['mail.google.com']);
  hosts.answer = ({ host }, response) => {
    if (host !== 'mail.google.com') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html());
  };
  const results: Record<string, number> = {};
  try {
    for (const name of names) {
      const extension = join(folder, name);
      const { gzipBytes } = await writeExtension(name, extension);
      const { load, churn, heap } = await measure(hosts, extension, join(folder, `${name}-profile`));
      // Ours as it ships: the throwaway extension has it without the framework's few lines.
      results[name === 'relais' ? 'button_gzip_bytes' : `${name}_gzip_bytes`] =
        name === 'relais' ? shippedBytes('chrome-mv3', parts.button) : gzipBytes;
      results[`page_load_ms_${name}`] = load;
      results[`page_churn_added_ratio_${name}`] = churn;
      results[`page_heap_bytes_${name}`] = heap;
    }
  } finally {
    await hosts.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  return { results, bars: { page_churn_added_ratio_relais: { atMost: 0.02 }, button_gzip_bytes: { atMost: 8_000 } } };
};

function html(): string {
  const fixture = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'webmail', 'gmail', 'account-1', 'page.html'), 'utf8');
  // Not shown, so that the page's own layout costs nothing.
  return fixture.replace('</body>', `<table hidden><tbody id="rows">${rows}</tbody></table></body>`);
}

async function measure(hosts: Hosts, extension: string, profile: string): Promise<{ load: number; churn: number; heap: number }> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? '',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      ...hosts.args,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  try {
    if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker', { timeout: 15_000 });
    const tab = await context.newPage();
    const load: number[] = [];
    const churned: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await tab.goto('about:blank');
      const loading = await traced(context, tab, async () => {
        await tab.goto('https://mail.google.com/mail/u/1/#inbox/one');
        // What a script puts off until the page rests counts too.
        await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
        return 0;
      });
      load.push(loading.spent);
      const churning = await traced(context, tab, () => churn(tab));
      churned.push(churning.spent / churning.result);
    }
    const cdp = await context.newCDPSession(tab);
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    return { load: medianOf(load), churn: medianOf(churned), heap: usedSize };
  } finally {
    await context.close();
  }
}

/** Three seconds of ten changes a millisecond; the time that passed, in milliseconds. */
function churn(tab: Page): Promise<number> {
  return tab.evaluate(async () => {
    const body = document.querySelector('#rows');
    const start = performance.now();
    for (let made = 0; performance.now() - start < 3_000; ) {
      for (const due = (performance.now() - start) * 10; made < due; made += 1) {
        const row = document.createElement('tr');
        row.textContent = String(made);
        body?.children[made % body.children.length]?.replaceWith(row);
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    return performance.now() - start;
  });
}

interface TraceEvent {
  readonly name: string;
  /** Microseconds on the processor, and by the clock. */
  readonly tdur?: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** Milliseconds that scripts of an extension took on the page's main thread while `work` ran. */
async function traced(context: BrowserContext, tab: Page, work: () => Promise<number>): Promise<{ spent: number; result: number }> {
  const cdp = await context.newCDPSession(tab);
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.start', { categories: 'devtools.timeline', transferMode: 'ReportEvents' });
  const result = await work();
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  const theirs = events.filter(
    ({ name, args }) =>
      ['EvaluateScript', 'FunctionCall'].includes(name) && /^chrome-extension:.*\/(script|pageWorld)\.js/.test(args?.data?.url ?? ''),
  );
  return { spent: theirs.reduce((sum, { tdur, dur = 0 }) => sum + (tdur ?? dur) / 1_000, 0), result };
}
